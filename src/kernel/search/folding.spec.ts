import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalNumbers, exactLexeme, fold, foldedPlaces, hanGrams, isNumberForm, tokensOf } from './folding.js';

describe('folding', () => {
  it('makes one form of width, case, ё and traditional characters', () => {
    expect(fold('Ёлка１２３ 開發')).toBe('елка123 开发');
  });

  it('keeps for each letter its place in the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        const { folded, places } = foldedPlaces(text);
        expect(places).toHaveLength(folded.length + 1);
        expect(places.at(-1)).toBe(text.length);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });
});

describe('document numbers', () => {
  it.each([
    '同政发〔2019〕32号',
    '同政发[2019]32号',
    '同政发（2019）32号',
    '同政发【2019】第032号',
    '同政发 ﹝2019﹞ 32 号',
  ])('have one form: %s', (text) => {
    expect(exactLexeme(text).replaceAll(' ', '')).toBe('=同政发n2019n32');
  });

  it('are told from other figures', () => {
    const words = (text: string) => tokensOf(canonicalNumbers(fold(text))).map((token) => token.text);
    expect(words('№ 32 от 2019')).toEqual(['n32', 'от', '2019']);
    expect(words('第32号')).toEqual(['n32']);
    expect(words('32 участника')).toEqual(['32', 'участника']);
    expect(['n32', 'n2019n32', 'n1234567', 'no', 'n'].map(isNumberForm)).toEqual([true, true, false, false, false]);
  });
});

describe('Chinese', () => {
  it('is looked up by pairs of neighbours, and a single character by itself', () => {
    expect(hanGrams('木材加工')).toEqual(['木材', '材加', '加工']);
    expect(hanGrams('号')).toEqual(['号']);
    expect(hanGrams('𠀀𠀁')).toEqual(['𠀀𠀁']);
  });

  it('is parted from words and figures', () => {
    expect(tokensOf('第7号 тунцзян rcep2').map(({ text, han }) => `${text}/${han}`)).toEqual([
      '第/true',
      '7/false',
      '号/true',
      'тунцзян/false',
      'rcep2/false',
    ]);
  });
});
