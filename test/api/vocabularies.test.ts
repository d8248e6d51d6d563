import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codesOf, VOCABULARIES, type VocabularyName } from '../../src/kernel/vocabularies.js';
import { validateAnswer } from '../support/openapi-validator.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';

const NAMES = Object.keys(VOCABULARIES) as VocabularyName[];

describe('vocabularies', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal({ template: 'portal_empty' });
  });
  afterAll(() => portal?.close());

  const ask = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await portal.ask(path, { headers });
    expect(validateAnswer('GET', `/api/v1${path}`, answer.status, answer.body)).toEqual([]);
    return answer;
  };

  it('are all listed with every code in its order', async () => {
    const { body } = await ask('/vocabularies');
    expect(body.items.map((item: { name: string }) => item.name)).toEqual(NAMES);
    for (const { name, codes } of body.items) {
      expect(codes.map((entry: { code: string }) => entry.code)).toEqual(codesOf(name));
    }
  });

  it.each(NAMES)('%s is named in both languages', async (name) => {
    const { status, body } = await ask(`/vocabularies/${name}`);
    expect([status, body.name]).toEqual([200, name]);
    for (const map of [body.title, ...body.codes.map((entry: { label: object }) => entry.label)]) {
      expect(Object.keys(map)).toEqual(['zh', 'ru']);
      expect(map.zh).toMatch(/\p{Script=Han}|^[A-Za-z]/u);
      expect(map.ru).toMatch(/\p{Script=Cyrillic}|^[A-Za-z]/u);
    }
  });

  it('come in the language that is asked for', async () => {
    const both = await ask('/vocabularies/leadStage');
    expect(both.headers.get('content-language')).toBe('zh-Hans, ru');
    const ru = await ask('/vocabularies/leadStage', { 'Accept-Language': 'ru' });
    expect(ru.body.title).toEqual({ ru: both.body.title.ru });
    expect(ru.headers.get('content-language')).toBe('ru');
    expect(ru.headers.get('vary')).toMatch(/Accept-Language/);
    const zh = await ask('/vocabularies?lang=zh', { 'Accept-Language': 'ru' });
    expect(zh.text).not.toContain('"ru":');
  });

  it('are confirmed with 304, each language by its own tag', async () => {
    const zh = await ask('/vocabularies?lang=zh');
    const etag = zh.headers.get('etag')!;
    const again = await portal.ask('/vocabularies?lang=zh', { headers: { 'If-None-Match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await portal.ask('/vocabularies?lang=ru', { headers: { 'If-None-Match': etag } })).status).toBe(200);
  });

  it.each(['unknown', 'LeadStage', '__proto__', 'constructor', 'toString', 'leadStage%20'])(
    'named %s are not found',
    async (name) => {
      const { status, body } = await ask(`/vocabularies/${name}`);
      expect([status, body.code]).toEqual([404, 'resource.not-found']);
    },
  );

  it.each(['limit=1', 'q=x', 'lang=en', 'lang=zh&lang=ru', 'fallback=yes'])('refuse ?%s', async (query) => {
    expect((await ask(`/vocabularies?${query}`)).status).toBe(400);
  });
});
