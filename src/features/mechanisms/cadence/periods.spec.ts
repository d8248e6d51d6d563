import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../kernel/civil-dates.js';
import { periodsBefore, periodsOf } from './periods.js';

const rule = (text: string, startsOn: string | null = null) => ({ rule: text, timeZone: 'Asia/Shanghai', startsOn });
const spans = (text: string, from: string, to: string, startsOn: string | null = null) =>
  periodsOf(rule(text, startsOn), from, to)?.map((period) => `${period.from}…${period.to} ${period.expected}`);

describe('periods of a rule', () => {
  it('0-20 are half-years of the calendar for every six months', () => {
    expect(spans('FREQ=MONTHLY;INTERVAL=6', '2024-03-01', '2025-02-01')).toEqual([
      '2024-01-01…2024-06-30 1',
      '2024-07-01…2024-12-31 1',
      '2025-01-01…2025-06-30 1',
    ]);
  });

  it('3-02 are years for a yearly meeting', () => {
    expect(spans('FREQ=YEARLY', '2024-12-31', '2025-01-01')).toEqual([
      '2024-01-01…2024-12-31 1',
      '2025-01-01…2025-12-31 1',
    ]);
  });

  it('hold as many meetings as the rule names days', () => {
    expect(spans('FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=15', '2025-01-01', '2025-01-01')).toEqual([
      '2025-01-01…2025-12-31 2',
    ]);
  });

  it('H124 leave out years without the leap day that the rule names', () => {
    expect(spans('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2024-01-01', '2028-12-31')).toEqual([
      '2024-01-01…2024-12-31 1',
      '2028-01-01…2028-12-31 1',
    ]);
  });

  it('end with the rule, by a day or by a number', () => {
    expect(spans('FREQ=YEARLY;UNTIL=20251231', '2024-01-01', '2027-01-01')).toHaveLength(2);
    expect(spans('FREQ=YEARLY;COUNT=2', '2024-01-01', '2029-01-01', '2024-05-01')).toHaveLength(2);
  });

  it('H124 end on the day of the zone that the last instant lies in', () => {
    // 16:00 in Greenwich is the first minute of the next day in Heihe, and so of the next half-year.
    expect(spans('FREQ=MONTHLY;INTERVAL=6;UNTIL=20240630T155959Z', '2024-01-01', '2024-12-31')).toHaveLength(1);
    expect(spans('FREQ=MONTHLY;INTERVAL=6;UNTIL=20240630T160000Z', '2024-01-01', '2024-12-31')).toHaveLength(2);
  });

  it('count from the stated day where the calendar does not say where they begin, and are not guessed without it', () => {
    expect(spans('FREQ=YEARLY;INTERVAL=2', '2024-01-01', '2026-01-01', '2021-06-01')).toEqual([
      '2023-01-01…2024-12-31 1',
      '2025-01-01…2026-12-31 1',
    ]);
    expect(spans('FREQ=MONTHLY;INTERVAL=5', '2024-01-01', '2026-01-01')).toBeUndefined();
    expect(spans('FREQ=YEARLY;COUNT=2', '2024-01-01', '2026-01-01')).toBeUndefined();
  });

  it('do not begin before the rule does', () => {
    expect(spans('FREQ=MONTHLY;INTERVAL=6', '2018-01-01', '2020-06-30', '2019-12-02')).toEqual([
      '2019-07-01…2019-12-31 1',
      '2020-01-01…2020-06-30 1',
    ]);
  });

  it('are weeks from Monday, or from the day that the rule says', () => {
    expect(spans('FREQ=WEEKLY', '2026-11-24', '2026-11-24')).toEqual(['2026-11-23…2026-11-29 1']);
    expect(spans('FREQ=WEEKLY;WKST=SU', '2026-11-24', '2026-11-24')).toEqual(['2026-11-22…2026-11-28 1']);
  });

  it('follow one another without gap or overlap', () => {
    const rules = fc.constantFrom(
      'FREQ=YEARLY',
      'FREQ=MONTHLY',
      'FREQ=MONTHLY;INTERVAL=3',
      'FREQ=WEEKLY',
      'FREQ=DAILY',
    );
    const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('1990-01-01', n));
    fc.assert(
      fc.property(rules, days, fc.integer({ min: 0, max: 500 }), (text, from, length) => {
        const periods = periodsOf(rule(text), from, addDays(from, length))!;
        expect(periods[0]!.from <= from && periods.at(-1)!.to >= addDays(from, length)).toBe(true);
        for (const [n, period] of periods.slice(1).entries()) expect(addDays(periods[n]!.to, 1)).toBe(period.from);
      }),
      { numRuns: 40 },
    );
  });

  it('are counted back', () => {
    expect(periodsBefore('FREQ=MONTHLY;INTERVAL=6', '2026-11-24', 2)).toBe('2025-07-01');
    expect(periodsBefore('FREQ=YEARLY', '2026-11-24', 4)).toBe('2022-01-01');
  });
});
