import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createDatabase, dropDatabase } from '../support/portal.js';
import { type BuiltPortal, startBuiltPortal } from './built-portal.js';
import { FailingDatabase } from './failing-database.js';
import { type Child, freePort, projectFolder, statusOf, until, Workshop } from './support.js';

const workshop = new Workshop();
let databaseUrl: string;
let client: Client;
let portal: BuiltPortal;
let url: string;

const ANYWHERE = { host: '127.0.0.1', port: 0 };

const startWatched = async (database: string, more: object = {}): Promise<BuiltPortal> =>
  startBuiltPortal('plain', database, { logLevel: 'silent', metrics: ANYWHERE, ...more });

const addressOf = ({ told }: BuiltPortal): string => `http://127.0.0.1:${told.metricsPort}/metrics`;

beforeAll(async () => {
  databaseUrl = await createDatabase('portal_seeded');
  client = new Client({ connectionString: databaseUrl, application_name: 'test' });
  await client.connect();
  portal = await startWatched(databaseUrl, { poolSize: 2 });
  url = addressOf(portal);
}, 60_000);
afterAll(async () => {
  await portal?.stop();
  await workshop.cleanUp();
  await client?.end();
  await dropDatabase(databaseUrl);
}, 60_000);

/** What is told: values by name and labels. */
const scrape = async (from = url): Promise<Map<string, number>> => {
  const response = await fetch(from);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(/ (\S+)$/.exec(line)![1])]));
};

const ask = (path: string, method = 'GET') => fetch(portal.url + path, { method }).then(({ status }) => status);

const REQUESTS = 'portal_http_requests_total';

describe('the metrics', () => {
  it('count and time requests by route template, method and status, however many paths clients make up', async () => {
    const { rows } = await client.query("select id from lead where state = 'published' limit 2");
    for (const { id } of rows) expect(await ask(`/api/v1/leads/${id}`)).toBe(200);
    expect(await ask(`/api/v1/leads/${randomUUID()}`)).toBe(404);
    expect(await ask('/api/v1/leads?limit=1')).toBe(200);
    expect(await ask('/health/live')).toBe(200);
    for (let n = 0; n < 30; n += 1) expect(await ask(`/api/v1/${randomUUID()}/${n}`)).toBe(404);
    expect(await ask('/api/v1/leads', 'PURGE')).toBe(405);
    await until('all requests are counted', async () => (await scrape()).get('portal_http_requests_in_flight') === 0);
    const told = await scrape();
    const count = (method: string, route: string, status: number) =>
      told.get(`${REQUESTS}{method="${method}",route="${route}",status="${status}"}`);
    expect(count('GET', '/api/v1/leads/{id}', 200)).toBe(2);
    expect(count('GET', '/api/v1/leads/{id}', 404)).toBe(1);
    expect(count('GET', '/api/v1/leads', 200)).toBe(1);
    expect(count('GET', '/health/live', 200)).toBe(1);
    expect(count('GET', 'none', 404)).toBe(30);
    expect(count('other', 'none', 405)).toBe(1);
    const timed = 'portal_http_request_duration_seconds';
    expect(told.get(`${timed}_count{method="GET",route="/api/v1/leads/{id}"}`)).toBe(3);
    expect(told.get(`${timed}_bucket{le="+Inf",method="GET",route="/api/v1/leads"}`)).toBe(1);
    expect([...told.keys()].filter((name) => /[0-9a-f]{8}-[0-9a-f]{4}/.test(name))).toEqual([]);
    expect(told.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
  });

  it('tell the queue, the feed and what receivers are owed', async () => {
    const { rows } = await client.query('select id from organization limit 1');
    const [organization, key, hook, delivery] = [rows[0].id, randomUUID(), randomUUID(), randomUUID()];
    await client.query(
      `insert into api_key (id, prefix, name, organization_id, scopes, expires_at, created_at, key_hash)
       values ($1, 'hap_000000000000', 'test', $2, '{records.read}', now() + interval '1 day', now(), '\\x00')`,
      [key, organization],
    );
    await client.query(
      `insert into webhook (id, api_key_id, url, state, created_at, position, sealed_secret)
       values ($1, $2, 'https://example.org/', 'active', now(), (select max(seq) - 3 from feed_entry), '')`,
      [hook, key],
    );
    await client.query(
      `insert into webhook_delivery (id, webhook_id, type, body, state, attempts, created_at)
       values ($1, $2, 'webhook.test', '{}', 'pending', 0, now() - interval '1 hour')`,
      [delivery, hook],
    );
    for (const [state, due] of [
      ['created', "now() - interval '90 seconds'"],
      ['retry', "now() + interval '1 hour'"],
      ['failed', 'now()'],
    ]) {
      await client.query(
        `insert into pgboss.job (name, state, singleton_key, policy, start_after)
         values ('webhook.deliver', $1::pgboss.job_state, $2, 'exclusive', ${due})`,
        [state, randomUUID()],
      );
    }
    const jobs = (state: string) => `portal_jobs{kind="webhook.deliver",state="${state}"}`;
    await until('the queue is told', async () => (await scrape()).get(jobs('ready')) === 1);
    const told = await scrape();
    expect(['ready', 'deferred', 'active', 'failed'].map((state) => told.get(jobs(state)))).toEqual([1, 1, 0, 1]);
    expect(told.get('portal_jobs_oldest_ready_seconds{kind="webhook.deliver"}')).toBeGreaterThan(89);
    expect(told.get('portal_jobs{kind="webhook.pump",state="ready"}')).toBe(0);
    expect(told.get('portal_feed_lag_entries')).toBe(3);
    expect(told.get('portal_feed_lag_seconds')).toBeGreaterThan(0);
    expect(told.get('portal_feed_position')).toBeGreaterThan(3);
    expect(told.get('portal_webhook_deliveries_pending')).toBe(1);
    expect(told.get('portal_webhook_oldest_pending_seconds')).toBeGreaterThan(3_599);
    expect(told.get('portal_webhooks{state="active"}')).toBe(1);
  });

  it('are told while requests have taken every connection, and take none from them', async () => {
    await client.query('begin; lock table region in access exclusive mode');
    const waiting = [1, 2, 3].map(() => ask('/api/v1/regions?limit=1'));
    const pool = (told: Map<string, number>) =>
      ['busy', 'idle', 'waiting'].map((state) => told.get(`portal_pool_connections{state="${state}"}`));
    await until('the pool is full', async () => {
      const told = await scrape();
      expect(told.get('portal_database_up')).toBe(1);
      return pool(told).join() === '2,0,1';
    });
    await client.query('rollback');
    await Promise.all(waiting);
    expect(pool(await scrape())[2]).toBe(0);
    const { rows } = await client.query(
      `select count(*)::int as n from pg_stat_activity where application_name = 'metrics' and datname = current_database()`,
    );
    expect(rows[0].n).toBe(1);
  });

  it('are on their own port and nothing else is', async () => {
    expect(await ask('/metrics')).toBe(404);
    expect(await statusOf(url.replace('/metrics', '/api/v1/leads'))).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('a database that is away', () => {
  it('H116 is told as such, and what only it knows is left out until it is back', async () => {
    const database = await FailingDatabase.start(workshop);
    const watched = await startWatched(database.url);
    try {
      const look = () => scrape(addressOf(watched));
      const told = (name: string) => async () => [...(await look()).keys()].some((key) => key.startsWith(name));
      expect((await look()).get('portal_database_up')).toBe(1);
      expect(await told('portal_jobs{')()).toBe(true);
      for (const fail of [() => database.stop(), () => database.freeze()]) {
        await fail();
        await until('it is told as away', async () => (await look()).get('portal_database_up') === 0);
        const names = [...(await look()).keys()];
        expect(names.filter((name) => /^portal_(jobs|feed|webhook_(deliveries_p|oldest)|webhooks)/.test(name))).toEqual(
          [],
        );
        expect(names).toContain('portal_pool_connections{state="busy"}');
        await database.restore();
        await until('it is told as back', async () => (await look()).get('portal_database_up') === 1);
        expect(await told('portal_feed_position')()).toBe(true);
      }
    } finally {
      await watched.stop();
      await database.restore();
      await database.stop();
    }
  }, 120_000);
});

describe('a second process on the same port for metrics', () => {
  const run = async (program: string, port: number): Promise<Child> =>
    workshop.run([join(projectFolder, 'dist', 'src', program)], {
      env: {
        DATABASE_URL: databaseUrl,
        PORTAL_SECRET_KEY: 'k'.repeat(32),
        PORT: String(await freePort()),
        PORTAL_DATA_DIR: join(workshop.folder(), 'data'),
        PORTAL_METRICS_PORT: String(port),
        PORTAL_LOG_LEVEL: 'silent',
      },
    });

  it('is told what is in the way, in both languages; with a port of its own it starts', async () => {
    const taken = Number(portal.told.metricsPort);
    for (const program of ['main.js', join('cli', 'worker.js')]) {
      const child = await run(program, taken);
      expect(await child.ends()).toBe(1);
      for (const word of [`PORTAL_METRICS_PORT=${taken + 1}`, String(portal.process.pid), '运行指标', 'показателей']) {
        expect(child.output).toContain(word);
      }
      expect(child.output).not.toMatch(/^\s+at /m);
    }
    const port = await freePort();
    const worker = await run(join('cli', 'worker.js'), port);
    await worker.says(/后台任务进程已启动/);
    expect((await scrape(`http://127.0.0.1:${port}/metrics`)).get('portal_database_up')).toBe(1);
    expect(await worker.kill('SIGTERM')).toBe(0);
  }, 120_000);
});
