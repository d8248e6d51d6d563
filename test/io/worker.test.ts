import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/kernel/actor.js';
import { actorOf } from '../support/actors.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { type Child, projectFolder, until, Workshop } from './support.js';

const workshop = new Workshop();
let portal: TestPortal;
let owner: AccountActor;

beforeAll(async () => {
  // It makes jobs and leaves them to others.
  portal = await startPortal({ config: { jobs: 'apart' } });
  owner = await actorOf(portal, 'org-tongjiang-gov');
  await portal.sql('create table gate (open boolean not null); create table step (n integer, what text, pid integer)');
});
afterAll(async () => {
  await workshop.cleanUp();
  await portal?.close();
}, 60_000);
beforeEach(() => portal.sql('delete from gate; delete from step'));
afterEach(() => workshop.cleanUp(), 60_000);

const BEGUN = /后台任务进程已启动[\s\S]*\n/;

const environment = () => ({
  DATABASE_URL: portal.databaseUrl,
  PORTAL_SECRET_KEY: 'k'.repeat(32),
  PORTAL_DATA_DIR: join(workshop.folder(), 'data'),
});

const start = async (words: string[], options: object = {}): Promise<Child> => {
  const child = workshop.run(words, { env: environment(), cwd: projectFolder, ...options });
  await child.says(BEGUN);
  return child;
};

/** The worker with kinds of job that a test can hold up. */
const startWorker = () => start([join(projectFolder, 'test/io/fixtures/worker.mjs')]);

const enqueue = (kind: string, n = 0) =>
  portal.sql(
    `insert into pgboss.job (name, data, singleton_key, policy, expire_seconds, retry_limit)
     select name, jsonb_build_object('n', $2::integer), $3, policy, expire_seconds, retry_limit
     from pgboss.queue where name = $1`,
    [kind, n, randomUUID()],
  );

const openGate = () => portal.sql('insert into gate values (true)');

const steps = async (what: string) =>
  (await portal.sql('select n, pid from step where what = $1 order by n', [what])) as { n: number; pid: number }[];

const hasBegun = (count = 1) => until('the job is under way', async () => (await steps('begun')).length >= count);

const states = async (kind: string) =>
  (await portal.sql('select state::text from pgboss.job where name = $1 order by created_on', [kind])).map(
    ({ state }) => state,
  );

const forget = (kind: string) => portal.sql('delete from pgboss.job where name = $1', [kind]);

describe('npm run worker', () => {
  it('works on what a portal has left to it, tells it in its log, and ends with npm', async () => {
    const issued = await portal.ask('/api-keys', {
      method: 'POST',
      actor: { ...owner, roles: ['administrator'] },
      json: {
        name: 'worker',
        organization: { id: owner.organizationId },
        scopes: ['records.read'],
        expiresOn: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      },
    });
    const headers = { 'X-Api-Key': issued.body.key };
    // A name of the documentation's, where nobody takes messages (RFC 2606).
    const webhook = await portal.ask('/webhooks', {
      method: 'POST',
      headers,
      json: { url: 'https://receiver.example.org/hook' },
    });
    expect(webhook.status).toBe(201);
    const test = await portal.ask(`/webhooks/${webhook.body.id}/tests`, { method: 'POST', headers });
    await sleep(3_000);
    expect(await states('webhook.deliver')).toEqual(['created']);
    const worker = await start(['run', 'worker'], { command: 'npm' });
    await until('the message was tried', async () => (await states('webhook.deliver'))[0] === 'retry');
    const requestId = test.headers.get('x-request-id');
    await until('it is in the log', () => worker.output.includes(`"requestId":"${requestId}"`));
    expect(await worker.kill('SIGTERM')).toBe(0);
  }, 120_000);

  it('finishes the job in hand when it is told to end, and takes no other', async () => {
    const worker = await startWorker();
    await enqueue('slow', 1);
    await hasBegun();
    worker.process.kill('SIGTERM');
    await worker.says(/SIGTERM|正在停止/);
    await enqueue('slow', 2);
    await sleep(2_500);
    expect(worker.exit).toBeUndefined();
    await openGate();
    expect(await worker.ends()).toBe(0);
    expect(await steps('ended')).toEqual([{ n: 1, pid: worker.pid }]);
    expect(await states('slow')).toEqual(['completed', 'created']);
    const heir = await startWorker();
    await until('the other is done', async () => (await steps('ended')).length === 2);
    expect(await heir.kill('SIGTERM')).toBe(0);
    await forget('slow');
  }, 120_000);

  it('ends at once when it is told a second time, and H113 nothing is lost, as when it is killed', async () => {
    for (const [n, end] of [
      [
        3,
        async (worker: Child) => {
          worker.process.kill('SIGTERM');
          await sleep(700);
          expect(await worker.kill('SIGTERM')).toBe(143);
        },
      ],
      [4, async (worker: Child) => void (await worker.kill('SIGKILL'))],
    ] as const) {
      await portal.sql('delete from gate; delete from step');
      const worker = await startWorker();
      await enqueue('slow', n);
      await hasBegun();
      await end(worker);
      expect(await steps('ended')).toEqual([]);
      // The queue takes a job for lost when its time is over.
      await portal.sql("update pgboss.job set started_on = now() - interval '5 minutes' where state = 'active'");
      await openGate();
      const heir = await startWorker();
      await until('another has done it', async () => (await steps('ended')).length === 1);
      expect(await steps('ended')).toEqual([{ n, pid: heir.pid }]);
      await until('the queue knows', async () => (await states('slow'))[0] === 'completed');
      expect(await heir.kill('SIGTERM')).toBe(0);
      await forget('slow');
    }
  }, 180_000);
});

describe('npm run jobs', () => {
  const jobs = async (...words: string[]): Promise<Child> => {
    const child = workshop.run([join(projectFolder, 'dist/src/cli/jobs.js'), ...words], { env: environment() });
    await child.ends();
    return child;
  };

  it('tells what was put aside and why, in both languages, and gives it another try', async () => {
    const none = await jobs('failed');
    expect([none.exit?.code, none.output]).toEqual([0, expect.stringMatching(/没有失败的任务[\s\S]*[А-я]/)]);
    const worker = await startWorker();
    await enqueue('hopeless');
    await enqueue('hopeless');
    await until('both are put aside', async () => (await states('hopeless')).join() === 'failed,failed');
    const told = await jobs('failed');
    expect(told.exit?.code).toBe(0);
    const rows = await portal.sql("select id from pgboss.job where name = 'hopeless'");
    for (const { id } of rows) expect(told.output.split(String(id))).toHaveLength(3);
    expect(told.output).toContain('hopeless');
    expect(told.output).toContain('receiver.example.org: nobody lives there');
    await openGate();
    const one = await jobs('replay', String(rows[0]!.id));
    expect([one.exit?.code, one.output]).toEqual([0, expect.stringMatching(/1/)]);
    await until('it is done', async () => (await states('hopeless')).sort().join() === 'completed,failed');
    expect((await jobs('replay', '--kind', 'slow')).output).toMatch(/0/);
    expect((await jobs('replay', '--kind', 'hopeless')).exit?.code).toBe(0);
    await until('both are done', async () => (await states('hopeless')).join() === 'completed,completed');
    expect((await jobs('failed')).output).toMatch(/没有失败的任务/);
    expect(await worker.kill('SIGTERM')).toBe(0);
  }, 120_000);

  it.each([['again'], ['replay'], ['replay', 'everything'], ['failed', 'now'], ['replay', '--kind'], ['--help']])(
    'says how it is used when told %j',
    async (...words: string[]) => {
      const child = await jobs(...words);
      expect([child.exit?.code, child.output]).toEqual([1, expect.stringMatching(/replay --all/)]);
      expect(child.output).not.toMatch(/^\s+at /m);
    },
  );
});
