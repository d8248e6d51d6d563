import { describe, expect, it } from '@jest/globals';
import { SIDES, type Side } from '../../kernel/actor.js';
import { addDays, daysFrom } from '../../kernel/civil-dates.js';
import { isWorked, workingDayOf } from '../../kernel/working-days.js';
import { CALENDARS_FOLDER, readCalendars } from './working-calendars.js';

const calendars = readCalendars(CALENDARS_FOLDER);
const statusOf = (side: Side, date: string) => workingDayOf(calendars, side, date).status;

describe('working days', () => {
  it.each<[Side, string, string]>([
    ['cn', '2024-02-04', 'make-up'],
    ['cn', '2024-02-09', 'working'],
    ['cn', '2024-02-10', 'holiday'],
    ['cn', '2024-02-17', 'holiday'],
    ['cn', '2024-02-18', 'make-up'],
    ['cn', '2024-06-09', 'weekend'],
    ['cn', '2024-06-10', 'holiday'],
    ['cn', '2025-01-26', 'make-up'],
    ['cn', '2025-01-28', 'holiday'],
    ['cn', '2025-02-08', 'make-up'],
    ['cn', '2025-10-08', 'holiday'],
    ['cn', '2026-01-04', 'make-up'],
    ['cn', '2026-02-23', 'holiday'],
    ['cn', '2026-11-24', 'working'],
    ['ru', '2024-04-27', 'make-up'],
    ['ru', '2024-04-30', 'transferred'],
    ['ru', '2024-12-28', 'make-up'],
    ['ru', '2024-12-31', 'transferred'],
    ['ru', '2025-02-24', 'working'],
    ['ru', '2025-05-02', 'transferred'],
    ['ru', '2025-06-12', 'holiday'],
    ['ru', '2025-11-01', 'make-up'],
    ['ru', '2025-11-03', 'transferred'],
    ['ru', '2026-01-07', 'holiday'],
    ['ru', '2026-01-09', 'transferred'],
    ['ru', '2026-03-09', 'transferred'],
    ['ru', '2026-05-11', 'transferred'],
    ['ru', '2026-11-04', 'holiday'],
  ])('%s %s is %s', (side, date, status) => {
    expect(statusOf(side, date)).toBe(status);
  });

  it.each<[Side, number, number]>([
    ['cn', 2024, 251],
    ['cn', 2025, 248],
    ['cn', 2026, 248],
    ['ru', 2024, 248],
    ['ru', 2025, 247],
    ['ru', 2026, 247],
  ])('of %s in %d are %d, as published calendars count them', (side, year, count) => {
    const days = daysFrom(`${year}-01-01`, `${year}-12-31`);
    expect(days.filter((date) => isWorked(statusOf(side, date)))).toHaveLength(count);
  });

  it('are unknown in a year whose decree is not there, and not guessed from the week', () => {
    for (const side of SIDES) {
      expect(workingDayOf(calendars, side, '2027-01-01')).toEqual({
        ...{ date: '2027-01-01', side, status: 'unknown', name: null, source: null },
      });
      expect(statusOf(side, '2023-12-31')).toBe('unknown');
    }
  });

  it('are what is left where two sides share a day off: the first of May is free on both banks', () => {
    for (const year of [2024, 2025, 2026])
      for (const side of SIDES) expect(statusOf(side, `${year}-05-01`)).toBe('holiday');
  });
});

describe('the files of the calendars', () => {
  const all = [...calendars.values()] as (typeof calendars extends ReadonlyMap<string, infer C>
    ? C & { reviewed: boolean }
    : never)[];

  it('are reviewed, and name their source in both languages', () => {
    for (const { reviewed, source, side, year } of all) {
      expect([side, year, reviewed]).toEqual([side, year, true]);
      expect(source.zh).toMatch(/\p{Script=Han}/u);
      expect(source.ru).toMatch(/№/);
    }
  });

  it('name only days of their year: each once, and as worked only days of a weekend', () => {
    for (const { year, holidays, workingWeekends, transferred } of all) {
      const free = [...holidays.flatMap(({ from, to }) => daysFrom(from, to)), ...transferred.map(({ on }) => on)];
      const named = [...free, ...workingWeekends.map(({ on }) => on)];
      expect(new Set(named).size).toBe(named.length);
      for (const date of named) expect(date.slice(0, 4)).toBe(String(year));
      for (const { on } of workingWeekends) expect([6, 7]).toContain(new Date(`${on}T00:00:00Z`).getUTCDay() || 7);
      for (const { on } of transferred)
        expect([6, 7]).not.toContain(new Date(`${addDays(on, 0)}T00:00:00Z`).getUTCDay() || 7);
    }
  });
});
