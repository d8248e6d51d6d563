import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { startPortal, type TestPortal } from '../support/portal.js';

type Health = {
  status: number;
  took: number;
  type: string | null;
  cache: string | null;
  body: Record<string, unknown>;
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the portal has said counts for a second. */
const VALID_MS = 1_100;

describe('health', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal({ config: { poolSize: 1, statementTimeoutMs: 20_000 } });
  });
  afterAll(() => portal?.close());

  const ask = async (path: string, language = ''): Promise<Health> => {
    const start = performance.now();
    const response = await fetch(`${portal.url}/health/${path}`, { headers: { 'Accept-Language': language } });
    const body = (await response.json()) as Record<string, unknown>;
    const [type, cache] = [response.headers.get('content-type'), response.headers.get('cache-control')];
    return { status: response.status, took: performance.now() - start, type, cache, body };
  };

  /** Connects past the portal, as the owner of the database. */
  const apart = async <Result>(database: string, work: (client: Client) => Promise<Result>): Promise<Result> => {
    const url = new URL(process.env.TEST_CLUSTER_URL!);
    url.pathname = `/${database}`;
    const client = new Client({ connectionString: url.toString() });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const name = () => new URL(portal.databaseUrl).pathname.slice(1);

  it('is told at the root of the port', async () => {
    expect((await ask('live')).body).toEqual({ status: 'live' });
    expect(await ask('ready')).toMatchObject({ status: 200, cache: 'no-store', body: { status: 'ready' } });
    expect((await portal.ask('/health/live')).status).toBe(404);
  });

  it('is told while every connection of the requests is taken', async () => {
    const client = new Client({ connectionString: portal.databaseUrl });
    await client.connect();
    await client.query('begin; lock table lead in access exclusive mode');
    const waiting = portal.ask('/leads');
    await pause(300);
    expect((await ask('ready')).status).toBe(200);
    await pause(VALID_MS);
    const again = await ask('ready');
    expect([again.status, again.took < 1_000]).toEqual([200, true]);
    await client.query('rollback');
    await client.end();
    expect((await waiting).status).toBe(200);
  });

  it('asks the database at most once a second, however many ask', async () => {
    await pause(VALID_MS);
    await Promise.all(Array.from({ length: 50 }, () => ask('ready')));
    const rows = await portal.sql(
      `select count(*)::int as n from pg_stat_activity where application_name = 'readiness' and datname = current_database()`,
    );
    expect(rows[0]!.n).toBe(1);
  });

  it('says which migration level is missing', async () => {
    const [last] = await portal.sql('select id, timestamp, name from migration order by id desc limit 1');
    await portal.sql('delete from migration where id = $1', [last!.id]);
    await pause(VALID_MS);
    const answer = await ask('ready', 'ru');
    expect(answer).toMatchObject({ status: 503, type: 'application/problem+json; charset=utf-8' });
    expect(answer.body).toMatchObject({ code: 'server.unavailable', reasons: ['migrations.pending'] });
    expect(answer.body.title).toMatch(/^[А-Я]/);
    await portal.sql('insert into migration (id, timestamp, name) values ($1, $2, $3)', [
      last!.id,
      last!.timestamp,
      last!.name,
    ]);
    await pause(VALID_MS);
    expect((await ask('ready')).status).toBe(200);
  });

  it('tells a lost database from a lost process, and that it is back', async () => {
    await apart('postgres', async (client) => {
      await client.query(`alter database ${name()} with allow_connections false`);
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name()]);
    });
    await pause(VALID_MS);
    const lost = await ask('ready');
    expect([lost.status, lost.body.reasons, lost.took < 1_500]).toEqual([503, ['database.unreachable'], true]);
    expect(lost.body.title).toContain(' / ');
    expect((await ask('live')).status).toBe(200);
    await apart('postgres', (client) => client.query(`alter database ${name()} with allow_connections true`));
    await pause(VALID_MS);
    expect((await ask('ready')).status).toBe(200);
    expect((await portal.ask('/leads')).status).toBe(200);
  });
});
