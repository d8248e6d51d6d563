import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isAmount, saysOneSize } from './quantities.js';

describe('amount of money', () => {
  it.each(['0', '5', '280000000', '280000000.00', '0.5', '9999999999999999.99'])('accepts %s', (amount) => {
    expect(isAmount(amount)).toBe(true);
  });

  it.each([
    ['a number', 5],
    ['nothing', ''],
    ['a negative sum', '-1'],
    ['a plus sign', '+1'],
    ['three decimals', '1.005'],
    ['seventeen digits', '12345678901234567'],
    ['an exponent', '1e9'],
    ['a decimal comma', '2,47'],
    ['a thousands separator', '1 000'],
    ['no digit before the point', '.5'],
    ['no digit after the point', '5.'],
    ['not a number', 'NaN'],
    ['infinity', 'Infinity'],
    ['a hexadecimal', '0x10'],
    ['full-width digits', '５'],
    ['Chinese digits', '五'],
    ['a line feed', '5\n'],
  ])('refuses %s', (_, amount) => {
    expect(isAmount(amount)).toBe(false);
  });
});

describe('a size that is said once', () => {
  it.each([
    [{ value: 12, exactness: 'exact' }, true],
    [{ value: 0, exactness: 'about' }, true],
    [{ value: 12, exactness: 'over' }, true],
    [{ min: 1.5, max: 2, exactness: 'range' }, true],
    [{ min: 2, max: 2, exactness: 'range' }, true],
    [{ value: 12, min: null, max: null, exactness: 'exact' }, true],
    [{ min: 2, max: 1.5, exactness: 'range' }, false],
    [{ min: 2, exactness: 'range' }, false],
    [{ max: 2, exactness: 'range' }, false],
    [{ value: 1, min: 1, max: 2, exactness: 'range' }, false],
    [{ value: 1, max: 2, exactness: 'exact' }, false],
    [{ min: 1, max: 2, exactness: 'about' }, false],
    [{ exactness: 'exact' }, false],
    [{}, false],
  ])('%j → %s', (size, says) => {
    expect(saysOneSize(size)).toBe(says);
  });

  it('compares the ends of a range as decimals, whatever their number of digits', () => {
    const hundredths = fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n });
    const amount = (value: bigint) => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
    fc.assert(
      fc.property(hundredths, fc.oneof(hundredths, fc.bigInt({ min: -2n, max: 2n })), (low, other) => {
        const high = other < 3n ? low + other : other;
        fc.pre(high >= 0n && high <= 999_999_999_999_999_999n);
        const range = { min: amount(low), max: amount(high), exactness: 'range' };
        expect(isAmount(range.min) && isAmount(range.max)).toBe(true);
        expect(saysOneSize(range)).toBe(low <= high);
      }),
      { examples: [[999_999_999_999_999_999n, -1n]] },
    );
  });
});
