import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, daysFrom, firstOfMonth, instantAt, localTimeOf, weekdayOf } from './civil-dates.js';

describe('days', () => {
  it('H124 count over the leap day', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(weekdayOf('2024-02-29')).toBe(4);
    expect(weekdayOf('2026-11-22')).toBe(7);
  });

  it('count months from any day of one', () => {
    expect(firstOfMonth('2026-01-31', 1)).toBe('2026-02-01');
    expect(firstOfMonth('2026-01-31', -1)).toBe('2025-12-01');
  });

  it('are listed with both ends', () => {
    expect(daysFrom('2026-12-31', '2027-01-01')).toEqual(['2026-12-31', '2027-01-01']);
    expect(daysFrom('2026-12-31', '2026-12-30')).toEqual([]);
  });
});

describe('local time', () => {
  it('is tomorrow across the river at 23:30 in Heihe', () => {
    const instant = instantAt('2026-06-30', '23:30', 'Asia/Shanghai');
    expect(localTimeOf(instant, 'Asia/Shanghai')).toEqual({ date: '2026-06-30', time: '23:30', offset: '+08:00' });
    expect(localTimeOf(instant, 'Asia/Yakutsk')).toEqual({ date: '2026-07-01', time: '00:30', offset: '+09:00' });
    expect(localTimeOf(instant, 'Asia/Vladivostok')).toEqual({ date: '2026-07-01', time: '01:30', offset: '+10:00' });
  });

  it.each(['Asia/Shanghai', 'Asia/Yakutsk', 'Asia/Vladivostok'])(
    'H124 has the same offset in winter and in summer in %s',
    (zone) => {
      const offsets = ['01', '03', '06', '10'].map(
        (month) => localTimeOf(Date.UTC(2026, Number(month), 1), zone).offset,
      );
      expect(new Set(offsets).size).toBe(1);
    },
  );

  it('H124 knows that Yakutsk had other offsets before', () => {
    expect(localTimeOf(Date.UTC(2012, 6, 1), 'Asia/Yakutsk').offset).toBe('+10:00');
    expect(localTimeOf(Date.UTC(2010, 6, 1), 'Asia/Yakutsk').offset).toBe('+10:00');
    expect(localTimeOf(Date.UTC(2010, 0, 1), 'Asia/Yakutsk').offset).toBe('+09:00');
  });

  it('leads back to the instant', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Europe/Moscow', 'UTC');
    const minutes = fc.integer({ min: Date.UTC(2016, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        // Places on the Amur have kept one offset since the spring of 2016.
        fc.pre(minute * 60_000 > Date.UTC(2016, 4, 1));
        const { date, time } = localTimeOf(minute * 60_000, zone);
        expect(instantAt(date, time, zone)).toBe(minute * 60_000);
      }),
    );
  });
});
