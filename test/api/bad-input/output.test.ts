import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../../src/app.module.js';
import { type Actor, organizationOf, ROLES, SIDES } from '../../../src/kernel/actor.js';
import { resources } from '../../../src/resource/spec.js';
import { actorOf } from '../../support/actors.js';
import { forbiddenMembers } from '../../support/forbidden-members.js';
import { type Answer, type AskOptions, startPortal, type TestPortal } from '../../support/portal.js';
import { expectProblem, faultsOf, IN_RUSSIAN } from './problems.js';

const RANDOM_ID = '01900000-0000-7000-8000-00000000ffff';

let portal: TestPortal;
let actor: Actor;
beforeAll(async () => {
  portal = await startPortal();
  actor = await actorOf(portal, 'org-tongjiang-gov');
});
afterAll(() => portal.close());

const industry = (more: object = {}): object => ({
  sourceLanguage: 'zh',
  code: `output-${randomUUID()}`,
  name: { zh: '样例' },
  ...more,
});

describe('what an answer never holds', () => {
  it.each([undefined, ...ROLES])('B27 a member that should be nobody’s, in lists and records as %s', async (role) => {
    const organizationId = organizationOf(actor)!;
    const asked: AskOptions = role
      ? {
          actor: {
            kind: 'account',
            id: organizationId,
            roles: [role],
            translatesInto: [],
            side: SIDES[0],
            organizationId,
          },
        }
      : {};
    for (const { path, widestAudience } of resources()) {
      const list = await portal.ask(`/${path}?limit=100`, asked);
      expect([path, list.status, forbiddenMembers(list.body)]).toEqual([path, 200, []]);
      const [first] = list.body.items;
      // Delegations and the like are nobody’s business but the partners’; everything else is there to be looked at.
      expect([path, first !== undefined || widestAudience !== undefined]).toEqual([path, true]);
      if (!first) continue;
      const one = await portal.ask(`/${path}/${first.id}`, asked);
      expect([path, one.status, forbiddenMembers(one.body)]).toEqual([path, 200, []]);
    }
  });

  it('B27 is what the scan itself would find', () => {
    const body = { items: [{ id: 'x', owner: { passwordHash: 'y' } }], note: 'postgres://portal:x@127.0.0.1/portal' };
    expect(forbiddenMembers(body)).toEqual(['/items/0/owner/passwordHash', '/note holds what looks like a secret']);
    expect(forbiddenMembers({ id: 'x', name: { zh: '令牌', ru: 'пароль' }, page: { next: '1.x.y' } })).toEqual([]);
  });

  it('E85 is anything but the text that was written', async () => {
    const texts = [
      '{{name}}',
      '$t(problems:server.error.title)',
      '${x}',
      '<%= x %>',
      '<b>"x"</b> & \'y\'',
      '%s %d',
      '\\u0041',
      '\\"',
    ];
    for (const zh of texts) {
      const created = await portal.ask('/industries', { method: 'POST', actor, json: industry({ name: { zh } }) });
      expect([created.status, created.body.name]).toEqual([201, { zh }]);
    }
    const answer = await portal.ask('/industries?{{x}}=1&$t(a)=2&%3Cb%3E=3', { headers: IN_RUSSIAN });
    expectProblem(answer, [400, 'request.invalid-parameter']);
    expect(answer.body.errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual([
      '{{x}}',
      '$t(a)',
      '<b>',
    ]);
  });
});

describe('two hundred failures at once', () => {
  it('G101 each speak of their own request only, in its own language', async () => {
    const fail = async (index: number): Promise<void> => {
      const mark = `mark-${index}-`;
      const [language, header] = index % 2 === 0 ? (['zh', 'zh-CN'] as const) : (['ru', 'ru-RU'] as const);
      const headers = { 'Accept-Language': header };
      const kinds = [
        () => portal.ask(`/leads?${mark}=1`, { headers }),
        () => portal.ask('/industries', { method: 'POST', actor, json: industry({ [mark]: 1 }), headers }),
        () => portal.ask('/industries', { method: 'POST', actor, json: industry({ name: { [mark]: 'x' } }), headers }),
        () => portal.ask(`/leads/${RANDOM_ID}?${mark}=1`, { headers }),
        () => portal.ask(`/leads?lang=${language}&${mark}=1&${mark}=2`, { headers }),
      ];
      const answer = await kinds[index % kinds.length]!();
      expectProblem(answer, [400, answer.body.code], language);
      expect(new Set(answer.text.match(/mark-\d+-/g))).toEqual(new Set([mark]));
    };
    const ids = new Set<string>();
    await Promise.all(Array.from({ length: 200 }, async (_, index) => fail(index)));
    const answers = await Promise.all(Array.from({ length: 100 }, () => portal.ask('/leads?limit=0')));
    for (const { body } of answers) ids.add(body.requestId);
    expect(ids.size).toBe(100);
  });
});

describe('headers of every answer', () => {
  const asked: [string, () => Promise<Answer>][] = [
    ['a list', () => portal.ask('/leads?limit=1')],
    ['an unknown record', () => portal.ask(`/leads/${RANDOM_ID}`)],
    ['an unknown address', () => portal.ask('/nothing')],
    ['a refused parameter', () => portal.ask('/leads?x=1')],
    ['a refused write', () => portal.ask('/leads', { method: 'POST', json: {} })],
    ['a method there is not', () => portal.ask('/leads', { method: 'PUT' })],
    ['an address too long', () => portal.ask(`/leads?q=${'x'.repeat(9_000)}`)],
  ];

  it.each(asked)('G104 say what a browser may do with it: %s', async (_, ask) => {
    const { headers } = await ask();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('vary')).toMatch(/Accept-Language/);
    for (const name of [
      'x-powered-by',
      'server',
      'set-cookie',
      'access-control-allow-origin',
      'strict-transport-security',
    ])
      expect([name, headers.has(name)]).toEqual([name, false]);
  });

  it('G104 tell caches what is public and what is somebody’s', async () => {
    expect((await portal.ask('/leads?limit=1')).headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
    for (const method of ['GET', 'HEAD'])
      expect((await portal.ask('/leads?limit=1', { method, actor })).headers.get('cache-control')).toBe(
        'private, no-store',
      );
    const written = await portal.ask('/industries', { method: 'POST', actor, json: industry() });
    expect(written.headers.get('cache-control')).toBe('private, no-store');
    for (const path of ['/nothing', '/leads?x=1', `/leads/${RANDOM_ID}`])
      expect((await portal.ask(path)).headers.get('cache-control')).toBe('no-store');
  });

  it('G104 ask browsers for TLS where the portal is reached by it', async () => {
    const other = await startPortal({ template: 'portal_empty', config: { publicUrl: 'https://portal.example' } });
    try {
      for (const path of ['/leads', '/nothing'])
        expect((await other.ask(path)).headers.get('strict-transport-security')).toBe('max-age=31536000');
    } finally {
      await other.close();
    }
  });
});

describe('caches', () => {
  it('G105 are never told that another language or another asker’s answer is still good', async () => {
    const { body } = await portal.ask('/industries', {
      method: 'POST',
      actor,
      json: industry({ name: { zh: '甲', ru: 'Первая' } }),
    });
    const draft = await portal.ask(`/industries/${body.id}`, { actor });
    const get = (query: string, tag: string | null, asked: AskOptions = {}): Promise<Answer> =>
      portal.ask(`/industries${query}`, { ...asked, headers: { 'If-None-Match': tag! } });
    for (const [mine, yours] of [
      ['zh', 'ru'],
      ['ru', 'all'],
      ['all', 'zh'],
    ]) {
      const known = await portal.ask(`/industries?lang=${mine}`);
      const other = await get(`?lang=${yours}`, known.headers.get('etag'));
      expect([other.status, other.text]).toEqual([200, (await portal.ask(`/industries?lang=${yours}`)).text]);
      const same = await get(`?lang=${mine}`, known.headers.get('etag'));
      expect([same.status, same.text, same.headers.get('content-length')]).toEqual([304, '', null]);
      expect(same.headers.get('etag')).toBe(known.headers.get('etag'));
      expect(same.headers.get('cache-control')).toBe(known.headers.get('cache-control'));
      expect(same.headers.get('vary')).toBe(known.headers.get('vary'));
    }
    expect((await get(`/${body.id}`, draft.headers.get('etag'))).status).toBe(404);
    expect((await get(`/${body.id}`, '*')).status).toBe(404);
    const everything = await portal.ask('/industries?limit=100&count=true', { actor });
    const publicly = await get('?limit=100&count=true', everything.headers.get('etag'));
    expect(publicly.status).toBe(200);
    expect(publicly.body.page.total).toBeLessThan(everything.body.page.total);
  });

  it('G105 compare tags as they should: weakly, in lists, and with nothing that only looks alike', async () => {
    const tag = (await portal.ask('/industries?limit=1')).headers.get('etag')!;
    const status = async (header: string) =>
      (await portal.ask('/industries?limit=1', { headers: { 'If-None-Match': header } })).status;
    for (const header of [tag, `W/${tag}`, `"x", ${tag}`, '*'])
      expect([header, await status(header)]).toEqual([header, 304]);
    for (const header of ['', 'x', tag.slice(1, -1), `${tag.slice(0, -2)}"`, tag.toUpperCase(), '"*"'])
      expect([header, await status(header)]).toEqual([header, 200]);
  });

  it('G105 keep to a tag as long as nothing has changed, and no longer', async () => {
    const { body } = await portal.ask('/industries', { method: 'POST', actor, json: industry() });
    const before = await portal.ask(`/industries/${body.id}`, { actor });
    const again = { actor, headers: { 'If-None-Match': before.headers.get('etag')! } };
    expect((await portal.ask(`/industries/${body.id}`, again)).status).toBe(304);
    const patch = {
      method: 'PATCH',
      actor,
      json: { name: { zh: '改' } },
      headers: { 'If-Match': before.headers.get('etag')! },
    };
    expect((await portal.ask(`/industries/${body.id}`, patch)).status).toBe(200);
    expect((await portal.ask(`/industries/${body.id}`, again)).status).toBe(200);
  });

  it.each([
    { 'X-Forwarded-Host': 'evil.example' },
    { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '444' },
    { 'X-Lang': 'ru', 'X-Language': 'ru', 'Content-Language': 'ru' },
    { 'X-Original-URL': '/nothing', 'X-Rewrite-URL': '/nothing' },
    { Cookie: 'lang=ru; session=x' },
    { Origin: 'https://evil.example', Referer: 'https://evil.example/' },
    { 'User-Agent': '<script>', 'X-Forwarded-For': '127.0.0.1' },
    { 'X-Test-Unknown': 'x'.repeat(4_000) },
  ] as Record<string, string>[])('G106 cannot be poisoned by %j', async (headers) => {
    const plain = await portal.ask('/regions?limit=3');
    const answer = await portal.ask('/regions?limit=3', { headers });
    const known = ({ text, headers: all }: Answer) => [
      text,
      [...all].filter(([name]) => !['date', 'x-request-id'].includes(name)),
    ];
    expect(known(answer)).toEqual(known(plain));
  });
});

describe('a fault that nobody foresaw', () => {
  it('G102 is told as such, with its number and nothing of the machinery', async () => {
    await portal.sql('alter table finance_product rename column name_zh to hidden_column');
    try {
      for (const [language, header] of [
        ['zh', 'zh'],
        ['ru', 'ru'],
        ['all', ''],
      ] as const) {
        const answer = await portal.ask('/finance-products', { headers: { 'Accept-Language': header } });
        expectProblem(answer, [500, 'server.error'], language);
        expect([faultsOf(answer), answer.text.includes('finance_product')]).toEqual([[], false]);
      }
      const json = { sourceLanguage: 'zh', kind: 'loan', status: 'offered', name: { zh: '贷' } };
      const written = await portal.ask('/finance-products', { method: 'POST', actor, json, headers: IN_RUSSIAN });
      expectProblem(written, [500, 'server.error']);
      expect((await portal.ask('/leads?limit=1')).status).toBe(200);
    } finally {
      await portal.sql('alter table finance_product rename column hidden_column to name_zh');
    }
    expect((await portal.ask('/finance-products')).status).toBe(200);
  });
});
