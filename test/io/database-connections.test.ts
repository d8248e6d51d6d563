import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool, PoolClient } from 'pg';
import { Database, openDataSource } from '../../src/infra/database/database.js';
import { createDatabase, dropDatabase } from '../support/portal.js';

const limits = { poolSize: 2, statementTimeoutMs: 5_000 };
const UNAVAILABLE = { code: 'server.unavailable' };

let url: string;
let database: Database;
beforeAll(async () => {
  url = await createDatabase('portal_empty');
  database = new Database(await openDataSource({ ...limits, url, entities: [] }), limits);
});
afterAll(async () => {
  await database?.close();
  await dropDatabase(url);
});

const pool = (): Pool => (database.source.driver as unknown as { master: Pool }).master;

/** Breaks the next connection that somebody is given, at the very moment: so often it is told that it is broken. */
const breakNext = (times: number): void => {
  pool().once('acquire', (client: PoolClient) => {
    // Those who get the connection listen to it later than that.
    process.nextTick(() => {
      for (let n = 0; n < times; n += 1) client.emit('error', new Error('Connection terminated unexpectedly'));
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    });
  });
};

const read = (): Promise<unknown> => database.rows({ text: 'select 1', values: [] });
const write = (): Promise<unknown> => database.transaction((manager) => manager.query('select 1'));

describe('a connection that breaks while it is handed over', () => {
  it.each([
    ['a read', read],
    ['a transaction', write],
  ])('H116 fails %s as unavailable, nothing else, and is not used again', async (_, work) => {
    for (const times of [0, 1, 3]) {
      await work();
      breakNext(times);
      await expect(work()).rejects.toMatchObject(UNAVAILABLE);
      await expect(Promise.all([work(), work(), work()])).resolves.toHaveLength(3);
    }
  });

  it('H116 also where it is the one that opened the pool, or a new one', async () => {
    const fresh = new Database(await openDataSource({ ...limits, url, entities: [] }), limits);
    const kept = database;
    database = fresh;
    try {
      breakNext(1);
      await expect(write()).rejects.toMatchObject(UNAVAILABLE);
      breakNext(1);
      await expect(write()).rejects.toMatchObject(UNAVAILABLE);
      await write();
    } finally {
      database = kept;
      await fresh.close();
    }
  });
});

describe('a server that falls silent', () => {
  const impatient = { poolSize: 1, statementTimeoutMs: 300 };
  let short: Database;
  beforeAll(async () => {
    short = new Database(await openDataSource({ ...impatient, url, entities: [] }), impatient);
  });
  afterAll(() => short?.close());

  /** A server that is frozen does not mind its own limit. */
  const FORGET_LIMIT = "select set_config('statement_timeout', '0', false)";
  const SLEEP = 'select pg_sleep(60)';

  it('H116 is given up by a read, and the next one is served', async () => {
    await short.rows({ text: FORGET_LIMIT, values: [] });
    await expect(short.rows({ text: SLEEP, values: [] })).rejects.toMatchObject(UNAVAILABLE);
    await expect(short.rows({ text: 'select 1', values: [] })).resolves.toEqual([[1]]);
  });

  it('H116 is given up by a transaction, and the next one is served', async () => {
    const silent = short.transaction(async (manager) => {
      await manager.query(FORGET_LIMIT);
      await manager.query(SLEEP);
    });
    await expect(silent).rejects.toMatchObject(UNAVAILABLE);
    await expect(short.transaction((manager) => manager.query('select 1'))).resolves.toHaveLength(1);
  });

  it('keeps a connection that nobody asks anything, and still watches it afterwards', async () => {
    const backend = () => short.rows({ text: 'select pg_backend_pid()', values: [] });
    const before = await backend();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await backend()).toEqual(before);
    await short.rows({ text: FORGET_LIMIT, values: [] });
    await expect(short.rows({ text: SLEEP, values: [] })).rejects.toMatchObject(UNAVAILABLE);
  });
});
