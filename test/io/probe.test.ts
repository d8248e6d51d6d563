import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { probeDatabase, probeServer } from '../../src/infra/database/probe.js';
import type { Refusal } from '../../src/infra/lifecycle/refusal.js';
import { startTestCluster, type TestCluster } from '../support/cluster.js';
import { freePort } from './support.js';

let cluster: TestCluster;
let admin: Client;

beforeAll(async () => {
  cluster = await startTestCluster();
  admin = new Client({ connectionString: cluster.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin?.end();
  await cluster?.stop();
});

const urlOf = (database: string): string => cluster.adminUrl.replace(/\/postgres$/, `/${database}`);

/** Makes a database that lacks something; `spoil` runs inside it. */
const databaseWith = async (name: string, options: string, spoil = 'SELECT 1'): Promise<string> => {
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ${options}`);
  const client = new Client({ connectionString: urlOf(name) });
  await client.connect();
  await client.query(spoil);
  await client.end();
  return urlOf(name);
};

const codesOf = async (probe: Promise<void>): Promise<string[]> => {
  const refused = await probe.then(
    () => undefined,
    (error: Refusal) => error,
  );
  return refused?.reasons.map((reason) => reason.code) ?? [];
};

describe('a server is taken', () => {
  test('as the embedded one is, before and after the extension is there', async () => {
    expect(await codesOf(probeServer(cluster.url))).toEqual([]);
    const url = await databaseWith('complete', '', 'CREATE SCHEMA "Own"; CREATE EXTENSION pg_trgm SCHEMA "Own"');
    expect(await codesOf(probeServer(url))).toEqual([]);
  });
});

describe('a server is refused by name', () => {
  test.each([
    ['ascii', `ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'`, ['database.encoding']],
    ['cyrillic', `ENCODING 'WIN1251' LOCALE_PROVIDER libc LOCALE 'C'`, ['database.encoding']],
    ['plain', `ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'`, ['database.letters', 'database.blindTrigrams']],
    ['halfway', `LC_CTYPE 'C'`, ['database.blindTrigrams']],
  ])('when the database is %s', async (name, options, codes) => {
    expect(await codesOf(probeServer(await databaseWith(name, options)))).toEqual(codes);
  });

  test('when the installed pg_trgm sees no Chinese', async () => {
    const url = await databaseWith('blind', `LC_CTYPE 'C'`, 'CREATE EXTENSION pg_trgm');
    expect(await codesOf(probeServer(url))).toEqual(['database.blindTrigrams']);
  });

  test('when a collation is missing', async () => {
    const url = await databaseWith('unsorted', '', 'DROP COLLATION pg_catalog."zh-x-icu"');
    expect(await codesOf(probeServer(url))).toEqual(['database.collations']);
  });

  test('when it is too old, and then nothing else is asked', async () => {
    const rows = [{ version: '14.9', number: 140_009 }];
    const asked: string[] = [];
    const query = async (text: string) => {
      asked.push(text);
      return { rows: rows as never[] };
    };
    expect(await codesOf(probeDatabase({ query }))).toEqual(['database.tooOld']);
    expect(asked).toHaveLength(1);
  });

  test('when pg_trgm is not available', async () => {
    const query = async (text: string, values?: unknown[]) => {
      if (text.includes('pg_available_extensions')) {
        return { rows: [{ available: false, schema: null, ctype: 'C.UTF-8' }] as never[] };
      }
      return admin.query(text, values) as never;
    };
    expect(await codesOf(probeDatabase({ query }))).toEqual(['database.noTrigrams']);
  });
});

describe('a server that does not let us in is told apart', () => {
  test('nobody listens', async () => {
    const url = `postgres://portal:secret-word@127.0.0.1:${await freePort()}/portal`;
    const refused = await probeServer(url).catch((error: Refusal) => error);
    expect((refused as Refusal).reasons[0]).toMatchObject({
      code: 'database.unreachable',
      values: { error: 'ECONNREFUSED' },
    });
    expect(JSON.stringify((refused as Refusal).reasons)).not.toContain('secret-word');
  });

  test('wrong password', async () => {
    expect(await codesOf(probeServer(cluster.url.replace(/:[^:@]+@/, ':wrong@')))).toEqual(['database.rejected']);
  });

  test('no such database', async () => {
    expect(await codesOf(probeServer(urlOf('nowhere')))).toEqual(['database.noDatabase']);
  });
});
