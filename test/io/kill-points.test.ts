import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { AccountActor } from '../../src/kernel/actor.js';
import { createDatabase, dropDatabase } from '../support/portal.js';
import { type BuiltPortal, startBuiltPortal } from './built-portal.js';

/** Kills of the whole process, and of single connections in the middle of whatever they do. */
const PROCESS_KILLS = 30;
const CONNECTION_KILLS = 170;
const WRITERS = 6;

let databaseUrl: string;
let client: Client;
let actor: AccountActor;
let portal: BuiltPortal;

beforeAll(async () => {
  databaseUrl = await createDatabase('portal_seeded');
  client = new Client({ connectionString: databaseUrl, application_name: 'test' });
  await client.connect();
  const { rows } = await client.query("select id from organization where side = 'cn' order by id limit 1");
  const { id } = rows[0] as { id: string };
  actor = { kind: 'account', id, roles: ['official'], translatesInto: [], side: 'cn', organizationId: id };
  portal = await startBuiltPortal('plain', databaseUrl, { logLevel: 'silent' });
}, 60_000);
afterAll(async () => {
  await portal?.stop();
  await client?.end();
  await dropDatabase(databaseUrl);
}, 60_000);

type Outcome = { status: number; body: { id: string; version: number } } | undefined;

/** One request; nothing where the portal was gone before it could answer. */
const send = async (method: string, path: string, json: object, headers: Record<string, string>): Promise<Outcome> => {
  try {
    const response = await fetch(`${portal.url}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Test-Actor': JSON.stringify(actor), ...headers },
      body: JSON.stringify(json),
    });
    return { status: response.status, body: (await response.json()) as { id: string; version: number } };
  } catch {
    return undefined;
  }
};

/** Asks until somebody answers for good, as a client that must not lose its work does. */
const insist = async (ask: () => Promise<Outcome>): Promise<NonNullable<Outcome>> => {
  for (;;) {
    const outcome = await ask();
    if (outcome && outcome.status < 500 && outcome.status !== 409) return outcome;
    await sleep(30);
  }
};

/** Makes records and changes them; remembers the versions that the portal has acknowledged. */
const write = async (acknowledged: Map<string, number>, faults: string[], isOver: () => boolean): Promise<void> => {
  while (!isOver()) {
    const [code, key] = [`kill-${randomUUID()}`, randomUUID()];
    const json = { sourceLanguage: 'zh', code, name: { zh: '样例' } };
    const made = await insist(() => send('POST', '/industries', json, { 'Idempotency-Key': key }));
    if (made.status !== 201) {
      faults.push(`POST answered ${made.status}`);
      return;
    }
    const { id } = made.body;
    acknowledged.set(id, 1);
    for (let version = 1; version <= 3; version += 1) {
      const patch = { name: { zh: `第${version}次修改` } };
      const changed = await send('PATCH', `/industries/${id}`, patch, { 'If-Match': `"v${version}-all"` });
      // Without an answer nobody knows whether it was done; with one, it was.
      if (changed?.status !== 200) break;
      acknowledged.set(id, changed.body.version);
    }
  }
};

const killConnection = (): Promise<unknown> =>
  client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'test'
      order by (state = 'active') desc, random() limit 1`,
  );

const killProcess = async (): Promise<void> => {
  await portal.stop();
  portal = await startBuiltPortal('plain', databaseUrl, { logLevel: 'silent' });
};

describe('whatever dies in the middle of a write', () => {
  it('H112 a record, its trail and its place in the feed are there together or not at all', async () => {
    const acknowledged = new Map<string, number>();
    const faults: string[] = [];
    let over = false;
    const writers = Promise.all(Array.from({ length: WRITERS }, () => write(acknowledged, faults, () => over)));
    const order = [...Array(PROCESS_KILLS).fill(killProcess), ...Array(CONNECTION_KILLS).fill(killConnection)];
    order.sort(() => Math.random() - 0.5);
    for (const kill of order as (() => Promise<unknown>)[]) {
      await sleep(Math.random() * 60);
      await kill();
    }
    over = true;
    await writers;
    expect(faults).toEqual([]);
    const { rows } = await client.query(
      `select r.id, r.version,
          array(select a.object_version from audit a where a.object_id = r.id::text order by a.seq) as trail,
          array(select f.version from feed_entry f where f.record_id = r.id and f.type <> 'language' order by f.seq) as feed
        from industry r where r.code like 'kill-%'`,
    );
    expect(rows.length).toBeGreaterThan(50);
    for (const { version, trail, feed } of rows) {
      const versions = Array.from({ length: version }, (_, n) => n + 1);
      expect([trail, feed]).toEqual([versions, versions]);
    }
    const stored = new Map(rows.map(({ id, version }) => [id as string, version as number]));
    for (const [id, version] of acknowledged) expect(stored.get(id)).toBeGreaterThanOrEqual(version);
    // Each record was made by one client that insisted: none was made twice.
    expect(stored.size).toBe(acknowledged.size);
    for (const table of ['audit', 'feed_entry']) {
      const { rows: found } = await client.query(`select count(*)::int as n, max(seq)::int as last from ${table}`);
      expect([table, found[0].n]).toEqual([table, found[0].last]);
    }
  }, 300_000);
});
