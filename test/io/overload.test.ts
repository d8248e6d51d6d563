import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPortal, type TestPortal } from '../support/portal.js';
import { statusOf, until } from './support.js';

const CLIENTS = 500;
const POOL = 10;
/** Longer than a statement may take by default: what counts is what was configured. */
const HELD_MS = 7_000;

let portal: TestPortal;
beforeAll(async () => {
  portal = await startPortal({ config: { poolSize: POOL, statementTimeoutMs: 60_000 } });
  await buildGate();
});
afterAll(() => portal.close());

/** A statement on finance products lasts until the gate is open, so that the test decides when a connection is free. */
const buildGate = async (): Promise<void> => {
  await portal.sql('create table gate (open boolean not null); insert into gate values (true)');
  await portal.sql(`create function pass_gate() returns boolean language plpgsql volatile as
    'begin while not (select open from gate) loop perform pg_sleep(0.1); end loop; return true; end'`);
  await portal.sql('alter table finance_product rename to finance_product_of_old');
  await portal.sql(`create view finance_product as
    with gate as materialized (select pass_gate() as open) select p.* from finance_product_of_old p, gate where open`);
};

const setGate = (open: boolean): Promise<unknown> => portal.sql('update gate set open = $1', [open]);

/** Statements of the portal's that are under way. */
const statementsAtGate = async (): Promise<number> => {
  const [row] = await portal.sql(`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and state = 'active' and backend_type = 'client backend'
      and application_name = '' and pid <> pg_backend_pid()`);
  return row!.n as number;
};

/** What a client is told; `body` is the parsed JSON. */
type Told = { status: number; body: { code?: string; items?: unknown[] }; retryAfter: number };

/** One request on a connection of its own, as another client would make it. */
const ask = (path: string): Promise<Told> =>
  new Promise((resolve, reject) => {
    get(`${portal.url}/api/v1${path}`, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          body: JSON.parse(text),
          retryAfter: Number(response.headers['retry-after']),
        }),
      );
    }).on('error', reject);
  });

const askAll = (count: number, path: string): Promise<Told>[] => Array.from({ length: count }, () => ask(path));

/** Fills the pool: a connection that is still being made belongs to nobody yet, and may come too late. */
const connectAll = async (): Promise<void> => {
  await setGate(false);
  const asked: Promise<Told>[] = [];
  await until('every connection is there', async () => {
    const there = await statementsAtGate();
    if (there < POOL) asked.push(ask('/finance-products'));
    return there === POOL;
  });
  await setGate(true);
  await Promise.all(asked);
};

describe('five hundred clients on ten connections', () => {
  it('H117 are served as many as hold a connection, and the others are told when to come back before that', async () => {
    await connectAll();
    await setGate(false);
    const began = performance.now();
    const served: Told[] = [];
    const refused: Told[] = [];
    const liveness: (number | undefined)[] = [];
    const crowd = Promise.all(
      askAll(CLIENTS, '/finance-products').map(async (coming) => {
        const told = await coming;
        (told.status === 200 ? served : refused).push(told);
      }),
    );
    // Nobody is served yet: who is refused has not waited for a connection to become free.
    await until('all who hold no connection are refused', async () => {
      liveness.push(await statusOf(`${portal.url}/health/live`));
      return refused.length === CLIENTS - POOL;
    });
    expect(served).toEqual([]);
    expect(await statementsAtGate()).toBe(POOL);
    // Every connection for requests is taken; those who watch have one of their own.
    await until('it is known to be ready', async () => (await statusOf(`${portal.url}/health/ready`)) === 200);
    await sleep(HELD_MS - (performance.now() - began));
    await setGate(true);
    await crowd;
    expect(served).toHaveLength(POOL);
    for (const { body } of served) expect(body.items!.length).toBeGreaterThan(0);
    for (const { status, body, retryAfter } of refused) {
      expect([status, body.code]).toEqual([503, 'server.unavailable']);
      expect(retryAfter).toBeGreaterThan(0);
    }
    // Some have waited for a while in vain; those for whom there was no room to wait may come back sooner.
    expect(new Set(refused.map(({ retryAfter }) => retryAfter)).size).toBe(2);
    expect(new Set(liveness)).toEqual(new Set([200]));
  });

  it('H117 leave no connection and nobody waiting behind', async () => {
    // As many at a time as there are connections: nobody is in anybody's way any more.
    for (let round = 1; round <= 3; round += 1) {
      const answers = await Promise.all(askAll(POOL, '/regions?limit=1'));
      expect(answers.map(({ status }) => status)).toEqual(Array(POOL).fill(200));
    }
    const [row] = await portal.sql(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = '' and pid <> pg_backend_pid()`,
    );
    expect(row!.n).toBeLessThanOrEqual(POOL);
  });
});
