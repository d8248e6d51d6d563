import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byLanguageOfCopy, bySideOfCopy, languagesOfCopy, placePair, sidesOfCopy } from './alternat.js';
import { LANGUAGES, otherLanguage } from './languages.js';

const language = fc.constantFrom(...LANGUAGES);

describe('the alternat', () => {
  it('puts the side that keeps a copy first in it, and its language left', () => {
    expect([sidesOfCopy('zh'), languagesOfCopy('zh')]).toEqual([
      ['cn', 'ru'],
      ['zh', 'ru'],
    ]);
    expect([sidesOfCopy('ru'), languagesOfCopy('ru')]).toEqual([
      ['ru', 'cn'],
      ['ru', 'zh'],
    ]);
  });

  it('swaps every pair with the copy and loses nothing', () => {
    fc.assert(
      fc.property(language, fc.anything(), fc.anything(), (copy, cn, ru) => {
        const sides = bySideOfCopy(copy, { cn, ru });
        expect(bySideOfCopy(otherLanguage(copy), { cn, ru })).toEqual([sides[1], sides[0]]);
        const languages = byLanguageOfCopy(copy, { zh: cn, ru });
        expect(byLanguageOfCopy(otherLanguage(copy), { zh: cn, ru })).toEqual([languages[1], languages[0]]);
      }),
    );
  });

  it('joins places as each language does', () => {
    const zh = { cn: '黑河', ru: '布拉戈维申斯克' };
    const ru = { cn: 'Хэйхэ', ru: 'Благовещенск' };
    expect(placePair('zh', bySideOfCopy('zh', zh))).toBe('黑河—布拉戈维申斯克');
    expect(placePair('ru', bySideOfCopy('ru', ru))).toBe('Благовещенск – Хэйхэ');
    expect(placePair('ru', bySideOfCopy('zh', ru))).toBe('Хэйхэ – Благовещенск');
  });
});
