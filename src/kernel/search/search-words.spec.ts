import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Term } from '../checks/glossary-index.js';
import { excerptOf, matchText, similarMarks } from './marks.js';
import { compileSearchGlossary, NO_TERMS } from './search-glossary.js';
import { literalsOf, searchParts, wholeNames } from './search-words.js';

const term = (zh: string, ru: string, more: Partial<Term> = {}): Term => ({
  ...{ zh, ru, domain: 'place.cn', grade: 'A', proper: true, use: 'required' },
  ...{ zhVariants: [], zhForms: [], zhExcept: [], zhDeprecated: [], zhForbidden: [] },
  ...{ ruVariants: [], ruDeprecated: [], ruForbidden: [], ruForms: [] },
  ...more,
});
const glossary = compileSearchGlossary([
  term('同江市', 'город Тунцзян', { zhVariants: ['同江'], ruForbidden: ['Тундзян'] }),
  term('下列宁斯阔耶', 'Нижнеленинское', { zhVariants: ['下列宁斯科耶'] }),
  term('口岸', 'пункт пропуска', { domain: 'checkpoint', proper: false }),
  term('公路口岸', 'автомобильный пункт пропуска', { domain: 'checkpoint', proper: false }),
]);
const waysOf = (q: string) => searchParts(q, glossary).map(({ alternatives }) => alternatives.map(({ text }) => text));

describe('what is searched for', () => {
  it('is widened by the glossary, from either language and any form', () => {
    expect(waysOf('同江')).toEqual([['同江', 'Тунцзян']]);
    for (const q of ['Тунцзяне', 'тунцзянский', 'город Тунцзян', 'Тундзяна']) {
      expect(waysOf(q)[0]).toEqual(expect.arrayContaining(['同江', 'Тунцзян']));
    }
    expect(waysOf('下列宁斯科耶')[0]).toContain('Нижнеленинское');
    expect(waysOf('Нижнеленинском')[0]).toEqual(expect.arrayContaining(['下列宁斯阔耶', '下列宁斯科耶']));
  });

  it('takes the longest term at each place, and what stands between as it was typed', () => {
    expect(waysOf('同江公路口岸会晤').map(([typed]) => typed)).toEqual(['同江', '公路口岸', '会晤']);
    expect(waysOf('автомобильные пункты пропуска')).toHaveLength(1);
    expect(waysOf('встреча в Тунцзяне').map(([typed]) => typed)).toEqual(['встреча', 'тунцзяне']);
    expect(waysOf('в')).toEqual([['в']]);
  });

  it('has a bounded number of parts and of ways, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (q) => {
        const parts = searchParts(q, glossary);
        expect(parts.length).toBeLessThanOrEqual(24);
        for (const { alternatives } of parts) {
          expect(alternatives.length).toBeGreaterThan(0);
          expect(alternatives.length).toBeLessThanOrEqual(16);
        }
      }),
    );
    expect(searchParts('%_\\ «»', glossary)).toEqual([]);
  });

  it('knows the names of the whole, and what is compared to the letter', () => {
    expect(wholeNames('Тунцзяне', searchParts('Тунцзяне', glossary))).toContain('同江');
    expect(wholeNames('мост Тунцзян', searchParts('мост Тунцзян', glossary))).toEqual(['мост Тунцзян']);
    expect(literalsOf('Доля 50% а_б')).toEqual(['50%', 'а_б']);
    expect(literalsOf('Чан-Цзи-Ту (2019) %')).toEqual([]);
  });
});

describe('what was found in a text', () => {
  const shown = (text: string, q: string, terms = glossary): string => {
    const { marks } = matchText(text, searchParts(q, terms));
    return excerptOf(text, marks)
      .map((part) => (part.marked ? `[${part.text}]` : part.text))
      .join('');
  };

  it('is marked in the text as it was written', () => {
    expect(shown('Встреча в Тунцзяне', '同江')).toBe('Встреча в [Тунцзяне]');
    expect(shown('赴開發區考察', '开发区')).toBe('赴[開發區]考察');
    expect(shown('ПРИЁМ гостей', 'прием')).toBe('[ПРИЁМ] гостей');
    expect(shown('见同政发[2019]32号文件', '同政发〔2019〕32号')).toBe('见[同政发[2019]32号]文件');
    expect(shown('Иное', '同江')).toBe('Иное');
  });

  it('is cut to what stands around it, and loses no letter of what is shown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(399), (text, at) => {
        const whole = [...text].slice(0, 400).join('');
        const marks = at < whole.length ? [{ start: at, end: Math.min(whole.length, at + 5) }] : [];
        const cut = excerptOf(whole, marks)
          .map((part) => part.text)
          .join('')
          .replace(/^…/, '')
          .replace(/…$/, '');
        expect(whole.includes(cut) || whole.includes(cut.slice(0, -1))).toBe(true);
      }),
    );
  });

  it('is told to be typed or brought by the glossary', () => {
    const [said] = matchText('同江会晤', searchParts('Тунцзян', glossary)).said;
    expect(said?.term).toEqual({ zh: '同江', ru: 'Тунцзян' });
    expect(matchText('同江会晤', searchParts('同江', glossary)).said[0]?.term).toBeUndefined();
    expect(matchText('同江会晤', searchParts('Тунцзян', NO_TERMS)).said).toEqual([undefined]);
  });

  it('is the word that is most alike, where it was mistyped', () => {
    const { marks } = similarMarks('село Нижнеленинское', 'Нижнеленнское');
    expect(marks).toEqual([{ start: 5, end: 19 }]);
    expect(similarMarks('село', 'Тунцзян').marks).toEqual([]);
  });
});
