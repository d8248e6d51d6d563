import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareTexts } from './compare-texts.js';

const textOf = (parts: ReturnType<typeof compareTexts>, ...ops: string[]): string =>
  parts
    .filter(({ op }) => ops.includes(op))
    .map(({ text }) => text)
    .join('');

describe('the comparison of two texts', () => {
  it('goes word by word in Russian', () => {
    expect(compareTexts('ru', 'Мост через Амур открыт', 'Мост через реку Амур открыт')).toEqual([
      { op: 'equal', text: 'Мост через ' },
      { op: 'added', text: 'реку ' },
      { op: 'equal', text: 'Амур открыт' },
    ]);
  });

  it('knows the words of Chinese, which are written without spaces', () => {
    expect(compareTexts('zh', '黑龙江大桥已经开通', '黑龙江大桥即将开通')).toEqual([
      { op: 'equal', text: '黑龙江大桥' },
      { op: 'removed', text: '已经' },
      { op: 'added', text: '即将' },
      { op: 'equal', text: '开通' },
    ]);
  });

  it('gives both texts back from its parts, in either language', () => {
    const text = fc.string({ unit: fc.constantFrom('同', '江', '市', 'мост', ' ', '\n', '.', '«', 'a', '😀') });
    fc.assert(
      fc.property(fc.constantFrom('zh' as const, 'ru' as const), text, text, (language, before, after) => {
        const parts = compareTexts(language, before, after);
        expect([textOf(parts, 'equal', 'removed'), textOf(parts, 'equal', 'added')]).toEqual([before, after]);
        expect(parts.every((one) => one.text !== '')).toBe(true);
      }),
    );
  });

  it('shows texts that have nothing in common one after the other', () => {
    const [before, after] = ['слово '.repeat(3_000), 'иное, '.repeat(3_000)];
    const parts = compareTexts('ru', before, after);
    expect([textOf(parts, 'equal', 'removed'), textOf(parts, 'equal', 'added')]).toEqual([before, after]);
  });
});
