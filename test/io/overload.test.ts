import { Agent, get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';
import { statusOf } from './support.js';

const CLIENTS = 500;
const POOL = 10;
/** How many may wait for a connection beside those that have one (`infra/database/database.ts`). */
const WAITING = POOL * 8;
const STATEMENT_SECONDS = 8;

let portal: TestPortal;
beforeAll(async () => {
  portal = await startPortal({ config: { poolSize: POOL, statementTimeoutMs: 60_000 } });
  // Each statement on this table takes its time, whatever it asks.
  await portal.sql('alter table finance_product rename to finance_product_of_old');
  await portal.sql(`create view finance_product as
    with pause as materialized (select pg_sleep(${STATEMENT_SECONDS})) select p.* from finance_product_of_old p, pause`);
});
afterAll(() => portal.close());

type Timed = Pick<Answer, 'status' | 'body'> & { retryAfter: string | undefined; endedAt: number };

/** One request on a connection of its own, as another client would make it. */
const ask = (path: string): Promise<Timed> =>
  new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    get(`${portal.url}/api/v1${path}`, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          body: JSON.parse(text),
          retryAfter: response.headers['retry-after'],
          endedAt: performance.now(),
        }),
      );
    }).on('error', reject);
  });

describe('five hundred clients on ten connections', () => {
  it('H117 are served as many as fit, and the others are told at once when to come back', async () => {
    const crowd = Array.from({ length: CLIENTS }, () => ask('/finance-products'));
    const watched = watch(crowd);
    const answers = await Promise.all(crowd);
    const [served, refused] = [200, 503].map((status) => answers.filter((answer) => answer.status === status));
    expect(served!.length + refused!.length).toBe(CLIENTS);
    expect(served!.length).toBeGreaterThanOrEqual(POOL);
    expect(served!.length).toBeLessThanOrEqual(POOL + WAITING);
    for (const { body } of served!) expect(body.items.length).toBeGreaterThan(0);
    for (const { body, retryAfter } of refused!) {
      expect(body).toMatchObject({ status: 503, code: 'server.unavailable' });
      expect(Number(retryAfter)).toBeGreaterThan(0);
    }
    // Nobody waited for the database in order to be refused by it: the last "no" comes before the first "yes".
    const last = Math.max(...refused!.map(({ endedAt }) => endedAt));
    const first = Math.min(...served!.map(({ endedAt }) => endedAt));
    expect(last).toBeLessThan(first);
    expect(new Set(await watched)).toEqual(new Set([200]));
    expect((await ask('/leads?limit=1')).status).toBe(200);
  });

  it('H117 leave no connection and nobody waiting behind', async () => {
    const answers = await Promise.all(Array.from({ length: POOL * 3 }, () => ask('/regions?limit=1')));
    expect(answers.map(({ status }) => status)).toEqual(Array(POOL * 3).fill(200));
    const [row] = await portal.sql(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = '' and pid <> pg_backend_pid()`,
    );
    expect(row!.n).toBeLessThanOrEqual(POOL);
  });
});

/** Statuses of the health checks while the crowd is there. */
const watch = async (crowd: Promise<unknown>[]): Promise<(number | undefined)[]> => {
  const statuses: (number | undefined)[] = [];
  let gone = false;
  void Promise.all(crowd).finally(() => {
    gone = true;
  });
  while (!gone) {
    statuses.push(await statusOf(`${portal.url}/health/live`), await statusOf(`${portal.url}/health/ready`));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return statuses;
};
