import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentLanguage, isLanguage, LANGUAGES, preferredLanguage } from './languages.js';

describe('the language an Accept-Language header asks for', () => {
  it.each([
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh_CN', 'zh'],
    ['ZH-cn', 'zh'],
    ['zh-Hans', 'zh'],
    ['zh-Hans-SG', 'zh'],
    ['zh-SG', 'zh'],
    ['cmn', 'zh'],
    ['cmn-Hans-CN', 'zh'],
    ['zho', 'zh'],
    ['ru', 'ru'],
    ['ru-RU', 'ru'],
    ['ru-BY', 'ru'],
    ['rus', 'ru'],
    ['en, ru', 'ru'],
    ['en;q=1, zh;q=0.1', 'zh'],
    ['ru;q=0.3, zh;q=0.8', 'zh'],
    ['ru;q=0.8, zh;q=0.3', 'ru'],
    ['zh;q=0.5, ru;q=0.5', 'zh'],
    ['ru, zh', 'ru'],
    [' ru ; q=1.000 ', 'ru'],
    ['ru;Q=0.7', 'ru'],
    ['ru;level=1;q=0.4, zh;q=0.3', 'ru'],
  ])('%s → %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  it.each([
    ['alone', 'zh-TW', 'zh'],
    ['as a script', 'zh-Hant', 'zh'],
    ['as a script of Mandarin', 'cmn-Hant-TW', 'zh'],
    ['from Hong Kong', 'zh-HK, en', 'zh'],
    ['after Russian', 'zh-TW, ru;q=0.1', 'ru'],
    ['before simplified characters of a lower weight', 'zh-TW, zh-CN;q=0.1, ru;q=0.2', 'ru'],
    ['unless the script is simplified after all', 'zh-Hans-TW, ru;q=0.1', 'zh'],
    ['and its exclusion excludes nothing else', 'zh-TW;q=0, zh', 'zh'],
  ])('traditional characters are the last resort: %s', (_, header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  it.each([
    ['zh;q=0', 'ru'],
    ['ru;q=0', 'zh'],
    ['ru;q=0.000, en', 'zh'],
    ['zh;q=0, ru;q=0.1', 'ru'],
    ['ru;q=0, zh-TW;q=0.5', 'zh'],
  ])('q=0 excludes: %s → %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['anything', '*'],
    ['anything but', '*;q=0'],
    ['another language', 'en-US,en;q=0.9'],
    ['both excluded', 'zh;q=0, ru;q=0'],
    ['a weight that is no number', 'ru;q=NaN'],
    ['a weight above one', 'ru;q=1.5'],
    ['a negative weight', 'ru;q=-1'],
    ['a weight of four decimals', 'ru;q=0.1234'],
    ['an empty weight', 'ru;q='],
    ['a path', '../../etc/passwd'],
    ['an inherited name', '__proto__, constructor'],
    ['a longer word', 'russian, zhuang'],
    ['commas', ',,,,;;;'],
    ['C54 a header of 10 kB', `${'ru,'.repeat(3_400)}ru`],
    ['C54 a range of 10 kB', `ru-${'x'.repeat(10_000)}`],
  ])('no preference: %s', (_, header) => {
    expect(preferredLanguage(header)).toBeUndefined();
  });

  it('never fails and never names a third language, whatever is sent', () => {
    const piece = fc.oneof(
      fc.constantFrom('zh', 'ru', 'zh-TW', 'cmn', '*', ',', ';', 'q=', '0', '1', '.5', '-', '_', ' '),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect([undefined, ...LANGUAGES]).toContain(preferredLanguage(pieces.join('')));
      }),
    );
  });

  it('is the one with the highest weight, in whatever order they stand', () => {
    const weight = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(weight, weight, fc.boolean(), (zh, ru, swap) => {
        fc.pre(zh !== ru);
        const ranges = [`zh;q=0.${String(zh).padStart(3, '0')}`, `ru;q=0.${String(ru).padStart(3, '0')}`];
        expect(preferredLanguage((swap ? ranges.reverse() : ranges).join(', '))).toBe(zh > ru ? 'zh' : 'ru');
      }),
    );
  });
});

describe('Content-Language', () => {
  it.each([
    [['zh'], 'zh-Hans'],
    [['ru'], 'ru'],
    [['ru', 'zh'], 'zh-Hans, ru'],
    [['ru', 'ru'], 'ru'],
    [[], ''],
  ] as const)('of %j is %j', (served, header) => {
    expect(contentLanguage(served)).toBe(header);
  });

  it('knows two languages by exact name', () => {
    expect(['zh', 'ru', 'ZH', 'zh-CN', 'en', '', undefined, null, ['zh']].filter(isLanguage)).toEqual(['zh', 'ru']);
  });
});
