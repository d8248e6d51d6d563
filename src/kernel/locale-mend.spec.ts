import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Language } from './languages.js';
import { mendedText, mendedTree } from './locale-mend.js';
import { placeholdersOf, textFaults } from './locale-text-checks.js';

describe('a mended text', () => {
  test.each<[Language, string, string]>([
    ['zh', '记录已撤回,请刷新!', '记录已撤回，请刷新！'],
    ['zh', '版本(草案)已提交.', '版本（草案）已提交。'],
    ['zh', '共 {{count}} 项,见 https://example.org/a,b', '共 {{count}} 项，见 https://example.org/a,b'],
    ['zh', '以 `{"zh": "…"}` 的形式返回', '以 `{"zh": "…"}` 的形式返回'],
    ['zh', '零宽\u200B字符', '零宽字符'],
    ['ru', 'Документ №32 от 2019 г.  принят', 'Документ №\u00A032 от 2019\u00A0г. принят'],
    ['ru', '{{from}}–{{to}} гг.', '{{from}}–{{to}}\u00A0гг.'],
    ['ru', 'Запуск:\n  API: да', 'Запуск:\n  API: да'],
  ])('%s %j', (language, text, mended) => {
    expect(mendedText(language, text)).toBe(mended);
    expect(textFaults(language, mended)).toEqual([]);
  });

  test('keeps its placeholders, and mending again changes nothing', () => {
    const pieces = [
      '甲',
      'д',
      '{{n}}',
      '{{ a , number }}',
      '$t(x.y)',
      '`,`',
      ',',
      ' ',
      '  ',
      '№',
      '5',
      'г.',
      '(',
      ')',
      '\uFEFF',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces)), fc.constantFrom<Language>('zh', 'ru'), (parts, language) => {
        const text = parts.join('');
        const mended = mendedText(language, text);
        expect(placeholdersOf(mended)).toEqual(placeholdersOf(text));
        expect(mendedText(language, mended)).toBe(mended);
      }),
      { numRuns: 500 },
    );
  });

  test('stands where it stood', () => {
    expect(mendedTree('zh', { a: { b: '甲,乙' }, c: 1 })).toEqual({ a: { b: '甲，乙' }, c: 1 });
  });
});
