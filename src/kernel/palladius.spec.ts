import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromPalladius, SYLLABLES, toPalladius } from './palladius.js';

describe('Palladius', () => {
  it.each([
    ['Heihe', 'Хэйхэ'],
    ['Tongjiang', 'Тунцзян'],
    ['Suifenhe', 'Суйфэньхэ'],
    ['Jiayin', 'Цзяинь'],
    ["Chang'an", 'Чанъань'],
    ["Tian'anmen", 'Тяньаньмэнь'],
    ['Pingyao', 'Пинъяо'],
    ['Wang Xiaoming', 'Ван Сяомин'],
    ['Lǚshùn', 'Люйшунь'],
    ['Xi’an', 'Сиань'],
    ['Aihui', 'Айхуэй'],
  ])('%s is %s', (pinyin, cyrillic) => {
    expect(toPalladius(pinyin)).toBe(cyrillic);
    expect(fromPalladius(cyrillic).map((name) => name.toLowerCase())).toContain(
      pinyin
        .normalize('NFD')
        .replace(/[\u0300\u030C]/g, '')
        .normalize('NFC')
        .replace('’', "'")
        .toLowerCase(),
    );
  });

  it('knows every syllable both ways, each once', () => {
    const written = SYLLABLES.map((syllable) => toPalladius(syllable)!);
    expect(new Set(written).size).toBe(SYLLABLES.length);
    for (const [n, syllable] of SYLLABLES.entries())
      expect(fromPalladius(written[n]!).map((name) => name.toLowerCase())).toContain(syllable);
    expect(SYLLABLES.length).toBeGreaterThan(390);
  });

  it('a name comes back from the Cyrillic form, among the names that are written so', () => {
    const name = fc.array(fc.constantFrom(...SYLLABLES), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(name, (syllables) => {
        const pinyin = syllables.reduce((word, next) => `${word}${word && /^[aoe]/.test(next) ? "'" : ''}${next}`, '');
        const cyrillic = toPalladius(pinyin)!;
        expect(cyrillic).toBeDefined();
        const back = fromPalladius(cyrillic).map((one) => toPalladius(one));
        expect(back).toContain(cyrillic);
        for (const one of back) expect(one).toBe(cyrillic);
      }),
    );
  });

  it('says nothing of what is no Pinyin and no Palladius', () => {
    for (const text of ['Moscow', '', 'xyz', '中文', 'Ivanov']) expect(toPalladius(text)).toBeUndefined();
    for (const text of ['Благовещенск', 'Щукин', 'abc']) expect(fromPalladius(text)).toEqual([]);
  });

  it('takes its time with no text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        toPalladius(text);
        fromPalladius(text);
      }),
    );
    expect(fromPalladius('аань'.repeat(5000))).toEqual([]);
  });
});
