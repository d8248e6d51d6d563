import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import '../../../src/app.module.js';
import { openDatabase } from '../../../src/app.module.js';
import { readConfig } from '../../../src/infra/config/config.js';
import type { Database } from '../../../src/infra/database/database.js';
import { Trail } from '../../../src/platform/audit/trail.js';
import { Afterwards } from '../../../src/platform/auth/afterwards.js';
import { FailedSignIns } from '../../../src/platform/auth/failed-sign-ins.js';
import { SigningKeys } from '../../../src/platform/auth/signing-keys.js';
import { Housekeeping } from '../../../src/platform/housekeeping/housekeeping.js';
import { accountOf, insertAccount } from '../../support/accounts.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let database: Database;
beforeAll(async () => {
  portal = await startPortal();
  const env = { DATABASE_URL: portal.databaseUrl, PORTAL_SECRET_KEY: 'k'.repeat(32) };
  database = await openDatabase(readConfig(env), portal.databaseUrl);
});
afterAll(async () => {
  await database?.close();
  await portal?.close();
});

const count = async (table: string): Promise<unknown> =>
  (await portal.sql(`select count(*)::int as n from ${table}`))[0]!.n;

it('removes what has expired and nothing else, one process at a time', async () => {
  const config = readConfig({ PORTAL_SECRET_KEY: 'k'.repeat(32) });
  const [logger, trail] = [pino({ level: 'silent' }), new Trail(database)];
  const keys = new SigningKeys(database, trail, config);
  const failures = new FailedSignIns(database, trail, new Afterwards(logger));
  const housekeeping = new Housekeeping(database, keys, failures, logger);
  const [kept, old] = [
    await accountOf(portal, { roles: ['investor'] }),
    await accountOf(portal, { roles: ['investor'] }),
  ];
  const pending = await insertAccount(portal, { roles: ['investor'] });
  await portal.sql(`update session set last_used_at = now() - interval '15 days' where account_id = $1`, [old.id]);
  await portal.sql(`update account set state = 'invited', created_at = now() - interval '8 days' where id = $1`, [
    pending.id,
  ]);
  await portal.sql(
    `insert into one_time_token select n::text, $1, 'registration', now(), now() - n * interval '1 day'
    from unnest(array[1, 8]) n`,
    [kept.id],
  );
  await portal.sql(`insert into idempotency_key select 'x', n::text, '', '{}', now() - n * interval '1 hour'
    from unnest(array[1, 25]) n`);
  await portal.sql(`insert into signing_key select n::text, '{}', 'x', now(), now() - n * interval '1 minute'
    from unnest(array[1, 60]) n`);
  await portal.sql(`insert into failed_sign_in select n::text, null, 'auth.invalid-credentials', n,
    now() - n * interval '1 day' from unnest(array[0, 2, 3]) n`);
  await portal.sql(`update failed_sign_in set untold = 0 where key = '3'`);
  const held = await database.transaction(async (manager) => {
    await manager.query('select pg_advisory_xact_lock(7252022)');
    await housekeeping.tidy();
    return count('idempotency_key');
  });
  expect(held).toBe(2);
  await housekeeping.tidy();
  expect([await count('session'), await count('refresh_token'), await count('account')]).toEqual([1, 1, 2]);
  expect([await count('one_time_token'), await count('idempotency_key'), await count('signing_key')]).toEqual([
    1, 1, 2,
  ]);
  // Failures that nothing has followed are told, and those that were told long ago forgotten.
  const told = await portal.sql(
    `select changes->'attempts'->>'after' as attempts from audit where action = 'session.open.refused'`,
  );
  expect(told).toEqual([{ attempts: '2' }]);
  expect(await count('failed_sign_in')).toBe(2);
  expect((await portal.ask('/me', { headers: kept.headers })).status).toBe(200);
});
