import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountOf, bearer, insertAccount, PASSWORD, type SignedIn, signIn } from '../../support/accounts.js';
import { withAnotherEnd } from '../../support/forgery.js';
import { lettersIn, letterTo } from '../../support/mailbox.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let admin: SignedIn;
let organization: string;
const dataFolder = mkdtempSync(join(tmpdir(), 'portal-mail-'));

beforeAll(async () => {
  portal = await startPortal({ config: { dataFolder, jobs: 'in-process' } });
  admin = await accountOf(portal, { roles: ['administrator'] });
  const [row] = await portal.sql(`select record_id as id from seed_row where key = 'org-tongjiang-gov'`);
  organization = row!.id as string;
});
afterAll(async () => {
  await portal?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const post = (path: string, json: object, headers: Record<string, string> = {}) =>
  portal.ask(path, { method: 'POST', json, headers });
const invite = (more: object) =>
  post('/invitations', { roles: ['official'], side: 'cn', organization: { id: organization }, ...more }, admin.headers);
const accounts = async (email: string) => (await portal.sql('select id from account where email = $1', [email])).length;

describe('an invitation', () => {
  it('A20 is taken once, by its address, with its token, in time', async () => {
    const email = 'official.new@example.org';
    const made = await invite({ email: 'Official.New@Example.org' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email, roles: ['official'], side: 'cn', organization: { id: organization } });
    const { code, text, subject, mode } = await letterTo(dataFolder, email);
    expect([mode, code.length]).toEqual([0o600, 43]);
    // Nobody has stated a preference: both languages, one after the other.
    expect(`${subject} ${text}`).toMatch(/邀请[\s\S]*приглаша/);
    const accept = (more: object) =>
      post('/auth/invitations', {
        token: code,
        email,
        name: { zh: '王伟', ru: 'Ван Вэй' },
        password: PASSWORD,
        ...more,
      });
    const altered = withAnotherEnd(code);
    for (const wrong of [{ token: altered }, { token: 'x' }, { email: 'other@example.org' }]) {
      const answer = await accept(wrong);
      expect([answer.status, answer.body.code]).toEqual([400, 'account.token-unknown']);
    }
    expect((await accept({ password: 'short' })).body.errors[0]).toMatchObject({ code: 'too-few-characters' });
    await portal.sql(`update invitation set expires_at = now() - interval '1 second' where email = $1`, [email]);
    expect((await accept({})).status).toBe(410);
    expect(await accounts(email)).toBe(0);
    await portal.sql(`update invitation set expires_at = now() + interval '1 day' where email = $1`, [email]);
    expect((await accept({})).status).toBe(204);
    const again = await accept({});
    expect([again.status, again.body.code, await accounts(email)]).toEqual([410, 'account.token-expired', 1]);
    const person = await signIn(portal, email, PASSWORD);
    const me = await portal.ask('/me', { headers: person.headers });
    expect(me.body).toMatchObject({ roles: ['official'], organization: { id: organization }, name: { zh: '王伟' } });
  });

  it('replaces the one before, is listed and revoked', async () => {
    const email = 'twice@example.org';
    await invite({ email });
    const first = await letterTo(dataFolder, email);
    const second = await invite({ email });
    const list = await portal.ask('/invitations?limit=100', { headers: admin.headers });
    expect(list.body.items.filter((one: { email: string }) => one.email === email)).toHaveLength(1);
    const body = { email, name: { ru: 'Иван' }, password: PASSWORD };
    expect((await post('/auth/invitations', { ...body, token: first.code })).status).toBe(400);
    const { code } = await letterTo(dataFolder, email, 2);
    const revoke = () => portal.ask(`/invitations/${second.body.id}`, { method: 'DELETE', headers: admin.headers });
    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 404]);
    expect((await post('/auth/invitations', { ...body, token: code })).status).toBe(400);
    expect(await accounts(email)).toBe(0);
  });

  it('offers only what goes together, to an address without an account, by an administrator', async () => {
    const [other] = await portal.sql(`select record_id as id from seed_row where key = 'org-eao-gov'`);
    const refused: [object, string, string][] = [
      [{ roles: ['investor'] }, '/roles', 'invalid-value'],
      [{ roles: [] }, '/roles', 'required'],
      [{ organization: null }, '/organization', 'required'],
      [{ organization: { id: other!.id } }, '/organization', 'invalid-value'],
      [{ roles: ['translator'] }, '/translatesInto', 'required'],
      [{ email: '\u0430dmin@example.org' }, '/email', 'invalid-format'],
      [{ email: '"a@evil.com x"@good.org' }, '/email', 'invalid-format'],
      [{ email: 'a@example.org\r\nBcc: b@example.org' }, '/email', 'forbidden-characters'],
      [{ state: 'active' }, '/state', 'unknown-property'],
    ];
    for (const [more, pointer, code] of refused) {
      const answer = await invite({ email: 'refused@example.org', ...more });
      expect([answer.status, answer.body.errors?.[0]]).toEqual([400, expect.objectContaining({ pointer })]);
      expect([pointer, answer.body.errors[0].code]).toEqual([pointer, code]);
    }
    const unknown = await invite({
      email: 'refused@example.org',
      organization: { id: '01900000-0000-7000-8000-00000000ffff' },
    });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'resource.reference-unseen']);
    const known = await insertAccount(portal, { roles: ['investor'] });
    expect((await invite({ email: known.email })).body.code).toBe('account.exists');
    const official = await accountOf(portal, { roles: ['coordinator'], organizationKey: 'org-tongjiang-gov' });
    const body = { email: 'x@example.org', roles: ['administrator'], side: 'cn' };
    expect((await post('/invitations', body, official.headers)).status).toBe(403);
    expect((await post('/invitations', body)).status).toBe(401);
    expect(lettersIn(dataFolder).some(({ to }) => to.includes('refused'))).toBe(false);
  });
});

describe('a registration', () => {
  const body = (email: string) => ({ email, name: { ru: 'Анна' }, password: PASSWORD, side: 'ru', language: 'ru' });

  it('works once confirmed, and not before', async () => {
    const email = 'investor@example.org';
    const made = await post('/auth/registrations', body(email));
    expect([made.status, made.text]).toEqual([202, '']);
    const early = await post('/auth/sessions', { email, password: PASSWORD });
    expect([early.status, early.body.code]).toEqual([401, 'auth.invalid-credentials']);
    const { code, text } = await letterTo(dataFolder, email);
    expect(text).not.toMatch(/\p{Script=Han}/u);
    expect((await post('/auth/registrations/confirmations', { token: 'x' })).status).toBe(400);
    expect((await post('/auth/registrations/confirmations', { token: code })).status).toBe(204);
    expect((await post('/auth/registrations/confirmations', { token: code })).status).toBe(410);
    const person = await signIn(portal, email, PASSWORD);
    const me = await portal.ask('/me', { headers: person.headers });
    expect(me.body).toMatchObject({ roles: ['investor'], organization: null, language: 'ru' });
  });

  it('of a known address is answered alike, and told to its owner only', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'] });
    const [known, unknown] = [
      await post('/auth/registrations', body(email)),
      await post('/auth/registrations', body('fresh@example.org')),
    ];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    expect((await letterTo(dataFolder, email)).code).toBe('');
    await signIn(portal, email, PASSWORD);
  });

  it('gives nobody a role', async () => {
    const answer = await post('/auth/registrations', { ...body('x@example.org'), roles: ['administrator'] });
    expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'unknown-property']);
  });
});

describe('a forgotten password', () => {
  it('D62 D63 is replaced by mail, once, and every session ends', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'], language: 'zh' });
    const before = await signIn(portal, email, PASSWORD);
    const [known, unknown] = [
      await post('/auth/password-resets', { email }),
      await post('/auth/password-resets', { email: 'stranger@example.org' }),
    ];
    expect([known.status, known.text]).toEqual([202, '']);
    expect([unknown.status, unknown.text]).toEqual([202, '']);
    const { code, text } = await letterTo(dataFolder, email);
    expect(text).not.toMatch(/\p{Script=Cyrillic}/u);
    const [stored] = await portal.sql('select count(*)::int as n from one_time_token where hash = $1', [code]);
    expect(stored!.n).toBe(0);
    const reset = (token: string) => post('/auth/passwords', { token, password: 'quite another one' });
    expect((await reset('x')).body.code).toBe('account.token-unknown');
    expect((await reset(code)).status).toBe(204);
    expect((await reset(code)).body.code).toBe('account.token-expired');
    expect((await portal.ask('/me', { headers: before.headers })).status).toBe(401);
    const refreshed = await portal.ask('/auth/refreshes', { method: 'POST', headers: { Cookie: before.cookie } });
    expect(refreshed.status).toBe(401);
    expect((await post('/auth/sessions', { email, password: PASSWORD })).status).toBe(401);
    await signIn(portal, email, 'quite another one');
    expect(lettersIn(dataFolder).some(({ to }) => to.includes('stranger'))).toBe(false);
  });

  it('is not replaced after an hour, nor with a token for something else', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'] });
    await post('/auth/password-resets', { email });
    const { code } = await letterTo(dataFolder, email);
    expect((await post('/auth/registrations/confirmations', { token: code })).status).toBe(400);
    await portal.sql(`update one_time_token set expires_at = now() - interval '1 second'`);
    expect((await post('/auth/passwords', { token: code, password: 'quite another one' })).status).toBe(410);
    await signIn(portal, email, PASSWORD);
  });
});

it('knows nobody by a token of another kind', async () => {
  expect((await portal.ask('/me', { headers: bearer('x'.repeat(43)) })).status).toBe(401);
});
