import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { AccountActor } from '../../src/kernel/actor.js';
import { createDatabase, dropDatabase } from '../support/portal.js';
import { type BuiltPortal, startBuiltPortal } from './built-portal.js';
import { until } from './support.js';

let databaseUrl: string;
let client: Client;
let actor: AccountActor;
const portals: BuiltPortal[] = [];

beforeAll(async () => {
  databaseUrl = await createDatabase('portal_seeded');
  client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query("select id from organization where side = 'cn' order by id limit 1");
  const { id } = rows[0] as { id: string };
  actor = { kind: 'account', id, roles: ['official'], translatesInto: [], side: 'cn', organizationId: id };
});
afterAll(async () => {
  for (const portal of portals) await portal.stop();
  await client?.end();
  await dropDatabase(databaseUrl);
}, 60_000);

const start = async (): Promise<BuiltPortal> => {
  const portal = await startBuiltPortal('plain', databaseUrl);
  portals.push(portal);
  return portal;
};

const create = ({ url }: BuiltPortal, code: string, key: string): Promise<Response> =>
  fetch(`${url}/api/v1/industries`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Test-Actor': JSON.stringify(actor),
      'Idempotency-Key': key,
    },
    body: JSON.stringify({ sourceLanguage: 'zh', code, name: { zh: '样例' } }),
  });

const count = async (code: string): Promise<number> =>
  (await client.query('select count(*)::int as n from industry where code = $1', [code])).rows[0].n as number;

describe('a portal that is killed between the commit and the answer', () => {
  it('H111 gives the stored answer to the client that asks again, and makes no second record', async () => {
    const [code, key] = [`killed-${randomUUID()}`, randomUUID()];
    const first = await start();
    // Stopped by the system, the process commits nothing more and answers nothing; its last commit may have got through.
    const asked = create(first, code, key).catch(() => undefined);
    await until('the record is committed', async () => (await count(code)) === 1);
    await first.stop();
    await asked;
    const second = await start();
    const answer = await create(second, code, key);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('idempotency-replayed')).toBe('true');
    expect(((await answer.json()) as { code: string }).code).toBe(code);
    expect(await count(code)).toBe(1);
  });

  it('H110 knows its keys after a restart', async () => {
    const [code, key] = [`restart-${randomUUID()}`, randomUUID()];
    const first = await start();
    const original = await create(first, code, key);
    await first.stop();
    const second = await start();
    const replayed = await create(second, code, key);
    expect([replayed.status, await replayed.text()]).toEqual([201, await original.text()]);
    const other = await create(second, `${code}-other`, key);
    expect(other.status).toBe(422);
  });
});
