import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { accountOf, insertAccount, PASSWORD, type SignedIn, signIn } from '../../support/accounts.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

type Account = SignedIn & { id: string; email: string };

const patchOf =
  (portal: TestPortal, admin: SignedIn) =>
  async (id: string, json: object, ifMatch?: string): Promise<Answer> => {
    const read = await portal.ask(`/accounts/${id}`, { headers: admin.headers });
    const headers = { ...admin.headers, 'If-Match': ifMatch ?? read.headers.get('etag') ?? '' };
    return portal.ask(`/accounts/${id}`, { method: 'PATCH', json, headers });
  };

describe('administration', () => {
  let portal: TestPortal;
  let admin: Account;
  let patch: ReturnType<typeof patchOf>;
  beforeAll(async () => {
    portal = await startPortal();
    admin = await accountOf(portal, { roles: ['administrator'] });
    patch = patchOf(portal, admin);
  });
  afterAll(() => portal?.close());

  it('A18 takes a role away from the next request on', async () => {
    const person = await accountOf(portal, { roles: ['administrator', 'investor'] });
    const list = () => portal.ask('/accounts', { headers: person.headers });
    expect((await list()).status).toBe(200);
    expect((await patch(person.id, { roles: ['investor'] })).status).toBe(200);
    expect((await list()).status).toBe(403);
    expect((await portal.ask('/me', { headers: person.headers })).body.roles).toEqual(['investor']);
  });

  it('A18 closes an account from the next request on, with all its sessions', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const reason = { zh: '已离职', ru: 'Уволен' };
    const closed = await patch(person.id, { state: 'disabled', reason });
    expect([closed.status, closed.body.state, closed.body.version]).toEqual([200, 'disabled', 2]);
    expect((await portal.ask('/me', { headers: person.headers })).status).toBe(401);
    const refreshed = await portal.ask('/auth/refreshes', { method: 'POST', headers: { Cookie: person.cookie } });
    expect(refreshed.status).toBe(401);
    const json = { email: person.email, password: PASSWORD };
    expect((await portal.ask('/auth/sessions', { method: 'POST', json })).status).toBe(401);
    expect((await patch(person.id, { state: 'active' })).status).toBe(200);
    expect((await portal.ask('/me', { headers: person.headers })).status).toBe(401);
    await signIn(portal, person.email, PASSWORD);
  });

  it('changes only what goes together, at the version that was seen', async () => {
    const { id } = await insertAccount(portal, { roles: ['official'], organizationKey: 'org-tongjiang-gov' });
    const refused: [object, string][] = [
      [{ organization: null }, '/organization'],
      [{ side: 'ru' }, '/organization'],
      [{ roles: [] }, '/roles'],
      [{ roles: ['translator'] }, '/translatesInto'],
      [{ state: 'invited' }, '/state'],
      [{ email: 'x@example.org' }, '/email'],
      [{ version: 7 }, '/version'],
    ];
    for (const [json, pointer] of refused) {
      const answer = await patch(id, json);
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([400, pointer]);
    }
    const done = await patch(id, { roles: ['official', 'translator'], translatesInto: ['zh'] });
    expect(done.body).toMatchObject({ version: 2, roles: ['official', 'translator'], translatesInto: ['zh'] });
    expect((await patch(id, { roles: ['official'] }, '"v1-all"')).status).toBe(412);
    const without = await portal.ask(`/accounts/${id}`, { method: 'PATCH', json: {}, headers: admin.headers });
    expect(without.status).toBe(428);
    expect((await patch('01900000-0000-7000-8000-00000000ffff', {})).status).toBe(404);
  });

  it('leaves one administrator, also where two dismiss each other', async () => {
    const other = await accountOf(portal, { roles: ['administrator'] });
    const [mine, theirs] = await Promise.all([
      patchOf(portal, other)(admin.id, { roles: ['investor'] }),
      patch(other.id, { state: 'disabled' }),
    ]);
    const statuses = [mine.status, theirs.status];
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const left = await portal.sql(`select id from account where 'administrator' = any (roles) and state = 'active'`);
    expect(left).toHaveLength(1);
    await portal.sql(`update account set roles = '{administrator}', state = 'active' where id = $1`, [admin.id]);
    await portal.sql(`update account set roles = '{investor}' where id = $1`, [other.id]);
    Object.assign(admin, await signIn(portal, admin.email, PASSWORD));
    for (const json of [{ roles: ['investor'] }, { state: 'disabled' }]) {
      const answer = await patch(admin.id, json);
      expect([answer.status, answer.body.code]).toEqual([409, 'account.last-administrator']);
    }
  });

  it('lists the accounts by page and filter, without a secret', async () => {
    for (let n = 0; n < 5; n += 1) await insertAccount(portal, { roles: ['investor'], side: 'ru' });
    const ids: string[] = [];
    let cursor = '';
    do {
      const page = await portal.ask(`/accounts?limit=2&side=ru&role=investor${cursor}`, { headers: admin.headers });
      expect(page.status).toBe(200);
      expect(page.text).not.toMatch(/argon2|password/i);
      ids.push(...page.body.items.map(({ id }: { id: string }) => id));
      cursor = page.body.page.next ? `&cursor=${page.body.page.next}` : '';
    } while (cursor);
    const [row] = await portal.sql(
      `select count(*)::int as n from account where side = 'ru' and 'investor' = any (roles)`,
    );
    expect([ids.length, new Set(ids).size]).toEqual([row!.n, row!.n]);
    for (const query of [
      'limit=0',
      'side=xx',
      'role=king',
      'state=gone',
      'organization=1',
      'unknown=1',
      'cursor=1.x.y',
    ]) {
      expect([query, (await portal.ask(`/accounts?${query}`, { headers: admin.headers })).status]).toEqual([
        query,
        400,
      ]);
    }
    const first = await portal.ask('/accounts?limit=1', { headers: admin.headers });
    const moved = await portal.ask(`/accounts?limit=1&side=ru&cursor=${first.body.page.next}`, {
      headers: admin.headers,
    });
    expect(moved.body.code).toBe('request.invalid-cursor');
  });

  it('is closed to everybody else', async () => {
    for (const roles of [['investor'], ['official'], ['coordinator'], ['translator']] as const) {
      const person = await accountOf(portal, { roles: [...roles], organizationKey: 'org-eao-gov' });
      for (const path of ['/accounts', `/accounts/${admin.id}`, '/invitations'])
        expect((await portal.ask(path, { headers: person.headers })).status).toBe(403);
    }
    expect((await portal.ask('/accounts')).status).toBe(401);
  });

  it('lets people change their own name and language, which answers then follow', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const read = await portal.ask('/me', { headers: person.headers });
    const change = (json: object, tag = read.headers.get('etag')!) =>
      portal.ask('/me', { method: 'PATCH', json, headers: { ...person.headers, 'If-Match': tag } });
    expect((await change({ name: { zh: null } })).body.errors[0].code).toBe('no-language');
    expect((await change({ roles: ['administrator'] })).status).toBe(400);
    const done = await change({ name: { ru: 'Анна' }, language: 'ru' });
    expect(done.body).toMatchObject({ name: { ru: 'Анна' }, language: 'ru', version: 2 });
    expect((await change({ language: 'zh' })).status).toBe(412);
    const leads = await portal.ask('/leads?limit=1', { headers: person.headers });
    expect(leads.headers.get('content-language')).toBe('ru');
    const both = await portal.ask('/me?lang=all', { headers: person.headers });
    expect(both.body.name).toEqual({ zh: '测试', ru: 'Анна' });
  });

  it('A16 lets a translator publish nothing', async () => {
    const [lead] = await portal.sql(`select id from lead where state = 'published' limit 1`);
    const translator = await accountOf(portal, { roles: ['translator'], translatesInto: ['ru'] });
    const headers = { ...translator.headers, 'If-Match': '"v1-all"' };
    expect((await portal.ask(`/leads/${lead!.id}/publish`, { method: 'POST', headers })).status).toBe(403);
  });
});

describe('a second factor', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal({ config: { requireSecondFactor: true } });
  });
  afterAll(() => portal?.close());

  const post = (path: string, headers: Record<string, string>, json?: object) =>
    portal.ask(path, { method: 'POST', headers, ...(json && { json }) });
  const codeAt = (secret: string, steps = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

  it('is owed by administrators before anything but their own account is open', async () => {
    const admin = await accountOf(portal, { roles: ['administrator'] });
    expect(admin.answer.body.secondFactor).toBe('owed');
    const closed = await portal.ask('/accounts', { headers: admin.headers });
    expect([closed.status, closed.body.code]).toEqual([403, 'auth.second-factor-required']);
    expect((await portal.ask('/me', { headers: admin.headers })).status).toBe(200);
    const setup = await post('/me/second-factor', admin.headers);
    expect(setup.body.uri).toMatch(/^otpauth:\/\/totp\//);
    const confirm = (code: string) => post('/me/second-factor/confirmation', admin.headers, { code });
    expect((await confirm('000000')).status).toBe(400);
    const done = await confirm(codeAt(setup.body.secret));
    expect([done.status, done.body.recoveryCodes.length]).toEqual([201, 10]);
    expect((await portal.ask('/accounts', { headers: admin.headers })).status).toBe(200);
    expect((await post('/me/second-factor', admin.headers)).body.code).toBe('account.second-factor-set');
  });

  it('is asked for when signing in, and each code is taken once', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const { secret } = (await post('/me/second-factor', person.headers)).body;
    const first = codeAt(secret);
    const { recoveryCodes } = (await post('/me/second-factor/confirmation', person.headers, { code: first })).body;
    const open = (code?: string) =>
      post('/auth/sessions', {}, { email: person.email, password: PASSWORD, ...(code && { code }) });
    for (const code of [undefined, first, '000000', 'abcd-efgh']) {
      const answer = await open(code);
      expect([code, answer.status, answer.body.code]).toEqual([code, 401, 'auth.code-required']);
    }
    const next = codeAt(secret, 1);
    const opened = await open(next);
    expect([opened.status, opened.body.secondFactor]).toEqual([201, 'verified']);
    expect((await open(next)).status).toBe(401);
    const [recovery, other] = recoveryCodes.map(({ code }: { code: string }) => code);
    expect([(await open(recovery)).status, (await open(recovery)).status]).toEqual([201, 401]);
    const stored = await portal.sql('select secret, recovery_codes from second_factor where account_id = $1', [
      person.id,
    ]);
    expect(JSON.stringify(stored)).not.toContain(secret);
    expect(JSON.stringify(stored)).not.toContain(other);
    const remove = (code: string) =>
      portal.ask('/me/second-factor', { method: 'DELETE', headers: person.headers, json: { code } });
    expect((await remove('000000')).status).toBe(400);
    expect((await remove(other)).status).toBe(204);
    expect((await open()).body.secondFactor).toBe('none');
  });

  it('takes no code for a while after ten wrong ones', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const { secret } = (await post('/me/second-factor', person.headers)).body;
    await post('/me/second-factor/confirmation', person.headers, { code: codeAt(secret) });
    const open = (code: string) => post('/auth/sessions', {}, { email: person.email, password: PASSWORD, code });
    for (let n = 0; n < 10; n += 1) expect((await open('000000')).status).toBe(401);
    expect((await open(codeAt(secret, 1))).status).toBe(401);
    await portal.sql(`update second_factor set failed_at = now() - interval '16 minutes'`);
    expect((await open(codeAt(secret, 1))).status).toBe(201);
  });
});
