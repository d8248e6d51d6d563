import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createDatabase, dropDatabase } from '../support/portal.js';
import { projectFolder, until } from './support.js';

const JOBS = 1_000;
const WORKERS = 4;
const KILLS = 12;

let databaseUrl: string;
let client: Client;
const processes = new Set<ChildProcess>();

beforeAll(async () => {
  databaseUrl = await createDatabase('portal_empty');
  client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('create table tally (n integer not null)');
});
afterAll(async () => {
  for (const child of processes) child.kill('SIGKILL');
  await client?.end();
  await dropDatabase(databaseUrl);
}, 60_000);

const start = async (role: 'work' | 'idle'): Promise<ChildProcess> => {
  const child = fork(join(projectFolder, 'test/io/fixtures/job-worker.mjs'), [databaseUrl, role]);
  processes.add(child);
  child.once('exit', () => processes.delete(child));
  await once(child, 'message');
  return child;
};

type Order = { kind: string; data: object; request?: { key?: string }; undo?: boolean };

const enqueue = async (child: ChildProcess, orders: Order[]): Promise<void> => {
  child.send({ enqueue: orders });
  await once(child, 'message');
};

const count = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await client.query(`select count(*) as n ${text}`, values)).rows[0].n);

describe('jobs', () => {
  it('are made with what calls for them or not at all, and once for each key', async () => {
    const maker = await start('idle');
    await enqueue(maker, [
      { kind: 'tally', data: { n: -1 }, undo: true },
      { kind: 'tally', data: { n: -2 }, request: { key: 'same' } },
      { kind: 'tally', data: { n: -2 }, request: { key: 'same' } },
    ]);
    expect(await count("from pgboss.job where name = 'tally'")).toBe(1);
    maker.kill('SIGKILL');
  });

  it('H113 are each done once by four workers, whichever of them is killed when', async () => {
    const maker = await start('idle');
    const numbers = Array.from({ length: JOBS }, (_, n) => n);
    await enqueue(
      maker,
      numbers.map((n) => ({ kind: 'tally', data: { n, fails: n % 5 === 0 } })),
    );
    maker.kill('SIGKILL');
    const workers = await Promise.all(Array.from({ length: WORKERS }, () => start('work')));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400));
      const place = kill % WORKERS;
      workers[place]!.kill('SIGKILL');
      workers[place] = await start('work');
    }
    await until('every job has done its work', async () => (await count('from tally where n >= 0')) >= JOBS, 180_000);
    const { rows } = await client.query('select n, count(*)::int as times from tally where n >= 0 group by n');
    expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
    expect(rows).toHaveLength(JOBS);
    for (const worker of workers) worker.kill('SIGKILL');
  }, 240_000);

  it('are put aside with the reason where no try can help, and at once', async () => {
    const worker = await start('work');
    await enqueue(worker, [{ kind: 'hopeless', data: {} }]);
    const failed = "from pgboss.job where name = 'hopeless' and state = 'failed'";
    await until('the job is put aside', async () => (await count(failed)) === 1);
    const { rows } = await client.query(`select retry_count, output::text as output ${failed}`);
    expect(rows[0]).toMatchObject({ retry_count: 0, output: expect.stringContaining('nobody lives there') });
  });
});
