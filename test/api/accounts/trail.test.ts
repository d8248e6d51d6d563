import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../io/support.js';
import { accountOf, cookieOf, PASSWORD, type SignedIn, signIn } from '../../support/accounts.js';
import { actorOf } from '../../support/actors.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let admin: SignedIn & { id: string; email: string };
beforeAll(async () => {
  portal = await startPortal();
  admin = await accountOf(portal, { roles: ['administrator'], organizationKey: 'org-tongjiang-gov' });
});
afterAll(() => portal?.close());

type Entry = {
  action: string;
  actor_id: string | null;
  object_id: string | null;
  changes: object;
  personal: object | null;
};

/** Entries about an object or by an actor, the oldest first. */
const entriesOf = async (id: string): Promise<Entry[]> =>
  (await portal.sql(
    'select action, actor_id::text, object_id, changes, personal from audit where object_id = $1 or actor_id::text = $1 order by seq',
    [id],
  )) as Entry[];

const post = (path: string, json: object) => portal.ask(path, { method: 'POST', headers: admin.headers, json });

describe('the trail of accounts', () => {
  it('D64 tells that a session was opened, and that it was revoked because a used token turned up', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const refresh = (cookie: string) => portal.ask('/auth/refreshes', { method: 'POST', headers: { Cookie: cookie } });
    expect(cookieOf(await refresh(person.cookie))).not.toBe('');
    await portal.sql(`update refresh_token set used_at = used_at - interval '6 seconds' where used_at is not null`);
    expect((await refresh(person.cookie)).status).toBe(401);
    const actions = (await entriesOf(person.id)).map(({ action }) => action);
    expect(actions).toEqual(['session.open', 'session.revoke']);
  });

  it('A18 tells who closed an account, of what, and keeps the address apart from the chain', async () => {
    const person = await accountOf(portal, { roles: ['official'], organizationKey: 'org-tongjiang-gov' });
    const read = await portal.ask(`/accounts/${person.id}`, { headers: admin.headers });
    const closed = await portal.ask(`/accounts/${person.id}`, {
      method: 'PATCH',
      headers: { ...admin.headers, 'If-Match': read.headers.get('etag')! },
      json: { state: 'disabled', reason: { zh: '调离' } },
    });
    expect(closed.status).toBe(200);
    const entry = (await entriesOf(person.id)).at(-1)!;
    expect(entry).toMatchObject({
      actor_id: admin.id,
      object_id: person.id,
      changes: { state: { before: 'active', after: 'disabled' } },
    });
    expect(entry.action).toMatch(/^account\./);
    expect(JSON.stringify(entry.changes)).not.toContain(person.email);
  });

  it('tells of invitations, with the address beside the chain', async () => {
    const email = `trail.${randomUUID().slice(0, 8)}@example.org`;
    const invited = await post('/invitations', { email, roles: ['administrator'], side: 'ru' });
    expect(invited.status).toBe(201);
    const [entry] = await portal.sql(
      `select action, actor_id::text, changes::text, personal::text from audit order by seq desc limit 1`,
    );
    expect(entry).toMatchObject({ action: 'invitation.create', actor_id: admin.id });
    expect(entry!.personal).toContain(email);
    expect(entry!.changes).not.toContain(email);
  });

  it('tells of keys that were issued and revoked, and never the key', async () => {
    const owner = await actorOf(portal, 'org-tongjiang-gov');
    const expiresOn = new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10);
    const organization = { id: owner.organizationId };
    const issued = await post('/api-keys', { name: 'trail', organization, scopes: ['records.read'], expiresOn });
    expect(issued.status).toBe(201);
    const { id, key } = issued.body as { id: string; key: string };
    const revoked = await portal.ask(`/api-keys/${id}`, { method: 'DELETE', headers: admin.headers });
    expect(revoked.status).toBe(204);
    const entries = await entriesOf(id);
    expect(entries.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['api-key.create', admin.id],
      ['api-key.revoke', admin.id],
    ]);
    expect(JSON.stringify(entries)).not.toContain(key.split('_')[2]);
  });

  it('tells of sign-ins that failed, once a minute with their number and never with what was typed', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const attempt = async (email: string) => {
      const json = { email, password: 'not their password' };
      const { status } = await portal.ask('/auth/sessions', { method: 'POST', json });
      expect(status).toBe(401);
    };
    const unknown = `nobody.${randomUUID().slice(0, 8)}@example.org`;
    for (const email of [person.email, person.email, person.email, unknown, unknown]) await attempt(email);
    const told = async (id: string | null) =>
      (await portal.sql(
        `select changes->'attempts'->>'after' as attempts, reason, personal::text, request_id, actor_kind from audit
          where action = 'session.open.refused' and object_id is not distinct from $1 order by seq`,
        [id],
      )) as { attempts: string; reason: string; personal: string; request_id: string | null; actor_kind: string }[];
    const untold = async (id: string | null): Promise<unknown> =>
      (await portal.sql('select untold from failed_sign_in where account_id is not distinct from $1', [id]))[0]?.untold;
    await until('both are counted', async () => (await untold(person.id)) === 2 && (await untold(null)) === 1);
    for (const id of [person.id, null]) {
      const entries = await told(id);
      expect(entries).toMatchObject([{ attempts: '1', reason: 'auth.invalid-credentials', actor_kind: 'anonymous' }]);
      expect(entries[0]!.request_id).toMatch(/^[0-9a-f-]{36}$/);
    }
    // A minute later the next failure tells how many there were.
    await portal.sql(`update failed_sign_in set told_at = told_at - interval '61 seconds'`);
    await attempt(person.email);
    await until('the next entry is there', async () => (await told(person.id)).length === 2);
    expect((await told(person.id))[1]).toMatchObject({ attempts: '3' });
    const [kept] = await portal.sql(
      `select (select string_agg(a::text, ' ') from audit a) || (select string_agg(f::text, ' ') from failed_sign_in f) as all`,
    );
    expect(kept!.all).not.toMatch(new RegExp(`${unknown}|not their password`));
  });

  it('tells of a changed password, without any', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const json = { current: PASSWORD, new: 'another correct horse' };
    expect((await portal.ask('/me/password', { method: 'POST', headers: person.headers, json })).status).toBe(200);
    await signIn(portal, person.email, json.new);
    const entries = await entriesOf(person.id);
    expect(entries.map(({ action }) => action)).toContain('password.change');
    expect(JSON.stringify(entries)).not.toMatch(/correct horse|argon2/);
  });
});
