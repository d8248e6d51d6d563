import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, askPortal } from '../support/portal.js';
import { type BuiltPortal, startBuiltPortal } from './built-portal.js';
import { FailingDatabase } from './failing-database.js';
import { until, Workshop } from './support.js';

const STATEMENT_TIMEOUT_MS = 1_000;
/** How long a refusal may take on a machine that has other work; the portal itself waits for a second at most. */
const REFUSAL_MS = 5_000;
const CUTS = 10;
const POOL = 10;

const workshop = new Workshop();
let database: FailingDatabase;
let portal: BuiltPortal;
let organization: string;
beforeAll(async () => {
  database = await FailingDatabase.start(workshop);
  organization = randomUUID();
  await database.sql(
    `insert into organization (id, version, state, audience, source_language, created_at, updated_at, published_at, verbatim, name_zh, kind, side)
     values ('${organization}', 1, 'published', 'public', 'zh', now(), now(), now(), true, '同江', 'government', 'cn')`,
  );
  portal = await startBuiltPortal('plain', database.url, {
    poolSize: POOL,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
}, 120_000);
afterEach(() => database.restore());
afterAll(async () => {
  await portal?.stop();
  await workshop.cleanUp();
}, 60_000);

const read = (): Promise<Answer> =>
  askPortal(`${portal.url}/api/v1/organizations`, { headers: { 'Accept-Language': 'ru' } });

const write = (): Promise<Answer> => {
  const actor = {
    kind: 'account',
    id: organization,
    roles: ['official'],
    translatesInto: [],
    side: 'cn',
    organizationId: organization,
  } as const;
  const json = { sourceLanguage: 'zh', code: `failure-${randomUUID()}`, name: { zh: '样例' } };
  return askPortal(`${portal.url}/api/v1/industries`, {
    method: 'POST',
    actor,
    json,
    headers: { 'Accept-Language': 'ru' },
  });
};

const health = (name: 'live' | 'ready'): Promise<Answer> => askPortal(`${portal.url}/health/${name}`);

const expectUnavailable = (answer: Answer): void => {
  expect([answer.status, answer.body]).toEqual([503, expect.objectContaining({ code: 'server.unavailable' })]);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.text).not.toMatch(/postgres|ECONN|terminat|127\.0\.0\.1|timeout/i);
};

/** No transaction that a request began is left open; those that hold no lock of the test's own, that is. */
const expectNothingLeft = async (): Promise<void> => {
  const open = `select count(*)::int as n from pg_stat_activity
    where state like 'idle in transaction%' and application_name <> 'test' and pid <> pg_backend_pid()`;
  expect(await database.sql(open)).toEqual([{ n: 0 }]);
};

const expectAllWell = async (): Promise<void> => {
  expect([(await read()).status, (await write()).status]).toEqual([200, 201]);
  expect((await health('live')).status).toBe(200);
  await until('the portal says that it is ready', async () => (await health('ready')).status === 200);
  await expectNothingLeft();
};

describe('a database that is away', () => {
  it('H116 for ten seconds: everybody is told to come back soon, and the first request afterwards is answered', async () => {
    await expectAllWell();
    await database.stop();
    const stopped = performance.now();
    while (performance.now() - stopped < 10_000) {
      const began = performance.now();
      const [reading, writing, live, ready] = await Promise.all([read(), write(), health('live'), health('ready')]);
      expect(performance.now() - began).toBeLessThan(REFUSAL_MS);
      expectUnavailable(reading);
      expectUnavailable(writing);
      expect(live.status).toBe(200);
      // Readiness may be a second old.
      if (began - stopped > 1_500) expectUnavailable(ready);
      await sleep(500);
    }
    expect(portal.process.exitCode).toBeNull();
    await database.startAgain();
    expect((await read()).status).toBe(200);
    await expectAllWell();
  });

  it('H116 by power cuts in the middle of requests: none of them fails in another way', async () => {
    const outcomes: Answer[] = [];
    let over = false;
    const clients = Array.from({ length: 8 }, async (_, index) => {
      while (!over) outcomes.push(await (index % 2 ? read() : write()));
    });
    const all = Promise.all(clients);
    all.catch(() => undefined);
    for (let cut = 1; cut <= CUTS; cut += 1) {
      const sofar = outcomes.length;
      const since = (status: number) => outcomes.slice(sofar).some((answer) => answer.status === status);
      await until('reads and writes succeed', () => since(200) && since(201));
      await database.kill();
      await until('the cut is noticed', () => since(503));
      await database.startAgain();
    }
    over = true;
    await all;
    for (const answer of outcomes) {
      if (answer.status !== 200 && answer.status !== 201) expectUnavailable(answer);
    }
    expect(portal.process.exitCode).toBeNull();
    await expectAllWell();
  });

  it('H116 without closing its connections: readers and writers are freed, and all is well when it wakes', async () => {
    await expectAllWell();
    database.freeze();
    const [reading, writing] = await Promise.all([read(), write()]);
    expectUnavailable(reading);
    expectUnavailable(writing);
    expect((await health('live')).status).toBe(200);
    expectUnavailable(await health('ready'));
    database.thaw();
    await until('requests are answered again', async () => (await read()).status === 200);
    await expectAllWell();
  });
});

describe('a statement that takes too long', () => {
  it('H118 is given up, its connection is of use, and no transaction stays open', async () => {
    const holder = await database.connect();
    await holder.query('begin; lock table industry, organization in access exclusive mode');
    try {
      const answers = await Promise.all(Array.from({ length: POOL }, (_, index) => (index % 2 ? read() : write())));
      for (const answer of answers) expectUnavailable(answer);
      await expectNothingLeft();
    } finally {
      await holder.query('rollback');
      await holder.end();
    }
    // As many at a time as there are connections, so that nobody waits: each connection must be of use.
    for (let round = 1; round <= 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: POOL }, (_, index) => (index % 2 ? read() : write())));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
    }
    await expectAllWell();
  });
});

describe('the log of a failure', () => {
  /** The lines about one request, once there are so many. */
  const logged = async (answer: Answer, count: number): Promise<Record<string, unknown>[]> => {
    const lines = () => portal.log().filter(({ requestId }) => requestId === answer.headers.get('x-request-id'));
    await until('the request is logged', () => lines().length >= count);
    return lines();
  };

  it('G102 has the number that the answer carries, and the answer nothing of the log', async () => {
    await database.sql('alter table industry rename column name_zh to hidden_column');
    const answer = await write();
    await database.sql('alter table industry rename column hidden_column to name_zh');
    expect([answer.status, answer.body.code]).toEqual([500, 'server.error']);
    const lines = await logged(answer, 2);
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ['error', 'request failed'],
      ['info', 'request finished'],
    ]);
    expect(JSON.stringify(lines[0])).toMatch(/name_zh/);
    expect(answer.text).not.toMatch(/name_zh|industry|stack/);
  });

  it('G103 is one line of JSON a request, whatever the request holds, and without secrets', async () => {
    const forged = encodeURIComponent('x\n{"level":"error","msg":"forged"}');
    const headers = { 'User-Agent': 'x', Cookie: 'session=secret-word', 'X-Forwarded-For': '{"level":"fatal"}' };
    const first = await askPortal(`${portal.url}/api/v1/leads/${forged}?q=secret-word`, { headers });
    const second = await askPortal(`${portal.url}/api/v1/leads?token=secret-word`, {
      headers: { ...headers, Authorization: 'Bearer secret-word' },
    });
    expect(await logged(first, 1)).toMatchObject([
      { msg: 'request finished', path: `/api/v1/leads/${forged}`, status: 400 },
    ]);
    expect(await logged(second, 1)).toMatchObject([{ msg: 'request finished', path: '/api/v1/leads', status: 401 }]);
    expect(JSON.stringify(portal.log())).not.toContain('secret-word');
  });
});
