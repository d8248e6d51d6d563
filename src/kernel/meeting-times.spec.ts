import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, instantAt, localTimeOf } from './civil-dates.js';
import { type Bank, type Circumstances, type Engagement, obstaclesTo, proposeSlots } from './meeting-times.js';
import { type Calendars, calendarKey, type YearCalendar } from './working-days.js';

const year = (side: 'cn' | 'ru', holidays: string[]): [string, YearCalendar] => [
  calendarKey(side, 2026),
  {
    ...{ side, year: 2026, source: { zh: '甲', ru: 'А' }, workingWeekends: [], transferred: [] },
    holidays: holidays.map((date) => ({ from: date, to: date, name: { zh: '节', ru: 'Праздник' } })),
  },
];
const calendars: Calendars = new Map([year('cn', ['2026-06-19']), year('ru', ['2026-06-12'])]);
const cn: Bank = { side: 'cn', zones: ['Asia/Shanghai'] };
const amur: Bank = { side: 'ru', zones: ['Asia/Yakutsk'] };
const eao: Bank = { side: 'ru', zones: ['Asia/Vladivostok'] };
const circumstances = (bank: Bank, engagements: Engagement[] = []): Circumstances => ({
  ...{ calendars, banks: [cn, bank], engagements },
});
const at = (date: string, time: string) => instantAt(date, time, 'Asia/Shanghai');
const stretch = (date: string, from: string, to: string) => ({ start: at(date, from), end: at(date, to) });
const codes = (found: readonly { code: string; side?: string }[]) => found.map(({ code, side }) => [code, side]);

describe('what speaks against a time', () => {
  it('is nothing within the hours and days of both banks', () => {
    expect(obstaclesTo(stretch('2026-06-10', '09:00', '17:00'), circumstances(amur))).toEqual([]);
    expect(obstaclesTo(stretch('2026-06-10', '09:00', '16:00'), circumstances(eao))).toEqual([]);
  });

  it('are the hours of the bank where it is later already', () => {
    const late = stretch('2026-06-10', '16:00', '18:00');
    expect(codes(obstaclesTo(late, circumstances(amur)))).toEqual([['outside-working-hours', 'ru']]);
    expect(codes(obstaclesTo(stretch('2026-06-10', '08:00', '10:00'), circumstances(amur)))).toEqual([
      ['outside-working-hours', 'cn'],
    ]);
  });

  it('is the day across the river: 23:30 in Heihe on the eve of a Russian holiday', () => {
    const found = obstaclesTo(stretch('2026-06-11', '23:30', '23:45'), circumstances(amur));
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'day-off', side: 'ru', day: expect.objectContaining({ date: '2026-06-12' }) }),
    );
  });

  it('is a holiday of either side, and a year that nobody knows', () => {
    expect(codes(obstaclesTo(stretch('2026-06-12', '10:00', '11:00'), circumstances(amur)))).toEqual([
      ['day-off', 'ru'],
    ]);
    expect(codes(obstaclesTo(stretch('2026-06-19', '10:00', '11:00'), circumstances(amur)))).toEqual([
      ['day-off', 'cn'],
    ]);
    expect(codes(obstaclesTo(stretch('2027-06-10', '10:00', '11:00'), circumstances(amur)))).toEqual([
      ['calendar-unknown', 'cn'],
      ['calendar-unknown', 'ru'],
    ]);
  });

  it('is another meeting of an organization, unless one begins when the other ends', () => {
    const busy = { ...stretch('2026-06-10', '10:00', '11:00'), meeting: 'm', organizations: ['a', 'b'] };
    const with_ = circumstances(amur, [busy]);
    expect(obstaclesTo(stretch('2026-06-10', '11:00', '12:00'), with_)).toEqual([]);
    expect(obstaclesTo(stretch('2026-06-10', '10:59', '12:00'), with_)).toEqual([
      { code: 'organization-busy', meeting: 'm', organization: 'a' },
      { code: 'organization-busy', meeting: 'm', organization: 'b' },
    ]);
  });
});

const wish = (from: string, to: string, minutes = 60, count = 1) => ({ from, to, minutes, count });
const shown = (slots: readonly { start: number }[]) =>
  slots.map(({ start }) => {
    const { date, time } = localTimeOf(start, 'Asia/Shanghai');
    return `${date} ${time}`;
  });

describe('proposed slots', () => {
  it('are the first common hour of the next day that both banks work, with a reason for each day between', () => {
    const { slots, passedOver } = proposeSlots(wish('2026-06-12', '2026-06-30'), circumstances(amur));
    expect(shown(slots)).toEqual(['2026-06-15 09:00']);
    expect(passedOver.map(({ date, obstacles }) => [date, codes(obstacles)])).toEqual([
      ['2026-06-12', [['day-off', 'ru']]],
      [
        '2026-06-13',
        [
          ['day-off', 'cn'],
          ['day-off', 'ru'],
        ],
      ],
      [
        '2026-06-14',
        [
          ['day-off', 'cn'],
          ['day-off', 'ru'],
        ],
      ],
    ]);
  });

  it('leave out the lunch of either bank, and long meetings have theirs in between', () => {
    // Shanghai eats at 12, Vladivostok at 10 by the clock of Shanghai.
    expect(shown(proposeSlots(wish('2026-06-10', '2026-06-10', 90), circumstances(eao)).slots)).toEqual([
      '2026-06-10 13:00',
    ]);
    expect(shown(proposeSlots(wish('2026-06-10', '2026-06-10', 240), circumstances(eao)).slots)).toEqual([
      '2026-06-10 09:00',
    ]);
  });

  it('say that a day has no common hours of that length', () => {
    const { slots, passedOver } = proposeSlots(wish('2026-06-10', '2026-06-10', 480), circumstances(eao));
    expect([slots, passedOver]).toEqual([
      [],
      [{ date: '2026-06-10', obstacles: [{ code: 'no-common-hours', date: '2026-06-10' }] }],
    ]);
  });

  it('go around other meetings, and name those that fill a day', () => {
    const busy = (from: string, to: string) => ({
      ...stretch('2026-06-10', from, to),
      meeting: 'm',
      organizations: ['a'],
    });
    const morning = circumstances(amur, [busy('09:00', '10:30')]);
    expect(shown(proposeSlots(wish('2026-06-10', '2026-06-10'), morning).slots)).toEqual(['2026-06-10 13:00']);
    const whole = circumstances(amur, [busy('00:00', '23:59')]);
    expect(proposeSlots(wish('2026-06-10', '2026-06-10'), whole).passedOver[0]!.obstacles).toEqual([
      { code: 'organization-busy', meeting: 'm', organization: 'a' },
    ]);
  });

  it('never have a conflict, whatever the wish', () => {
    const day = fc.integer({ min: 0, max: 364 }).map((n) => addDays('2026-01-01', n));
    const banks = fc.subarray([cn, amur, eao, { side: 'ru' as const, zones: ['Asia/Yakutsk', 'Asia/Vladivostok'] }], {
      minLength: 1,
    });
    const engagement = fc.record({
      start: fc.integer({ min: at('2026-01-01', '00:00'), max: at('2026-12-31', '00:00') }),
      hours: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 15, max: 540 }),
        banks,
        fc.array(engagement),
        (from, days, minutes, sides, others) => {
          const engagements = others.map(({ start, hours }) => ({
            start,
            end: start + hours * 3_600_000,
            meeting: 'm',
            organizations: ['a'],
          }));
          const given = { calendars, banks: sides, engagements };
          const { slots, passedOver } = proposeSlots(wish(from, addDays(from, days), minutes, 5), given);
          for (const slot of slots) {
            expect(obstaclesTo(slot, given)).toEqual([]);
            expect(slot.end - slot.start).toBe(minutes * 60_000);
          }
          for (const { obstacles } of passedOver) expect(obstacles).not.toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
