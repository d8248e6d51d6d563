import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chineseNumeral, romanNumeral, russianOrdinal, writtenDate } from './written-numbers.js';

describe('numbers in words', () => {
  it.each([
    [1, '一', 'первое'],
    [3, '三', 'третье'],
    [8, '八', 'восьмое'],
    [10, '十', 'десятое'],
    [12, '十二', 'двенадцатое'],
    [20, '二十', 'двадцатое'],
    [23, '二十三', 'двадцать третье'],
    [40, '四十', 'сороковое'],
    [39, '三十九', 'тридцать девятое'],
    [99, '九十九', 'девяносто девятое'],
    [103, '一百零三', '103-е'],
    [110, '一百一十', '110-е'],
    [2005, '二千零五', '2005-е'],
    [12_345, '12345', '12345-е'],
  ])('%d', (value, zh, ru) => {
    expect([chineseNumeral(value), russianOrdinal(value)]).toEqual([zh, ru]);
  });

  it('tell numbers apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), (a, b) => {
        fc.pre(a !== b);
        expect(chineseNumeral(a)).not.toBe(chineseNumeral(b));
        expect(russianOrdinal(a)).not.toBe(russianOrdinal(b));
      }),
    );
  });

  it('number the parts of a paper', () => {
    expect([1, 2, 3, 4, 5, 9, 14].map(romanNumeral)).toEqual(['I', 'II', 'III', 'IV', 'V', 'IX', 'XIV']);
  });

  it('write days', () => {
    expect(writtenDate('zh', '2026-05-08')).toBe('2026年5月8日');
    expect(writtenDate('ru', '2026-05-08')).toBe('8 мая 2026\u00A0г.');
  });
});
