import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Actor } from '../../../src/kernel/actor.js';
import type { ProblemCode } from '../../../src/kernel/problems.js';
import { until } from '../../io/support.js';
import { actorOf } from '../../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';
import { expectProblem, IN_RUSSIAN } from './problems.js';

let portal: TestPortal;
let actor: Actor;
beforeAll(async () => {
  portal = await startPortal();
  actor = await actorOf(portal, 'org-tongjiang-gov');
});
afterAll(() => portal.close());

const industry = (code = `race-${randomUUID()}`): object => ({ sourceLanguage: 'zh', code, name: { zh: '样例' } });

const create = (json: object): Promise<Answer> =>
  portal.ask('/industries', { method: 'POST', actor, json, headers: IN_RUSSIAN });

const patch = (id: string, version: number, json: object): Promise<Answer> =>
  portal.ask(`/industries/${id}`, {
    method: 'PATCH',
    actor,
    json,
    headers: { ...IN_RUSSIAN, 'If-Match': `"v${version}-all"` },
  });

const times = <Result>(count: number, ask: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(index)));

const tally = (answers: Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

describe('requests that race', () => {
  it('H115 for one code: one record, and a clear word to the nineteen others', async () => {
    const json = industry();
    const answers = await times(20, () => create(json));
    expect(tally(answers)).toEqual({ 201: 1, 409: 19 });
    for (const answer of answers.filter(({ status }) => status === 409))
      expectProblem(answer, [409, 'resource.duplicate']);
    const { code } = json as { code: string };
    expect(await portal.sql('select count(*)::int as n from industry where code = $1', [code])).toEqual([{ n: 1 }]);
  });

  it('H107 for one version: one of two wins, the other is told which version there is', async () => {
    const { body } = await create(industry());
    const answers = await times(2, (index) => patch(body.id, 1, { name: { zh: `改${index}` } }));
    expect(tally(answers)).toEqual({ 200: 1, 412: 1 });
    const loser = answers.find(({ status }) => status === 412)!;
    expectProblem(loser, [412, 'resource.stale']);
    expect(loser.body.detail).toContain('2');
    const winner = answers.find(({ status }) => status === 200)!;
    expect((await portal.ask(`/industries/${body.id}`, { actor })).body).toMatchObject({
      version: 2,
      name: winner.body.name,
    });
  });

  it('H107 without a version is nobody’s', async () => {
    const { body } = await create(industry());
    for (const method of ['PATCH', 'DELETE']) {
      const json = method === 'PATCH' ? {} : { reason: { zh: '作废' } };
      const answer = await portal.ask(`/industries/${body.id}`, { method, actor, json, headers: IN_RUSSIAN });
      expectProblem(answer, [428, 'resource.precondition-required']);
    }
  });

  it('H108 fifty at a time: each version is won once, and every success counted', async () => {
    const { body } = await create(industry());
    let successes = 0;
    for (let version = 1; version <= 4; version += 1) {
      const answers = await times(50, (index) => patch(body.id, version, { name: { zh: `第${version}版之${index}` } }));
      expect(tally(answers)).toEqual({ 200: 1, 412: 49 });
      successes += 1;
      const { name } = answers.find(({ status }) => status === 200)!.body;
      const now = await portal.ask(`/industries/${body.id}`, { actor });
      expect(now.body).toMatchObject({ version: 1 + successes, name });
    }
  });

  it('publish and withdraw once, however often they are asked to at the same time', async () => {
    const { body } = await create(industry());
    const act = (path: string, method: string, version: number, json?: object) =>
      portal.ask(path, { method, actor, headers: { 'If-Match': `"v${version}-all"` }, ...(json && { json }) });
    const published = await times(10, () => act(`/industries/${body.id}/publish`, 'POST', 1));
    expect(tally(published)).toEqual({ 200: 1, 412: 9 });
    const reason = { reason: { zh: '作废' } };
    const withdrawn = await times(10, () => act(`/industries/${body.id}`, 'DELETE', 2, reason));
    expect(withdrawn.filter(({ status }) => status === 204)).toHaveLength(1);
    for (const { status } of withdrawn) expect([204, 410, 412]).toContain(status);
  });

  it('H117 wait for no second connection while they hold one: refused writes are answered on a pool of one', async () => {
    const small = await startPortal({ config: { poolSize: 1 } });
    try {
      const official = await actorOf(small, 'org-tongjiang-gov');
      const asked = { method: 'PATCH', actor: official, json: {}, headers: { 'If-Match': '"v1-all"', ...IN_RUSSIAN } };
      for (const answer of await times(5, () => small.ask(`/leads/${randomUUID()}`, asked)))
        expectProblem(answer, [404, 'resource.not-found']);
    } finally {
      await small.close();
    }
  });

  it('H115 on a reference: a record that is deleted meanwhile is a conflict', async () => {
    const { body } = await create(industry());
    const other = new Client({ connectionString: portal.databaseUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('delete from industry where id = $1', [body.id]);
      const zone = {
        sourceLanguage: 'zh',
        kind: 'country-park',
        side: 'cn',
        name: { zh: '区' },
        industries: [{ id: body.id }],
      };
      const asked = portal.ask('/zones', { method: 'POST', actor, json: zone, headers: IN_RUSSIAN });
      // The deletion is not committed yet: the writer still sees the record, and waits for what becomes of it.
      await until('the writer waits', async () => {
        const [row] = await portal.sql(
          `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'`,
        );
        return row!.n === 1;
      });
      await other.query('commit');
      expectProblem(await asked, [409, 'resource.reference-missing']);
    } finally {
      await other.end();
    }
  });
});

describe('what the database refuses', () => {
  const KINDS: [ProblemCode, number, string[]][] = [
    ['request.invalid', 400, ['22001', '22003', '22007', '22008', '22021', '22P02', '23502', '23514', '54000']],
    ['resource.reference-missing', 409, ['23503']],
    ['resource.duplicate', 409, ['23505']],
    [
      'server.unavailable',
      503,
      [
        '08000',
        '08003',
        '08006',
        '25006',
        '25P03',
        '25P04',
        '40001',
        '40P01',
        '53100',
        '53200',
        '53300',
        '55P03',
        '57014',
        '57P01',
        '57P02',
        '57P03',
        '57P05',
        '58030',
      ],
    ],
    ['server.error', 500, ['XX000', '42P01', '42883', '22012', '0A000', 'P0001']],
  ];

  beforeAll(async () => {
    await portal.sql('create sequence attempt');
    await portal.sql(`create function refuse() returns trigger language plpgsql as $$ begin
      if new.name_zh like 'SQLSTATE %' then
        perform nextval('attempt');
        raise exception 'relation "hidden" of portal' using errcode = substr(new.name_zh, 10), detail = 'Key (hidden)', constraint = 'hidden';
      end if;
      if new.name_zh = 'third time' and nextval('attempt') < 3 then raise exception 'again' using errcode = '40P01'; end if;
      return new; end $$`);
    await portal.sql('create trigger refuse before insert on industry for each row execute function refuse()');
  });

  const attempts = async (): Promise<number> => {
    const [row] = await portal.sql(`select last_value::int as n from attempt`);
    return row!.n as number;
  };

  it.each(KINDS.flatMap(([code, status, states]) => states.map((state) => [state, status, code] as const)))(
    'G102, H115 with %s is %i %s, without a word of its own',
    async (state, status, code) => {
      await portal.sql('alter sequence attempt restart');
      const answer = await create({ ...industry(), name: { zh: `SQLSTATE ${state}` } });
      expectProblem(answer, [status, code]);
      expect(answer.text).not.toMatch(/hidden|SQLSTATE/);
      expect(answer.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
      expect(await attempts()).toBe(state.startsWith('40') ? 3 : 1);
    },
  );

  it('H115 only for the moment is tried again, and then succeeds', async () => {
    await portal.sql('alter sequence attempt restart');
    expect((await create({ ...industry(), name: { zh: 'third time' } })).status).toBe(201);
    expect(await attempts()).toBe(3);
  });
});
