import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, type AskOptions, startPortal, type TestPortal } from '../support/portal.js';

const LIMIT = 3;
const NOBODY = { email: 'nobody@example.org', password: 'not the password' };

const tryToSignIn = (portal: TestPortal, options: AskOptions = {}, path = '/auth/sessions'): Promise<Answer> =>
  portal.ask(path, { method: 'POST', json: NOBODY, ...options });

/** As many attempts as the limit lets through, and one more; what differs between them is up to the caller. */
const attempts = async (attempt: (n: number) => Promise<Answer>): Promise<number[]> => {
  const statuses: number[] = [];
  for (let n = 0; n <= LIMIT; n += 1) statuses.push((await attempt(n)).status);
  return statuses;
};

const let401 = [...Array<number>(LIMIT).fill(401), 429];
const allLet = Array<number>(LIMIT + 1).fill(401);

const from = (address: string): AskOptions => ({ headers: { 'X-Forwarded-For': address } });

describe('without a trusted proxy', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal({ config: { authLimit: LIMIT } });
  });
  afterAll(() => portal?.close());
  beforeEach(() => portal.sql('delete from throttle_counter'));

  it('D67 whoever signs in too often is told when to come back', async () => {
    await attempts(() => tryToSignIn(portal));
    const answer = await tryToSignIn(portal, { headers: { 'Accept-Language': 'ru' } });
    expect([answer.status, answer.body.code]).toEqual([429, 'request.too-many']);
    expect(answer.headers.get('content-language')).toBe('ru');
    const seconds = Number(answer.headers.get('retry-after'));
    expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true);
  });

  it('D67 the window ends, and begins anew', async () => {
    await attempts(() => tryToSignIn(portal));
    await portal.sql('update throttle_counter set expires_at = now()');
    expect(await attempts(() => tryToSignIn(portal))).toEqual(let401);
  });

  it('D65 an address that the client states itself counts for nothing', async () => {
    expect(await attempts((n) => tryToSignIn(portal, from(`203.0.113.${n}`)))).toEqual(let401);
    const others = { 'X-Real-IP': '203.0.113.9', Forwarded: 'for=203.0.113.9', 'CF-Connecting-IP': '203.0.113.9' };
    expect((await tryToSignIn(portal, { headers: others })).status).toBe(429);
  });

  it('D66 what else is in a request gives it no counter of its own', async () => {
    const statuses = await attempts((n) =>
      tryToSignIn(
        portal,
        { json: { ...NOBODY, email: `nobody${n}@example.org`, junk: n }, headers: { 'User-Agent': `agent ${n}` } },
        `/auth/sessions?junk=${n}`,
      ),
    );
    expect(statuses).toEqual([400, 400, 400, 429]);
    expect((await tryToSignIn(portal, {}, '/auth/sessions?lang=zh')).status).toBe(429);
    const unread = await portal.ask('/auth/sessions', { method: 'POST', headers: { 'Content-Type': 'text/plain' } });
    expect(unread.status).toBe(429);
  });

  it('each route has a counter of its own, and those that need none have none', async () => {
    await attempts(() => tryToSignIn(portal));
    const reset = { method: 'POST', json: { email: NOBODY.email } };
    expect((await portal.ask('/auth/password-resets', reset)).status).not.toBe(429);
    const before = await portal.sql('select count(*)::int as n from throttle_counter');
    for (let n = 0; n <= LIMIT; n += 1) expect((await portal.ask('/leads?limit=1')).status).toBe(200);
    expect(await portal.sql('select count(*)::int as n from throttle_counter')).toEqual(before);
  });

  it('keeps no address', async () => {
    await tryToSignIn(portal);
    const [row] = await portal.sql('select c::text as kept from throttle_counter c');
    expect(row!.kept).not.toContain('127.0.0.1');
  });

  it('D67 where nothing can be counted nobody signs in, and everybody reads', async () => {
    await portal.sql('alter table throttle_counter rename to elsewhere');
    try {
      const answer = await tryToSignIn(portal);
      expect([answer.status, answer.body.code]).toEqual([503, 'server.unavailable']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await portal.ask('/leads?limit=1')).status).toBe(200);
    } finally {
      await portal.sql('alter table elsewhere rename to throttle_counter');
    }
    expect((await tryToSignIn(portal)).status).toBe(401);
  });

  it('hits at the same time are counted one by one', async () => {
    const answers = await Promise.all(Array.from({ length: 3 * LIMIT }, () => tryToSignIn(portal)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(LIMIT);
  });

  it('two portals on one database share the counters', async () => {
    const other = await startPortal({ config: { authLimit: LIMIT }, databaseUrl: portal.databaseUrl });
    try {
      expect(await attempts((n) => tryToSignIn(n % 2 ? portal : other))).toEqual(let401);
    } finally {
      await other.close();
    }
  });
});

describe('behind one trusted proxy', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal({ config: { authLimit: LIMIT, trustProxyHops: 1 } });
  });
  afterAll(() => portal?.close());
  beforeEach(() => portal.sql('delete from throttle_counter'));

  const signInFrom = (address: (n: number) => string) => attempts((n) => tryToSignIn(portal, from(address(n))));

  it('D65 the address that the proxy states counts, and none before it', async () => {
    expect(await signInFrom((n) => `198.51.100.${n}, 203.0.113.7`)).toEqual(let401);
    expect(await signInFrom((n) => `203.0.113.7, 198.51.100.${n}`)).toEqual(allLet);
  });

  it('D66 two clients of IPv4 have two counters, however near they are', async () => {
    expect(await signInFrom((n) => `203.0.113.${n}`)).toEqual(allLet);
  });

  it('D66 an IPv4 address mapped into IPv6 is the same client', async () => {
    expect(await signInFrom((n) => (n % 2 ? '::ffff:203.0.113.8' : '203.0.113.8'))).toEqual(let401);
  });

  it('D66 one network of IPv6 is one client', async () => {
    expect(await signInFrom((n) => `2001:db8:1:2:${n}::${n}`)).toEqual(let401);
    expect(await signInFrom((n) => `2001:db8:1:${n + 10}::1`)).toEqual(allLet);
  });
});
