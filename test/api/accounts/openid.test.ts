import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { insertAccount } from '../../support/accounts.js';
import { Browser, startProvider, type TestProvider } from '../../support/openid.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

const PEOPLE = {
  anna: { email: 'Anna@example.org', email_verified: true },
  'anna-2': { email: 'anna@example.org', email_verified: true },
  unverified: { email: 'unverified@example.org', email_verified: false },
  silent: {},
  stranger: { email: 'stranger@example.org', email_verified: true },
  disabled: { email: 'disabled@example.org', email_verified: true },
  invited: { email: 'invited@example.org', email_verified: true },
  careful: { email: 'careful@example.org', email_verified: true },
  'careful-mfa': { email: 'careful-mfa@example.org', email_verified: true, amr: ['pwd', 'mfa'] },
  admin: { email: 'admin@example.org', email_verified: true },
};

let provider: TestProvider;
let portal: TestPortal;
const ids = new Map<string, string>();

beforeAll(async () => {
  provider = await startProvider(PEOPLE);
  portal = await startPortal({ config: { oidc: provider.settings, requireSecondFactor: true } });
  for (const name of ['anna', 'unverified', 'disabled', 'invited', 'careful', 'careful-mfa']) {
    ids.set(name, (await insertAccount(portal, { roles: ['investor'], email: `${name}@example.org` })).id);
  }
  ids.set('admin', (await insertAccount(portal, { roles: ['administrator'], email: 'admin@example.org' })).id);
  for (const state of ['disabled', 'invited']) {
    await portal.sql('update account set state = $1 where id = $2', [state, ids.get(state)]);
  }
  for (const name of ['careful', 'careful-mfa']) {
    await portal.sql(
      `insert into second_factor (account_id, secret, created_at, confirmed_at, recovery_codes)
       values ($1, 'x', now(), now(), '{}')`,
      [ids.get(name)],
    );
  }
});
afterAll(async () => {
  await portal?.close();
  await provider?.close();
});

const begin = (browser: Browser, query = ''): Promise<Response> =>
  browser.get(`${portal.url}/api/v1/auth/oidc${query}`);

/** The provider's answer as the browser brings it back, on the portal that really listens. */
const back = (browser: Browser, answer: URL): Promise<Response> =>
  browser.get(`${portal.url}${answer.pathname}${answer.search}`);

const answerFor = async (browser: Browser, subject: string, query = ''): Promise<URL> =>
  browser.signInAt((await begin(browser, query)).headers.get('location')!, subject);

const signIn = async (subject: string): Promise<Response> => {
  const browser = new Browser();
  return back(browser, await answerFor(browser, subject));
};

const sessions = async (): Promise<number> =>
  (await portal.sql('select count(*)::int as n from session'))[0]!.n as number;

/** That an attempt is refused without a word about why, and opens nothing. */
const expectRefusal = async (attempt: () => Promise<Response>): Promise<void> => {
  const before = await sessions();
  const response = await attempt();
  const { code } = (await response.json()) as { code: string };
  expect([response.status, code, response.headers.getSetCookie()]).toEqual([400, 'auth.sign-in-failed', []]);
  expect(await sessions()).toBe(before);
};

describe('signing in through an OpenID provider', () => {
  it('leads there with PKCE, state and nonce', async () => {
    const response = await begin(new Browser(), '?lang=ru');
    expect([response.status, response.headers.get('cache-control')]).toEqual([302, 'private, no-store']);
    const url = new URL(response.headers.get('location')!);
    expect(url.origin).toBe(provider.settings.issuer);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'portal',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      ui_locales: 'ru',
    });
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^portal_oidc=[\w-]{43}; Max-Age=600; Path=\/api\/v1\/auth\/oidc; HttpOnly; SameSite=Lax$/i);
    const [row] = await portal.sql('select p::text as kept from pending_sign_in p');
    expect(row!.kept).not.toContain(url.searchParams.get('state'));
  });

  it('leads back with a session, whose refresh token is in a cookie', async () => {
    const browser = new Browser();
    const response = await back(browser, await answerFor(browser, 'anna', '?returnTo=%2Fdocs%2Fru%3Ftag%3Dleads'));
    expect([response.status, response.headers.get('location'), await response.text()]).toEqual([
      303,
      '/docs/ru?tag=leads',
      '',
    ]);
    expect(browser.cookie(portal.url, 'portal_oidc')).toBeUndefined();
    const cookie = `portal_refresh=${browser.cookie(portal.url, 'portal_refresh')}`;
    const refreshed = await portal.ask('/auth/refreshes', { method: 'POST', headers: { Cookie: cookie } });
    expect(refreshed.status).toBe(201);
    const me = await portal.ask('/me', { headers: { Authorization: `Bearer ${refreshed.body.accessToken}` } });
    expect(me.body.id).toBe(ids.get('anna'));
  });

  it('finds the account by the subject from then on, and by no address', async () => {
    expect((await signIn('anna')).status).toBe(303);
    await portal.sql(`update account set email = 'anna.new@example.org' where id = $1`, [ids.get('anna')]);
    const again = await signIn('anna');
    expect([again.status, again.headers.get('location')]).toEqual([303, '/docs']);
    await portal.sql(`update account set email = 'anna@example.org' where id = $1`, [ids.get('anna')]);
    await expectRefusal(() => signIn('anna-2'));
    expect(await portal.sql('select subject, account_id as id from account_identity')).toEqual([
      { subject: 'anna', id: ids.get('anna') },
    ]);
  });

  it.each(['unverified', 'silent', 'stranger', 'disabled', 'invited'])('opens nothing to %s', async (subject) => {
    const accounts = await portal.sql('select count(*) from account');
    await expectRefusal(() => signIn(subject));
    expect(await portal.sql('select count(*) from account')).toEqual(accounts);
  });

  it('leaves a second factor to be set up where one is demanded', async () => {
    const browser = new Browser();
    expect((await back(browser, await answerFor(browser, 'admin'))).status).toBe(303);
    const cookie = `portal_refresh=${browser.cookie(portal.url, 'portal_refresh')}`;
    const { body } = await portal.ask('/auth/refreshes', { method: 'POST', headers: { Cookie: cookie } });
    const asked = await portal.ask('/api-keys', { headers: { Authorization: `Bearer ${body.accessToken}` } });
    expect([asked.status, asked.body.code]).toEqual([403, 'auth.second-factor-required']);
  });

  it('is no way around a second factor that is set up', async () => {
    await expectRefusal(() => signIn('careful'));
  });

  it('takes the provider’s word that it has asked for a second factor', async () => {
    expect((await signIn('careful-mfa')).status).toBe(303);
  });
});

describe('another provider', () => {
  it('may tell everything in its token', async () => {
    const other = await startProvider(PEOPLE, true);
    const beside = await startPortal({ config: { oidc: other.settings }, databaseUrl: portal.databaseUrl });
    try {
      for (const [subject, status] of [
        ['anna', 303],
        ['unverified', 400],
      ] as const) {
        const browser = new Browser();
        const { headers } = await browser.get(`${beside.url}/api/v1/auth/oidc`);
        const { pathname, search } = await browser.signInAt(headers.get('location')!, subject);
        expect((await browser.get(`${beside.url}${pathname}${search}`)).status).toBe(status);
      }
    } finally {
      await beside.close();
      await other.close();
    }
  });
});

describe('D71 a sign-in through a provider', () => {
  it.each([
    '//evil.example',
    '%2F%2Fevil.example',
    '\\evil.example',
    '/\\evil.example',
    '/%5Cevil.example',
    'https:evil.example',
    'https://evil.example',
    '/%252F%252Fevil.example',
    '/.//evil.example',
    '/%09/evil.example',
    '/%0d%0aSet-Cookie:x=1',
    '',
  ])('returns to no %j', async (returnTo) => {
    const response = await begin(new Browser(), `?returnTo=${returnTo}`);
    const { code } = (await response.json()) as { code: string };
    expect([response.status, code, response.headers.getSetCookie()]).toEqual([400, 'request.invalid-parameter', []]);
  });

  it('needs its state', async () => {
    const browser = new Browser();
    const answer = await answerFor(browser, 'anna');
    for (const state of [undefined, '', 'x', answer.searchParams.get('state')!.slice(1)]) {
      const changed = new URL(answer);
      if (state === undefined) changed.searchParams.delete('state');
      else changed.searchParams.set('state', state);
      await expectRefusal(() => back(browser, changed));
    }
    expect((await back(browser, answer)).status).toBe(303);
  });

  it('belongs to the browser in which it began', async () => {
    const browser = new Browser();
    const answer = await answerFor(browser, 'anna');
    await expectRefusal(() => back(new Browser(), answer));
    const other = new Browser();
    await begin(other);
    await expectRefusal(() => back(other, answer));
    expect((await back(browser, answer)).status).toBe(303);
  });

  it('is finished once', async () => {
    const browser = new Browser();
    await begin(browser);
    const cookie = `portal_oidc=${browser.cookie(portal.url, 'portal_oidc')}`;
    const answer = await answerFor(browser, 'anna');
    const kept = `portal_oidc=${browser.cookie(portal.url, 'portal_oidc')}`;
    expect(kept).not.toBe(cookie);
    expect((await back(browser, answer)).status).toBe(303);
    const url = `${portal.url}${answer.pathname}${answer.search}`;
    await expectRefusal(() => fetch(url, { redirect: 'manual', headers: { Cookie: kept } }));
  });

  it('takes no code a second time, nor one of another sign-in', async () => {
    const [browser, other] = [new Browser(), new Browser()];
    const first = await answerFor(browser, 'anna');
    const second = await answerFor(other, 'anna');
    second.searchParams.set('code', first.searchParams.get('code')!);
    await expectRefusal(() => back(other, second));
    const third = await answerFor(browser, 'anna');
    third.searchParams.set('code', first.searchParams.get('code')!);
    await expectRefusal(() => back(browser, third));
  });

  it('is over after ten minutes', async () => {
    const browser = new Browser();
    const answer = await answerFor(browser, 'anna');
    await portal.sql('update pending_sign_in set expires_at = now()');
    await expectRefusal(() => back(browser, answer));
  });

  it('refuses a token with another nonce', async () => {
    const browser = new Browser();
    const url = new URL((await begin(browser)).headers.get('location')!);
    url.searchParams.set('nonce', 'another');
    const answer = await browser.signInAt(url.href, 'anna');
    await expectRefusal(() => back(browser, answer));
  });

  it('refuses the answer of another issuer, and one that names none', async () => {
    for (const iss of ['https://evil.example', undefined]) {
      const browser = new Browser();
      const answer = await answerFor(browser, 'anna');
      expect(answer.searchParams.get('iss')).toBe(provider.settings.issuer);
      if (iss) answer.searchParams.set('iss', iss);
      else answer.searchParams.delete('iss');
      await expectRefusal(() => back(browser, answer));
    }
  });

  it('tells nothing of the provider’s refusal', async () => {
    const browser = new Browser();
    const answer = await answerFor(browser, 'refuses');
    expect(answer.searchParams.get('error')).toBe('access_denied');
    await expectRefusal(() => back(browser, answer));
  });

  it('passes over what the provider adds to its answer', async () => {
    const browser = new Browser();
    const answer = await answerFor(browser, 'anna');
    answer.searchParams.set('session_state', 'x');
    expect((await back(browser, answer)).status).toBe(303);
  });
});

describe('a provider that is away', () => {
  it('answers 503, and is asked again later', async () => {
    const config = { oidc: { ...provider.settings, issuer: 'http://127.0.0.1:1' } };
    const lonely = await startPortal({ config, databaseUrl: portal.databaseUrl });
    try {
      const answer = await lonely.ask('/auth/oidc');
      expect([answer.status, answer.body.code]).toEqual([503, 'server.unavailable']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await lonely.close();
    }
  });
});

describe('A19 without a provider', () => {
  it('there is nothing to be found', async () => {
    const plain = await startPortal({ databaseUrl: portal.databaseUrl });
    const unknown = await plain.ask('/auth/unknown');
    const told = ({ body }: typeof unknown) => ({ ...body, requestId: '' });
    try {
      for (const path of ['/auth/oidc', '/auth/oidc/callback?state=x&code=y']) {
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          const answer = await plain.ask(path, { method });
          expect([method, answer.status]).toEqual([method, 404]);
          expect(told(answer)).toEqual(told(unknown));
          expect([...answer.headers.keys()]).toEqual([...unknown.headers.keys()]);
        }
      }
    } finally {
      await plain.close();
    }
  });
});
