import { describe, expect, it } from '@jest/globals';
import { jsonReply, pageReply, recordReply, versionOfTag } from './reply.js';

const record = (name: object): string => JSON.stringify({ name });
const page = '{"limit":2,"next":null}';

describe('an answer', () => {
  it('is the bytes of its pieces', () => {
    for (const items of [[], [record({ zh: '同江 𠮷' })], [record({ zh: '黑河' }), record({ ru: 'Благовещенск' })]]) {
      const { body } = pageReply(items, page, 'all');
      expect(body.toString()).toBe(`{"items":[${items.join(',')}],"page":${page}}`);
    }
  });

  it('keeps its bytes while the next one is made', () => {
    const first = jsonReply(record({ ru: 'Хабаровск' }), 'ru');
    jsonReply(record({ ru: 'Биробиджан' }), 'ru');
    expect(JSON.parse(first.body.toString())).toEqual({ name: { ru: 'Хабаровск' } });
  });

  it('may be larger than usual', () => {
    const json = record({ zh: '合作'.repeat(400_000) });
    expect(jsonReply(json, 'zh').body.equals(Buffer.from(json))).toBe(true);
  });

  it('says which languages it holds, and what was asked for where it holds none', () => {
    const items = [record({ ru: 'Зея' }), record({ zh: '"ru":"' })];
    expect(pageReply(items, page, 'all').languages).toEqual(['zh', 'ru']);
    expect(pageReply([record({ zh: '"ru":"' })], page, 'all').languages).toEqual(['zh']);
    expect(pageReply([], page, 'ru').languages).toEqual(['ru']);
    expect(pageReply([], page, 'all').languages).toEqual(['zh', 'ru']);
  });

  it('has a tag of its content and its languages', () => {
    const json = record({ ru: 'Амур' });
    expect(jsonReply(json, 'ru').etag).toBe(jsonReply(json, 'ru').etag);
    expect(jsonReply(json, 'ru').etag).not.toBe(jsonReply(json, 'all').etag);
    expect(jsonReply(json, 'ru').etag).not.toBe(jsonReply(record({ ru: 'Уссури' }), 'ru').etag);
    expect(versionOfTag(recordReply(json, 7, 'ru').etag!)).toBe(7);
  });
});
