import { describe, expect, it } from '@jest/globals';
import { hanGrams, searchFor } from './search.js';
import type { ResourceSpec } from './spec.js';

const spec = { searchable: ['name'] } as unknown as ResourceSpec;
const indexed = { ...spec, searchIndexed: true };

const conditionsOf = (of: ResourceSpec, q: string) => {
  const values: unknown[] = [];
  const search = searchFor(of, q, 'r', (value) => `$${values.push(value)}`);
  return { ofRow: search.ofRow(), byIndex: search.byIndex?.(), values };
};

describe('search', () => {
  it('looks Chinese up by pairs of neighbours, and a single character by itself', () => {
    expect(hanGrams('木材加工')).toEqual(['木材', '材加', '加工']);
    expect(hanGrams('第7号')).toEqual(['第', '号']);
    expect(hanGrams('合作, 合作 Тунцзян')).toEqual(['合作']);
    expect(hanGrams('𠀀𠀁')).toEqual(['𠀀𠀁']);
    expect(hanGrams('Тунцзян 7')).toEqual([]);
  });

  it('answers one or two Chinese characters from the index alone', () => {
    for (const q of ['合作', '木']) {
      expect(conditionsOf(indexed, q)).toMatchObject({
        byIndex: 'han_grams(r.search_text) @> $2::text[]',
        values: [q, [q]],
      });
    }
    expect(conditionsOf(indexed, '木材加工').byIndex).toMatch(/^han_grams.* and r\.search_text like \$3$/);
  });

  it('takes trigrams where three letters stand in a row, and no index where none can help', () => {
    expect(conditionsOf(indexed, 'Тунцзян')).toMatchObject({
      byIndex: 'r.search_text like $2',
      values: ['тунцзян', '%тунцзян%'],
    });
    for (const q of ['ъъ', '%', '_ \\', 'а б']) expect(conditionsOf(indexed, q).byIndex).toBeUndefined();
    expect(conditionsOf(spec, 'Тунцзян').byIndex).toBeUndefined();
  });

  it('folds letters and forms of characters, and searches wildcards literally', () => {
    expect(conditionsOf(indexed, 'Ёлка１２３').values).toEqual(['елка123', '%елка123%']);
    expect(conditionsOf(indexed, '100%_а').values).toEqual(['100%_а', '%100\\%\\_а%']);
    expect(conditionsOf(indexed, '１００％').values[1]).toBe('%100\\%%');
  });
});
