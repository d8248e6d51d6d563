import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { derivedKey } from '../../../src/infra/config/derived-key.js';
import { unseal } from '../../../src/infra/config/sealing.js';
import { accountOf, bearer, cookieOf, insertAccount, PASSWORD, type SignedIn, signIn } from '../../support/accounts.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

const PUBLIC_URL = 'http://127.0.0.1:3000';
const SECRET = 'k'.repeat(32);
const RANDOM_ID = '01900000-0000-7000-8000-00000000ffff';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.close());

const withoutRequestId = (answer: Answer): string => answer.text.replace(/"requestId":"[^"]*"/, '');
const me = (token: string) => portal.ask('/me', { headers: bearer(token) });
const refresh = (cookie: string, headers: Record<string, string> = {}) =>
  portal.ask('/auth/refreshes', { method: 'POST', headers: { Cookie: cookie, ...headers } });

describe('signing in', () => {
  it('hands out an access token and a cookie, and the account is who asks', async () => {
    const person = await accountOf(portal, { roles: ['official'], organizationKey: 'org-tongjiang-gov' });
    expect(person.answer.body).toMatchObject({ expiresIn: 600, tokenType: 'Bearer', secondFactor: 'none' });
    expect(person.answer.headers.get('cache-control')).toBe('private, no-store');
    const cookie = person.answer.headers.get('set-cookie')!;
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/api/v1/auth']) expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Secure');
    expect(decodeProtectedHeader(person.token)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
    const claims = decodeJwt(person.token);
    expect(claims).toMatchObject({ iss: PUBLIC_URL, aud: `${PUBLIC_URL}/api/v1`, sub: person.id, gen: 1 });
    expect(claims.exp! - claims.iat!).toBe(600);
    const own = await me(person.token);
    expect(own.body).toMatchObject({ id: person.id, roles: ['official'], side: 'cn', state: 'active' });
    const draft = { name: { zh: '草稿' }, sourceLanguage: 'zh', kind: 'government' };
    expect((await portal.ask('/leads', { method: 'POST', json: draft, headers: person.headers })).status).toBe(400);
  });

  it('D61 answers an unknown address, a wrong password and a closed account alike', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'] });
    const closed = await insertAccount(portal, { roles: ['investor'] });
    await portal.sql(`update account set state = 'disabled' where id = $1`, [closed.id]);
    const ask = (address: string, password: string) =>
      portal.ask('/auth/sessions', { method: 'POST', json: { email: address, password } });
    const answers = [
      await ask('nobody@example.org', PASSWORD),
      await ask(email, 'wrong password'),
      await ask(closed.email, PASSWORD),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.body.code]).toEqual([401, 'auth.invalid-credentials']);
      expect(withoutRequestId(answer)).toBe(withoutRequestId(answers[0]!));
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect((await ask(email.toUpperCase(), PASSWORD)).status).toBe(201);
  });

  it('D69 refuses a password that is too long before hashing, and takes NFC and NFD for one', async () => {
    const { id, email } = await insertAccount(portal, { roles: ['investor'] });
    const long = await portal.ask('/auth/sessions', { method: 'POST', json: { email, password: 'x'.repeat(200_000) } });
    expect([long.status, long.body.errors[0].pointer]).toEqual([400, '/password']);
    const person = await signIn(portal, email, PASSWORD);
    const password = 'Пароль йода ё 合作合作';
    const json = { current: PASSWORD, new: password.normalize('NFD') };
    const changed = await portal.ask('/me/password', { method: 'POST', json, headers: person.headers });
    expect(changed.status).toBe(200);
    await signIn(portal, email, password.normalize('NFC'));
    await signIn(portal, email, password.normalize('NFD'));
    expect((await portal.sql('select password_hash from account where id = $1', [id]))[0]!.password_hash).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/,
    );
  });

  it('D68 bears a hundred wrong passwords at once', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'] });
    const json = { email, password: 'wrong password' };
    const tries = Array.from({ length: 100 }, () => portal.ask('/auth/sessions', { method: 'POST', json }));
    const live = await fetch(`${portal.url}/health/live`);
    expect(live.status).toBe(200);
    const answers = await Promise.all(tries);
    // How many come at once is the machine's affair; how many are let in, `passwords.spec.ts` counts.
    for (const { status } of answers) expect([401, 503]).toContain(status);
    expect(answers.map(({ status }) => status)).toContain(401);
    for (const answer of answers) if (answer.status === 503) expect(answer.headers.get('retry-after')).toBeTruthy();
    await signIn(portal, email, PASSWORD);
  });

  it('D72 takes no cookie along from pages of another origin', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const foreign: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ];
    for (const headers of foreign) {
      const answer = await refresh(person.cookie, headers);
      expect([answer.status, answer.body.code]).toEqual([403, 'auth.foreign-origin']);
    }
    expect((await refresh(person.cookie, { Origin: PUBLIC_URL })).status).toBe(201);
  });
});

describe('an access token', () => {
  let person: SignedIn & { id: string };
  beforeAll(async () => {
    person = await accountOf(portal, { roles: ['official'], organizationKey: 'org-tongjiang-gov' });
  });

  /** The key that the portal signs with, opened as only its secret can. */
  const signingKey = async () => {
    const { kid } = decodeProtectedHeader(person.token);
    const [row] = await portal.sql('select private_key from signing_key where kid = $1', [kid]);
    const jwk = unseal(derivedKey(SECRET, 'signing-keys'), row!.private_key as string, kid!)!;
    return { kid: kid!, jwk: JSON.parse(jwk) };
  };

  const claims = () => decodeJwt(person.token);
  const forge = async (change: Record<string, unknown>, header: Record<string, unknown> = {}, foreign = false) => {
    const { kid, jwk } = await signingKey();
    const key = foreign ? generateKeyPairSync('ed25519').privateKey : jwk;
    return new SignJWT({ ...claims(), ...change })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header })
      .sign(key);
  };
  const unsigned = () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims())}.`;
  };
  const now = () => Math.floor(Date.now() / 1_000);

  it('is good when it is forged with the right key and says the same', async () => {
    expect((await me(await forge({}))).status).toBe(200);
  });

  it('D59 is refused in every other form', async () => {
    const { kid, jwk } = await signingKey();
    const publicKey = Buffer.from(jwk.x, 'base64url');
    const symmetric = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
      .sign(publicKey);
    const forged: Record<string, string> = {
      unsigned: unsigned(),
      symmetric,
      'another key': await forge({}, {}, true),
      'unknown kid': await forge({}, { kid: randomUUID() }),
      'path as kid': await forge({}, { kid: '../../dev/null' }),
      jku: await forge({}, { jku: 'http://127.0.0.1:1/keys' }),
      x5u: await forge({}, { x5u: 'http://127.0.0.1:1/keys' }),
      'other issuer': await forge({ iss: 'https://evil.example' }),
      'other audience': await forge({ aud: PUBLIC_URL }),
      'no end': await forge({ exp: undefined }),
      ended: await forge({ exp: now() - 1 }),
      future: await forge({ nbf: now() + 3_600 }),
      'other type': await forge({}, { typ: 'JWT' }),
      'other session': await forge({ sid: RANDOM_ID }),
      'other account': await forge({ sub: RANDOM_ID }),
      'other generation': await forge({ gen: 2 }),
      'a refresh token': person.cookie.split('=')[1]!,
      long: await forge({ more: 'x'.repeat(8_000) }),
      empty: '',
    };
    for (const [name, token] of Object.entries(forged)) {
      const answer = await me(token);
      expect([name, answer.status, answer.body.code]).toEqual([name, 401, 'auth.required']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('is refused beside an API key, and by another scheme', async () => {
    for (const headers of [{ ...person.headers, 'X-Api-Key': 'x' }, { Authorization: `Basic ${person.token}` }]) {
      expect((await portal.ask('/leads', { headers: headers as Record<string, string> })).status).toBe(401);
    }
  });

  it('D60 of the previous key is good until it ends, of a removed key no longer', async () => {
    const { kid } = await signingKey();
    await portal.sql(
      `insert into signing_key select $1, public_key, 'x', now(), null from signing_key where kid = $2`,
      [randomUUID(), kid],
    );
    await portal.sql('update signing_key set retired_at = now() where kid = $1', [kid]);
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    expect((await me(person.token)).status).toBe(200);
    const next = await accountOf(portal, { roles: ['investor'] });
    await portal.sql(`update signing_key set retired_at = now() - interval '1 hour' where kid = $1`, [kid]);
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    expect((await me(person.token)).status).toBe(401);
    expect(decodeProtectedHeader((await signIn(portal, next.email, PASSWORD)).token).kid).not.toBe(kid);
  });
});

describe('a session', () => {
  it('D64 goes on with a new token each time, and ends where a used one turns up', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const second = await refresh(person.cookie);
    expect([second.status, cookieOf(second) === person.cookie]).toEqual([201, false]);
    expect((await me(second.body.accessToken)).status).toBe(200);
    // Long ago as far as the portal knows, so that it is no crossing of two requests.
    await portal.sql(`update refresh_token set used_at = used_at - interval '6 seconds' where used_at is not null`);
    const again = await refresh(person.cookie);
    expect([again.status, again.body.code]).toEqual([401, 'auth.required']);
    expect((await refresh(cookieOf(second))).status).toBe(401);
    expect((await me(second.body.accessToken)).status).toBe(401);
    const [row] = await portal.sql('select end_reason from session where account_id = $1', [person.id]);
    expect(row!.end_reason).toBe('token-reuse');
  });

  it('D64 bears two requests that cross, and not a third', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    const both = await Promise.all([refresh(person.cookie), refresh(person.cookie)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect((await refresh(person.cookie)).status).toBe(401);
    expect((await refresh(cookieOf(both[0]!))).status).toBe(401);
  });

  it('is not refreshed without a cookie, with a foreign one, or after two weeks', async () => {
    const person = await accountOf(portal, { roles: ['investor'] });
    for (const cookie of ['', 'portal_refresh=', 'portal_refresh=abc', 'other=1']) {
      expect((await refresh(cookie)).status).toBe(401);
    }
    await portal.sql(`update session set last_used_at = now() - interval '15 days' where account_id = $1`, [person.id]);
    expect((await refresh(person.cookie)).status).toBe(401);
  });

  it('A6 is listed and ended by its owner only', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'] });
    const [here, there] = [await signIn(portal, email, PASSWORD), await signIn(portal, email, PASSWORD)];
    const stranger = await accountOf(portal, { roles: ['administrator'] });
    const list = await portal.ask('/me/sessions', { headers: here.headers });
    expect(list.body.items).toHaveLength(2);
    const current = list.body.items.filter((session: { current: boolean }) => session.current);
    expect(current.map(({ id }: { id: string }) => id)).toEqual([decodeJwt(here.token).sid]);
    const other = decodeJwt(there.token).sid as string;
    const end = (id: string, headers: Record<string, string>) =>
      portal.ask(`/me/sessions/${id}`, { method: 'DELETE', headers });
    const [foreign, unknown] = [await end(other, stranger.headers), await end(RANDOM_ID, stranger.headers)];
    expect([foreign.status, withoutRequestId(foreign)]).toEqual([404, withoutRequestId(unknown)]);
    expect((await me(there.token)).status).toBe(200);
    expect((await end(other, here.headers)).status).toBe(204);
    expect((await me(there.token)).status).toBe(401);
    const last = await end(current[0].id, here.headers);
    expect([last.status, last.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await refresh(here.cookie)).status).toBe(401);
  });

  it('ends with all others at once', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'] });
    const [here, there] = [await signIn(portal, email, PASSWORD), await signIn(portal, email, PASSWORD)];
    expect((await portal.ask('/me/sessions', { method: 'DELETE', headers: here.headers })).status).toBe(204);
    expect([(await me(here.token)).status, (await me(there.token)).status]).toEqual([200, 401]);
  });

  it('D63 ends with a new password, and its access tokens with it', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'] });
    const [here, there] = [await signIn(portal, email, PASSWORD), await signIn(portal, email, PASSWORD)];
    const change = (json: object) => portal.ask('/me/password', { method: 'POST', json, headers: here.headers });
    const wrong = await change({ current: 'wrong password', new: 'another password' });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([400, '/current']);
    expect((await change({ current: PASSWORD, new: 'short' })).body.errors[0].code).toBe('too-few-characters');
    const changed = await change({ current: PASSWORD, new: 'another password' });
    expect(changed.status).toBe(200);
    expect([(await me(here.token)).status, (await me(there.token)).status]).toEqual([401, 401]);
    expect((await me(changed.body.accessToken)).status).toBe(200);
    expect((await refresh(there.cookie)).status).toBe(401);
    expect((await refresh(here.cookie)).status).toBe(201);
    await signIn(portal, email, 'another password');
  });
});
