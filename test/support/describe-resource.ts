import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../src/app.module.js';
import type { Actor } from '../../src/kernel/actor.js';
import type { Field } from '../../src/resource/field.js';
import { fieldsOf } from '../../src/resource/field.js';
import { type ResourceSpec, resourceOf } from '../../src/resource/spec.js';
import { actorOf } from './actors.js';
import { withAnotherEnd } from './forgery.js';
import { type Answer, startPortal, type TestPortal } from './portal.js';
import { sampleBody } from './sample-body.js';

const RANDOM_ID = '01900000-0000-7000-8000-00000000ffff';
const withoutRequestId = (answer: Answer): string => answer.text.replace(/"requestId":"[^"]*"/, '');
const localized = (spec: ResourceSpec): Field[] => fieldsOf(spec.entity).filter((field) => field.kind === 'localized');

/**
 * The contract that every resource keeps, run against the built portal: reading in both languages, paging,
 * refusing what it cannot answer, and the write verbs behind the guard.
 */
export const describeResource = (spec: ResourceSpec): void => {
  describe(`resource ${spec.name}`, () => {
    let portal: TestPortal;
    let official: Actor;
    let foreigner: Actor;
    const path = `/${spec.path}`;

    beforeAll(async () => {
      portal = await startPortal();
      official = await actorOf(portal, 'org-tongjiang-gov');
      foreigner = await actorOf(portal, 'org-eao-gov');
    });
    afterAll(() => portal?.close());

    describeReading(spec, () => portal);
    describePaging(spec, () => portal);
    describeRefusals(spec, () => portal);
    describeWriting(spec, () => ({ portal, official, foreigner, path }));
  });
};

const describeReading = (spec: ResourceSpec, portal: () => TestPortal): void => {
  const path = `/${spec.path}`;

  it('lists and serves what was loaded', async () => {
    const list = await portal().ask(`${path}?count=true&limit=100`);
    expect(list.status).toBe(200);
    const [row] = await portal().sql('select count(*)::int as n from seed_row where resource = $1', [spec.name]);
    expect(list.body.page.total).toBe(row!.n);
    expect(list.headers.get('cache-control')).toMatch(/^public/);
    const first = await portal().ask(`${path}/${list.body.items[0].id}`);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ id: list.body.items[0].id, state: 'published' });
  });

  it.each(['zh', 'ru'] as const)('trims every text to %s, or to what there is instead', async (language) => {
    const both = await portal().ask(`${path}?limit=100`);
    const one = await portal().ask(`${path}?limit=100&lang=${language}&sort=createdAt`);
    const byId = new Map(both.body.items.map((item: { id: string }) => [item.id, item]));
    for (const item of one.body.items) {
      const whole = byId.get(item.id) as Record<string, Record<string, string>> | undefined;
      if (!whole) continue;
      for (const field of localized(spec)) {
        const text = whole[field.name];
        const expected = text === null ? null : text?.[language] ? { [language]: text[language] } : text;
        expect(item[field.name]).toEqual(expected);
      }
    }
  });

  it('answers both languages where none is asked for, and says which it served', async () => {
    const none = await portal().ask(path);
    expect(none.headers.get('vary')).toMatch(/Accept-Language/);
    const header = await portal().ask(path, { headers: { 'Accept-Language': 'ru-RU,ru;q=0.9' } });
    const lang = await portal().ask(`${path}?lang=ru`, { headers: { 'Accept-Language': 'zh-CN' } });
    expect(header.text).toBe(lang.text);
    const served = ['zh', 'ru'].filter((language) => new RegExp(`"${language}" ?: ?["[]`).test(none.text));
    const names = { zh: 'zh-Hans', ru: 'ru' } as Record<string, string>;
    if (served.length > 0) {
      expect(none.headers.get('content-language')).toBe(served.map((language) => names[language]).join(', '));
    }
  });

  it('leaves a text empty instead of falling back with fallback=none', async () => {
    const list = await portal().ask(`${path}?lang=ru&fallback=none&limit=100`);
    expect(list.status).toBe(200);
    expect(list.text).not.toMatch(/"zh" ?: ?"/);
  });

  it('tags answers by language and confirms them with 304', async () => {
    const [zh, ru] = [await portal().ask(`${path}?lang=zh`), await portal().ask(`${path}?lang=ru`)];
    expect(zh.headers.get('etag')).not.toBe(ru.headers.get('etag'));
    const same = await portal().ask(`${path}?lang=zh`, { headers: { 'If-None-Match': zh.headers.get('etag')! } });
    expect([same.status, same.text]).toEqual([304, '']);
    const other = await portal().ask(`${path}?lang=ru`, { headers: { 'If-None-Match': zh.headers.get('etag')! } });
    expect(other.status).toBe(200);
  });

  it('finds the records that lack a language', async () => {
    for (const language of ['zh', 'ru']) {
      const lacking = await portal().ask(`${path}?missing=${language}&limit=100`);
      expect(lacking.status).toBe(200);
      for (const item of lacking.body.items) expect(item.languages[language].state).toBe('missing');
    }
  });
};

const walk = async (portal: TestPortal, path: string, query: string): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Answer = await portal.ask(`${path}?${query}${cursor && `&cursor=${cursor}`}`);
    expect(page.status).toBe(200);
    ids.push(...page.body.items.map((item: { id: string }) => item.id));
    cursor = page.body.page.next;
  }
  return ids;
};

const describePaging = (spec: ResourceSpec, portal: () => TestPortal): void => {
  const path = `/${spec.path}`;

  it.each(Object.keys(spec.sorts))('pages through every record once, sorted by %s either way', async (sort) => {
    const whole = await portal().ask(`${path}?count=true&limit=1`);
    const limit = Math.max(1, Math.ceil(whole.body.page.total / 4));
    for (const query of [`sort=${sort}&lang=zh`, `sort=-${sort}&lang=ru`, `sort=${sort}`]) {
      const ids = await walk(portal(), path, `${query}&limit=${limit}`);
      expect(ids.length).toBe(whole.body.page.total);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('refuses a cursor that was altered or belongs to another query', async () => {
    const first = await portal().ask(`${path}?limit=1`);
    const cursor: string | null = first.body.page.next;
    const forged = ['1.W10.x', 'v0', 'x'.repeat(4000), ...(cursor ? [withAnotherEnd(cursor)] : [])];
    for (const bad of forged) {
      const answer = await portal().ask(`${path}?limit=1&cursor=${bad}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'request.invalid-cursor']);
    }
    if (!cursor) return;
    for (const query of ['sort=-createdAt', 'missing=ru', 'q=x', 'lang=ru']) {
      const answer = await portal().ask(`${path}?limit=1&cursor=${cursor}&${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'request.invalid-cursor']);
    }
    expect(first.headers.get('link')).toMatch(/rel="next"/);
  });
};

const describeRefusals = (spec: ResourceSpec, portal: () => TestPortal): void => {
  const path = `/${spec.path}`;

  it.each([
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=1e9',
    'limit=10abc',
    'limit=',
    'count=yes',
    'missing=en',
    'lang=en',
    "lang=zh'%20or%201=1--",
    'lang=../../etc/passwd',
    'lang=__proto__',
    'fallback=yes',
    'unknown=1',
    '__proto__=1',
    'sort=title;drop%20table%20meeting--',
    'sort=(select%20pg_sleep(5))',
    'sort=',
    'sort=constructor',
    'limit=1&limit=2',
    'filter[createdBy.passwordHash][startsWith]=$a',
    'ids=1',
    `q=${'x'.repeat(201)}`,
    'q=%E0%A4%A',
    'q=%00',
    'cursor=',
  ])('refuses ?%s in the language asked for', async (query) => {
    const lang: Record<string, string> = query.startsWith('lang=') ? {} : { 'Accept-Language': 'ru' };
    const answer = await portal().ask(`${path}?${query}`, { headers: lang });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status: 400, requestId: expect.any(String) });
    if (!query.startsWith('lang=')) expect(answer.headers.get('content-language')).toBe('ru');
  });

  it.each(Object.entries(spec.filters))('refuses what does not fit the filter %s', async (name, filter) => {
    if (filter.kind === 'text') return;
    for (const bad of ['', "x'--", ',']) {
      const answer = await portal().ask(`${path}?${name}=${encodeURIComponent(bad)}`);
      expect(answer.body).toMatchObject({ status: 400, errors: [{ parameter: name }] });
    }
  });

  it('answers an unknown, an ill-formed and a foreign id alike', async () => {
    const unknown = await portal().ask(`${path}/${RANDOM_ID}`);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'resource.not-found']);
    for (const id of ['1', 'x', RANDOM_ID.toUpperCase().replace('F', 'f')]) {
      const answer = await portal().ask(`${path}/${id}`);
      expect(withoutRequestId(answer)).toBe(withoutRequestId(unknown));
    }
  });
};

type WritingContext = { portal: TestPortal; official: Actor; foreigner: Actor; path: string };

const describeWriting = (spec: ResourceSpec, context: () => WritingContext): void => {
  it('is closed to those without an account', async () => {
    const { portal, path } = context();
    const requests = [
      portal.ask(path, { method: 'POST', json: {} }),
      portal.ask(`${path}/${RANDOM_ID}`, { method: 'PATCH', json: {} }),
      portal.ask(`${path}/${RANDOM_ID}`, { method: 'DELETE', json: {} }),
      portal.ask(`${path}/${RANDOM_ID}/publish`, { method: 'POST' }),
    ];
    for (const answer of await Promise.all(requests))
      expect([answer.status, answer.body.code]).toEqual([401, 'auth.required']);
  });

  it('creates a draft, changes, publishes and withdraws it, each seen by those who may', async () => {
    const { portal, official, foreigner, path } = context();
    const body = await sampleBody(spec, portal, official);
    const created = await portal.ask(path, { method: 'POST', actor: official, json: body });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(created.headers.get('location')).toBe(`/api/v1${path}/${id}`);
    expect(created.body).toMatchObject({ version: 1, state: 'draft', publishedAt: null });

    const hidden = await portal.ask(`${path}/${id}`);
    expect(withoutRequestId(hidden)).toBe(withoutRequestId(await portal.ask(`${path}/${RANDOM_ID}`)));
    const foreign = {
      method: 'PATCH',
      actor: foreigner,
      json: { sourceLanguage: 'ru' },
      headers: { 'If-Match': '"v1-all"' },
    };
    expect((await portal.ask(`${path}/${id}`, foreign)).status).toBe(404);

    const patch = { method: 'PATCH', actor: official, json: { sourceLanguage: 'ru' } };
    expect((await portal.ask(`${path}/${id}`, patch)).status).toBe(428);
    for (const stale of ['"v9-all"', 'W/"v1-all"', '*', '"1"']) {
      const answer = await portal.ask(`${path}/${id}`, { ...patch, headers: { 'If-Match': stale } });
      expect([answer.status, answer.body.code]).toEqual([412, 'resource.stale']);
    }
    const changed = await portal.ask(`${path}/${id}`, {
      ...patch,
      headers: { 'If-Match': created.headers.get('etag')! },
    });
    expect([changed.status, changed.body.version, changed.body.sourceLanguage]).toEqual([200, 2, 'ru']);

    const published = await portal.ask(`${path}/${id}/publish`, {
      method: 'POST',
      actor: official,
      headers: { 'If-Match': '"v2-all"' },
    });
    expect([published.status, published.body.state]).toEqual([200, 'published']);
    expect((await portal.ask(`${path}/${id}`)).status).toBe(200);
    const again = await portal.ask(`${path}/${id}/publish`, {
      method: 'POST',
      actor: official,
      headers: { 'If-Match': '"v3-all"' },
    });
    expect([again.status, again.body.code]).toEqual([409, 'resource.conflict']);
    const kinds = async (actor?: Actor) =>
      (await portal.ask(`${path}/${id}/history`, { actor })).body.items.map(({ kind }: { kind: string }) => kind);
    expect([await kinds(official), await kinds()]).toEqual([['published', 'updated', 'created'], []]);
    const forbidden = await portal.ask(`${path}/${id}`, { ...foreign, headers: { 'If-Match': '"v3-all"' } });
    expect([forbidden.status, forbidden.body.code]).toEqual([403, 'auth.forbidden']);

    const withdraw = { method: 'DELETE', actor: official, headers: { 'If-Match': '"v3-all"' } };
    expect((await portal.ask(`${path}/${id}`, { ...withdraw, json: {} })).status).toBe(400);
    const reason = { ru: 'Запись заменена.', zh: '记录已被替换。' };
    expect((await portal.ask(`${path}/${id}`, { ...withdraw, json: { reason } })).status).toBe(204);
    const tombstone = await portal.ask(`${path}/${id}`, { actor: official });
    expect([tombstone.status, tombstone.body.code, tombstone.body.reason]).toEqual([410, 'resource.withdrawn', reason]);
    const gone = await portal.ask(`${path}/${id}`);
    expect(withoutRequestId(gone)).toBe(withoutRequestId(hidden));
    const closed = await portal.ask(`${path}/${id}/history`, { actor: official });
    expect([closed.status, closed.body.code]).toEqual([410, 'resource.withdrawn']);
    const actions = await portal.sql('select action from audit where object_id = $1 order by seq', [id]);
    expect(actions.map(({ action }) => action)).toEqual(
      ['create', 'update.refused', 'update', 'publish', 'update.refused', 'withdraw'].map(
        (verb) => `${spec.name}.${verb}`,
      ),
    );
  });

  it('refuses what a request may not set, naming every member', async () => {
    const { portal, official, path } = context();
    const body = await sampleBody(spec, portal, official);
    const own = {
      id: RANDOM_ID,
      version: 9,
      state: 'published',
      createdAt: 'x',
      publishedAt: 'x',
      organisationId: RANDOM_ID,
      languages: {},
    };
    const answer = await portal.ask(path, { method: 'POST', actor: official, json: { ...body, ...own } });
    expect([answer.status, answer.body.code]).toEqual([400, 'request.invalid']);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual(
      Object.keys(own)
        .map((name) => `/${name}`)
        .sort(),
    );
  });

  it('gives a record to no other organization', async () => {
    const { portal, official, foreigner, path } = context();
    const body = await sampleBody(spec, portal, official);
    const owner = { id: foreigner.kind === 'account' ? foreigner.organizationId : '' };
    const given = await portal.ask(path, { method: 'POST', actor: official, json: { ...body, owner } });
    expect([given.status, given.body.code]).toEqual([403, 'auth.forbidden']);
  });

  it.each(
    fieldsOf(spec.entity)
      .filter((field) => field.kind === 'localized')
      .map((field) => field.name),
  )('refuses a %s that hides or fakes characters', async (name) => {
    const { portal, official, path } = context();
    const body = await sampleBody(spec, portal, official);
    for (const text of ['x\u202Efdp', 'a\u200Bb', '\u0000', `e${'\u0301'.repeat(30)}`, 'x'.repeat(5000), '', 5, null]) {
      const answer = await portal.ask(path, {
        method: 'POST',
        actor: official,
        json: { ...body, [name]: { zh: text } },
      });
      expect(answer.status).toBe(400);
    }
    const unknown = await portal.ask(path, { method: 'POST', actor: official, json: { ...body, [name]: { en: 'x' } } });
    expect(unknown.body.errors).toContainEqual(
      expect.objectContaining({ pointer: `/${name}/en`, code: 'unknown-property' }),
    );
  });

  it('refuses a reference to what is not there', async () => {
    const { portal, official, path } = context();
    const reference = fieldsOf(spec.entity).find((field) => field.kind === 'reference' && field.name !== 'owner');
    if (!reference) return;
    expect(resourceOf(reference.options.target!).name).toBe(reference.options.target);
    const body = { ...(await sampleBody(spec, portal, official)), [reference.name]: { id: RANDOM_ID } };
    const answer = await portal.ask(path, { method: 'POST', actor: official, json: body });
    expect([answer.status, answer.body.code]).toEqual([404, 'resource.reference-unseen']);
    expect(answer.body.errors[0].pointer).toBe(`/${reference.name}`);
  });
};
