import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { csvRecords, parseCsv, writeCsv } from './csv.js';

const fieldsOf = (text: string) => parseCsv(text).map(({ fields }) => fields);

describe('comma-separated values', () => {
  test('hold commas, line breaks and quotes in quoted fields', () => {
    expect(fieldsOf('a,"b,c"\r\n"d\ne","say ""so"""\n')).toEqual([
      ['a', 'b,c'],
      ['d\ne', 'say "so"'],
    ]);
    expect(fieldsOf('\uFEFFzh,ru')).toEqual([['zh', 'ru']]);
    expect(fieldsOf('')).toEqual([]);
    expect(fieldsOf('a,\n')).toEqual([['a', '']]);
  });

  test('know the line of the file on which a row begins', () => {
    expect(csvRecords('zh,ru\n"一\n二",а\n三,б\n')).toEqual([
      { line: 2, values: { zh: '一\n二', ru: 'а' } },
      { line: 4, values: { zh: '三', ru: 'б' } },
    ]);
  });

  test('are refused where a quote is left open or something follows it', () => {
    expect(() => parseCsv('"a')).toThrow(RangeError);
    expect(() => parseCsv('"a"b,c')).toThrow(RangeError);
  });

  test('are read back as they were written', () => {
    const field = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '中', 'ж', '\uFEFF') }),
    );
    const table = fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { maxLength: 6 });
    fc.assert(fc.property(table, (rows) => expect(fieldsOf(writeCsv(rows))).toEqual(rows)));
  });

  test('of any text end in rows or in a refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a') }), (text) => {
        try {
          parseCsv(text);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
