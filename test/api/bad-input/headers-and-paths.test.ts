import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../../src/kernel/actor.js';
import { actorOf } from '../../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';
import { expectProblem, IN_RUSSIAN } from './problems.js';

const RANDOM_ID = '01900000-0000-7000-8000-00000000ffff';

let portal: TestPortal;
let actor: Actor;
beforeAll(async () => {
  portal = await startPortal();
  actor = await actorOf(portal, 'org-tongjiang-gov');
});
afterAll(() => portal.close());

type Sent = { method?: string; headers?: Record<string, string>; body?: string };

/** A request whose target goes out letter by letter, which `fetch` would tidy up. */
const send = (target: string, { method = 'GET', headers = IN_RUSSIAN, body }: Sent = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(portal.url);
    const sent = request({ hostname, port, path: target, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const all = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]);
        resolve({
          status: response.statusCode!,
          headers: new Headers(all),
          text,
          body: text.startsWith('{') ? JSON.parse(text) : undefined,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

const API = '/api/v1';

/** Everything of an answer that one record could be told from another by. */
const traits = ({ status, headers, text }: Answer): unknown => [
  status,
  [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'),
  text.replace(/"requestId":"[^"]*"/, ''),
];

describe('a record that is not for the asker', () => {
  const create = async (path: string, json: object): Promise<string> => {
    const answer = await portal.ask(path, { method: 'POST', actor, json: { sourceLanguage: 'zh', ...json } });
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const act = async (path: string, method: string, version: number, json?: object): Promise<void> => {
    const asked = { method, actor, headers: { 'If-Match': `"v${version}-all"` }, ...(json && { json }) };
    expect((await portal.ask(path, asked)).status).toBeLessThan(300);
  };

  it.each(['', 'zh-CN', 'ru'])(
    'A10 cannot be told from one that never was, by status, headers or bytes, asked in "%s"',
    async (language) => {
      const region = { level: 'settlement', name: { zh: '样例' } };
      const draft = await create('/regions', region);
      const withdrawn = await create('/regions', region);
      await act(`/regions/${withdrawn}/publish`, 'POST', 1);
      await act(`/regions/${withdrawn}`, 'DELETE', 2, { reason: { zh: '作废' } });
      const internal = await create('/regions', { ...region, audience: 'organization' });
      await act(`/regions/${internal}/publish`, 'POST', 1);
      for (const method of ['GET', 'HEAD']) {
        const asked = (id: string) =>
          send(`${API}/regions/${id}`, { method, headers: { 'Accept-Language': language } });
        const never = traits(await asked(RANDOM_ID));
        for (const id of [draft, withdrawn, internal, 'x', RANDOM_ID.toUpperCase()])
          expect(traits(await asked(id))).toEqual(never);
      }
      const ids = [draft, withdrawn, internal, RANDOM_ID].join();
      expect((await portal.ask(`/regions?ids=${ids}&count=true`)).body).toEqual({
        items: [],
        page: { limit: 20, next: null, total: 0 },
      });
    },
  );

  it('A10 cannot be told by what lies below it', async () => {
    const organization = await create('/organizations', { name: { zh: '样例' }, kind: 'department', side: 'cn' });
    for (const below of ['/tasks', '/tasks?role=lead', '/tasks?limit=1']) {
      const hidden = await send(`${API}/organizations/${organization}${below}`);
      expectProblem(hidden, [404, 'resource.not-found']);
      expect(traits(hidden)).toEqual(traits(await send(`${API}/organizations/${RANDOM_ID}${below}`)));
    }
    const chain = await send(`${API}/tasks/${RANDOM_ID}/chain`);
    expectProblem(chain, [404, 'resource.not-found']);
  });
});

describe('a path that no record has', () => {
  it.each([
    '1',
    'null',
    '%00',
    '%2e%2e%2f',
    '..%2f..%2fetc%2fpasswd',
    '%0d%0aX-Injected:%20y',
    `${RANDOM_ID}%20`,
    `%7B${RANDOM_ID}%7D`,
    `${RANDOM_ID}%0a`,
    RANDOM_ID.toUpperCase(),
    "'or'1'='1",
    'constructor',
    '%F0%9F%98%80',
  ])('C49 %s is an unknown record, and no header of ours', async (id) => {
    const answer = await send(`${API}/leads/${id}`);
    expectProblem(answer, [404, 'resource.not-found']);
    expect(answer.headers.has('x-injected')).toBe(false);
  });

  it.each(['%E0%A4%A', '%', '%zz', '%C0%AF', '%ED%A0%80', '%FF'])('C49 %s is no text at all', async (id) => {
    expectProblem(await send(`${API}/leads/${id}`), [400, 'request.malformed']);
    expectProblem(await send(`${API}/leads?q=${id}`), [400, 'request.malformed']);
    expectProblem(await send(`${API}/leads?${id}=1`), [400, 'request.malformed']);
  });

  it.each([
    '/',
    '/api',
    '/api/v1',
    '/api/v2/leads',
    '/api/v1/nothing',
    `${API}/leads/${RANDOM_ID}/nothing`,
    '/admin',
    '/.git/config',
    '/%2e%2e/etc/passwd',
    '/api/v1/leads/a/b/c/d/e/f/g/h/i/j/k/l/m',
  ])('%s is an unknown address, told in the language asked for', async (target) => {
    expectProblem(await send(target), [404, 'route.not-found']);
    expectProblem(await send(target, { headers: { 'Accept-Language': 'zh' } }), [404, 'route.not-found'], 'zh');
    expectProblem(await send(`${target}?lang=zh`, { headers: IN_RUSSIAN }), [404, 'route.not-found'], 'zh');
    expectProblem(await send(target, { headers: {} }), [404, 'route.not-found'], 'all');
  });

  it('C52 of nine thousand letters is too long', async () => {
    expectProblem(await send(`${API}/leads?q=${'x'.repeat(9_000)}`), [414, 'request.uri-too-long']);
    expectProblem(
      await send(`/${'x'.repeat(9_000)}`, { headers: { 'Accept-Language': 'zh' } }),
      [414, 'request.uri-too-long'],
      'zh',
    );
    expectProblem(await send(`${API}/leads?q=${'x'.repeat(7_500)}`), [400, 'request.malformed']);
  });
});

describe('a method that an address does not have', () => {
  it.each([
    ['PUT', '/leads', 'GET, HEAD, OPTIONS, POST'],
    ['PATCH', '/leads', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/leads', 'GET, HEAD, OPTIONS, POST'],
    ['POST', `/leads/${RANDOM_ID}`, 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['GET', `/leads/${RANDOM_ID}/publish`, 'OPTIONS, POST'],
    ['TRACE', '/leads', 'GET, HEAD, OPTIONS, POST'],
    ['PROPFIND', '/leads', 'GET, HEAD, OPTIONS, POST'],
  ])('is refused with those it has: %s %s', async (method, path, allow) => {
    const answer = await send(API + path, { method });
    expectProblem(answer, [405, 'route.method-not-allowed']);
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it('is told to who asks', async () => {
    const answer = await send(`${API}/leads`, { method: 'OPTIONS' });
    expect([answer.status, answer.text, answer.headers.get('allow')]).toEqual([204, '', 'GET, HEAD, OPTIONS, POST']);
  });
});

describe('a path written another way', () => {
  const VARIANTS = [
    '/leads/',
    '//leads',
    '/LEADS',
    '/Leads',
    '/leads;x=1',
    '/./leads',
    '/regions/../leads',
    '/leads%2f',
    '/leads%00',
    '/%6ceads',
    '/leads.json',
    '/leads.',
    '/leads%20',
    '/leads\\',
    '/leads/?',
  ];

  it.each(VARIANTS)('C56 %s reaches nothing that its plain form does not', async (variant) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'HEAD']) {
      for (const target of [API + variant, `/API/v1${variant}`, `//api/v1${variant}`]) {
        const answer = await send(target, { method, body: method === 'POST' ? '{}' : undefined });
        expect([method, target, [400, 401, 404, 405].includes(answer.status)]).toEqual([method, target, true]);
      }
    }
  });

  it('C56 is guarded also as a whole URL, and answers as the plain path does', async () => {
    const plain = await send(`${API}/regions?limit=1`);
    const whole = await send(`http://evil.example/api/v1/regions?limit=1`);
    expect([whole.status, whole.text, whole.headers.get('link')]).toEqual([200, plain.text, plain.headers.get('link')]);
    for (const target of ['http://evil.example/api/v1/regions', `${API}/regions#x`])
      expectProblem(await send(target, { method: 'POST' }), [401, 'auth.required']);
  });

  it('C56 HEAD is GET without a body, for answers and problems alike', async () => {
    const [{ id }] = (await send(`${API}/regions?limit=1`)).body.items;
    for (const path of [
      '/regions?limit=3',
      `/regions/${id}`,
      `/regions/${RANDOM_ID}`,
      '/regions?limit=0',
      '/nothing',
    ]) {
      const [get, head] = [await send(API + path), await send(API + path, { method: 'HEAD' })];
      expect([head.status, head.text]).toEqual([get.status, '']);
      for (const name of ['content-type', 'content-language', 'etag', 'cache-control', 'vary', 'link'])
        expect([path, name, head.headers.get(name)]).toEqual([path, name, get.headers.get(name)]);
    }
  });
});

describe('headers that a request may carry', () => {
  it.each([
    ['X-HTTP-Method-Override', 'DELETE'],
    ['X-HTTP-Method', 'DELETE'],
    ['X-Method-Override', 'DELETE'],
    ['X-Original-URL', '/api/v1/leads'],
    ['X-Rewrite-URL', '/api/v1/leads'],
    ['X-Forwarded-Host', 'evil.example'],
    ['X-Forwarded-Prefix', '/evil'],
    ['X-Forwarded-Proto', 'javascript'],
    ['Forwarded', 'host=evil.example;proto=ftp'],
    ['Host', 'evil.example'],
    ['X-Request-Id', 'chosen-by-the-client'],
    ['Range', `bytes=${Array.from({ length: 1_000 }, (_, index) => `${index}-${index}`).join()}`],
    ['If-Range', '"x"'],
    ['TE', 'trailers, deflate;q=0.5'],
    ['Accept', 'text/html'],
    ['Accept-Charset', 'gb18030'],
    ['Accept-Encoding', 'gzip, br'],
    ['Upgrade', 'websocket'],
    ['Expect', '100-continue'],
  ])('C57, C58 %s: %.40s changes nothing', async (name, value) => {
    const plain = await send(`${API}/regions?limit=2`);
    const answer = await send(`${API}/regions?limit=2`, { headers: { ...IN_RUSSIAN, [name]: value } });
    expect(traits(answer)).toEqual(traits(plain));
    expect(answer.headers.get('x-request-id')).not.toBe(value);
    expect(answer.headers.get('link')).toMatch(/^<\/api\/v1\/regions\?/);
  });

  it('C57 leads to no other method and no other host on a write', async () => {
    const json = { sourceLanguage: 'zh', level: 'settlement', name: { zh: '样例' } };
    const headers = {
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      'X-HTTP-Method-Override': 'DELETE',
      'Content-Type': 'application/json',
      'X-Test-Actor': JSON.stringify(actor),
    };
    const answer = await send(`${API}/regions`, { method: 'POST', headers, body: JSON.stringify(json) });
    expect([answer.status, answer.headers.get('location')]).toEqual([201, `${API}/regions/${answer.body.id}`]);
    expect(answer.text).not.toContain('evil');
  });

  it.each([
    ['ten kilobytes', 'zh,'.repeat(3_400)],
    ['no number', 'ru;q=NaN'],
    ['nothing accepted', '*;q=0'],
    ['a language of neither side', 'en-US, fr;q=0.9'],
    ['a path', '../../etc/passwd'],
    ['an inherited name', '__proto__'],
  ])('C54 Accept-Language with %s is answered in both languages', async (_, value) => {
    const both = await send(`${API}/regions?limit=2`, { headers: {} });
    const answer = await send(`${API}/regions?limit=2`, { headers: { 'Accept-Language': value } });
    expect([answer.status, answer.text]).toEqual([200, both.text]);
    expectProblem(
      await send(`${API}/regions?limit=0`, { headers: { 'Accept-Language': value } }),
      [400, 'request.invalid-parameter'],
      'all',
    );
  });

  it.each([
    '*',
    'W/"v1-all"',
    '"1"',
    'v1',
    '"v1-all", "v2-all"',
    '"v01-all"',
    '"v-1-all"',
    '"v1-en"',
    `"v${'9'.repeat(400)}-all"`,
    'x'.repeat(8_000),
  ])('If-Match: %.30s names no version', async (tag) => {
    const created = await portal.ask('/regions', {
      method: 'POST',
      actor,
      json: { sourceLanguage: 'zh', level: 'settlement', name: { zh: '样' } },
    });
    const headers = { ...IN_RUSSIAN, 'If-Match': tag };
    const answer = await portal.ask(`/regions/${created.body.id}`, { method: 'PATCH', actor, json: {}, headers });
    expectProblem(answer, [412, 'resource.stale']);
  });

  it('of credentials nobody gave out are refused, on open routes, too', async () => {
    for (const headers of [
      { Authorization: 'Bearer x' },
      { Authorization: 'Basic Og==' },
      { 'X-Api-Key': 'x' },
    ] as Record<string, string>[]) {
      const answer = await send(`${API}/regions`, { headers: { ...IN_RUSSIAN, ...headers } });
      expectProblem(answer, [401, 'auth.required']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });
});
