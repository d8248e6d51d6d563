import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { AccountActor } from '../../src/kernel/actor.js';
import { createDatabase, dropDatabase } from '../support/portal.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { type BuiltPortal, startBuiltPortal } from './built-portal.js';
import { projectFolder, until } from './support.js';

/** Kills of the whole process, and of single connections in the middle of whatever they do. */
const PROCESS_KILLS = 30;
const CONNECTION_KILLS = 170;
const WRITERS = 6;

let databaseUrl: string;
let client: Client;
let actor: AccountActor;
let portal: BuiltPortal;
let receiver: Receiver;

/** The portal works on jobs itself; every change makes one that must count it once. */
const start = (): Promise<BuiltPortal> => {
  const config = { logLevel: 'silent', jobs: 'in-process', allowLocalReceivers: true };
  return startBuiltPortal('plain', databaseUrl, config, join(projectFolder, 'test/io/fixtures/tally.mjs'));
};

beforeAll(async () => {
  databaseUrl = await createDatabase('portal_seeded');
  client = new Client({ connectionString: databaseUrl, application_name: 'test' });
  await client.connect();
  const { rows } = await client.query("select id from organization where side = 'cn' order by id limit 1");
  const { id } = rows[0] as { id: string };
  actor = {
    kind: 'account',
    id,
    roles: ['official', 'coordinator'],
    translatesInto: [],
    side: 'cn',
    organizationId: id,
  };
  await client.query('create table tally (id uuid not null, version integer not null)');
  receiver = await startReceiver();
  portal = await start();
  await follow();
}, 60_000);
afterAll(async () => {
  await portal?.stop();
  receiver?.close();
  await client?.end();
  await dropDatabase(databaseUrl);
}, 60_000);

/** Has a partner's system told of every change of industries, and fail at some of the messages. */
const follow = async (): Promise<void> => {
  const expiresOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const wish = { name: 'kill', organization: { id: actor.organizationId }, scopes: ['records.read'], expiresOn };
  const administrator = { 'X-Test-Actor': JSON.stringify({ ...actor, roles: ['administrator'] }) };
  const post = async (path: string, json: object, headers: Record<string, string>) => {
    const sent = { 'Content-Type': 'application/json', ...headers };
    const response = await fetch(`${portal.url}/api/v1${path}`, {
      method: 'POST',
      headers: sent,
      body: JSON.stringify(json),
    });
    expect([path, response.status]).toEqual([path, 201]);
    return (await response.json()) as { key: string };
  };
  const { key } = await post('/api-keys', wish, administrator);
  await post('/webhooks', { url: receiver.url, resources: ['industry'] }, { 'X-Api-Key': key });
  receiver.script(...Array.from({ length: 200 }, () => (Math.random() < 0.1 ? 500 : 204)));
};

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

/** Makes records, publishes and changes them; remembers the versions that the portal has acknowledged. */
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
      const name = { zh: `第${version}次修改` };
      const headers = { 'If-Match': `"v${version}-all"` };
      const changed = await (version === 1
        ? send('POST', `/industries/${id}/publish`, {}, headers)
        : send('PATCH', `/industries/${id}`, { name }, headers));
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
  portal = await start();
};

/** Lets what waits for a further try be tried at once, and takes jobs whose worker died for lost. */
const hurry = async (): Promise<void> => {
  await client.query("update pgboss.job set start_after = now() where state = 'retry' and start_after > now()");
  await client.query(
    `update pgboss.job set started_on = now() - interval '1 hour'
      where state = 'active' and started_on between now() - interval '50 minutes' and now() - interval '5 seconds'`,
  );
};

const count = async (text: string): Promise<number> =>
  (await client.query(`select count(*)::int as n ${text}`)).rows[0].n as number;

/** Waits until all that was begun has its end. */
const settle = (): Promise<void> =>
  until(
    'every job is done and every message delivered',
    async () => {
      await hurry();
      await sleep(500);
      const jobs = await count("from pgboss.job where name in ('tally', 'webhook.deliver') and state <= 'active'");
      const behind = await count('from webhook where position < (select max(seq) from feed_entry)');
      return jobs + behind + (await count("from webhook_delivery where state = 'pending'")) === 0;
    },
    150_000,
  );

type Message = { type: string; data: { id: string; version: number } };

/** What came of each event: the ids under which it was told, and the versions of each record in the order of first telling. */
const told = (): { ids: Map<string, Set<string>>; versions: Map<string, number[]> } => {
  const [ids, versions] = [new Map<string, Set<string>>(), new Map<string, number[]>()];
  for (const { headers, body } of receiver.got) {
    const { type, data } = JSON.parse(body) as Message;
    const event = `${data.id} ${data.version} ${type}`;
    if (!ids.has(event)) versions.set(data.id, [...(versions.get(data.id) ?? []), data.version]);
    ids.set(event, (ids.get(event) ?? new Set()).add(String(headers['webhook-id'])));
  }
  return { ids, versions };
};

describe('whatever dies in the middle of a write', () => {
  it('H112 H113 a record, its trail, feed, job and message are there together or not at all, and each job is done once', async () => {
    const acknowledged = new Map<string, number>();
    const faults: string[] = [];
    let over = false;
    const writers = Promise.all(Array.from({ length: WRITERS }, () => write(acknowledged, faults, () => over)));
    const order = [...Array(PROCESS_KILLS).fill(killProcess), ...Array(CONNECTION_KILLS).fill(killConnection)];
    order.sort(() => Math.random() - 0.5);
    try {
      for (const kill of order as (() => Promise<unknown>)[]) {
        await sleep(Math.random() * 60);
        await kill();
      }
      await until('enough is written', () => acknowledged.size > 50);
    } finally {
      over = true;
    }
    await writers;
    await settle();
    expect(faults).toEqual([]);
    const { rows } = await client.query(
      `select r.id, r.version,
          array(select a.object_version from audit a where a.object_id = r.id::text order by a.seq) as trail,
          array(select f.version from feed_entry f where f.record_id = r.id and f.type <> 'language' order by f.seq) as feed,
          array(select t.version from tally t where t.id = r.id order by t.version) as counted
        from industry r where r.code like 'kill-%'`,
    );
    expect(rows.length).toBeGreaterThan(50);
    const messages = told();
    for (const { id, version, trail, feed, counted } of rows) {
      const versions = Array.from({ length: version }, (_, n) => n + 1);
      expect([trail, feed, counted]).toEqual([versions, versions, versions]);
      // A record that is not published yet is nobody else's business.
      expect(messages.versions.get(id) ?? []).toEqual(versions.slice(1));
    }
    // Every entry that may be told is one message, under one id however often, and no message tells of anything else.
    const entries = await count("from feed_entry where state = 'published' and record_id in (select id from tally)");
    expect(messages.ids.size).toBe(entries);
    expect([...messages.ids.values()].filter((ids) => ids.size !== 1)).toEqual([]);
    expect(await count('from webhook_delivery')).toBe(entries);
    expect(await count("from webhook_delivery where state <> 'delivered'")).toBe(0);
    expect(await count("from pgboss.job where name = 'tally' and state <> 'completed'")).toBe(0);
    expect(await count('from tally')).toBe(rows.reduce((sum, { version }) => sum + version, 0));
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
