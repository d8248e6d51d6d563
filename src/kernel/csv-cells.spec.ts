import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { harmlessCell, originalCell } from './csv-cells.js';

describe('cells of a table', () => {
  it('E82 that begin like a formula are made harmless', () => {
    for (const cell of [
      '=1+1',
      '+7 (4262)',
      '-5 °C',
      '−5',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1',
      '＋1',
      '－1',
      '＠x',
    ])
      expect(harmlessCell(cell)).toBe(`'${cell}`);
    for (const cell of ['', '合作', 'С = 5', "'цитата'"]) expect(harmlessCell(cell)).toBe(cell);
  });

  it('E82 come back as they were, whatever they were', () => {
    const cell = fc.string({ unit: fc.constantFrom("'", '=', '-', '＠', '\n', 'а', '中', ' ') });
    fc.assert(fc.property(cell, (text) => originalCell(harmlessCell(text)) === text));
  });
});
