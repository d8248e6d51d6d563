import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isCalendarDate, isInstant, isTimeZone } from './dates.js';

const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true });

describe('calendar day', () => {
  it.each(['2026-02-28', '2024-02-29', '2000-02-29', '1900-01-01', '2200-12-31'])('accepts %s', (date) => {
    expect(isCalendarDate(date)).toBe(true);
  });

  it.each([
    ['30 February', '2026-02-30'],
    ['29 February of a common year', '2026-02-29'],
    ['29 February of a century', '1900-02-29'],
    ['31 April', '2026-04-31'],
    ['month 13', '2026-13-01'],
    ['month 0', '2026-00-10'],
    ['day 0', '2026-01-00'],
    ['year 0', '0000-01-01'],
    ['a year before all records', '1899-12-31'],
    ['a year of five digits', '12026-01-01'],
    ['the last year of a Date', '+275760-09-13'],
    ['no leading zeros', '2026-1-1'],
    ['an instant', '2026-01-01T00:00:00Z'],
    ['slashes', '2026/01/01'],
    ['full-width digits', '２０２６-01-01'],
    ['a space', ' 2026-01-01'],
    ['a line feed', '2026-01-01\n'],
    ['a number', 20260101],
    ['nothing', undefined],
    ['a Date', new Date('2026-01-01')],
  ])('refuses %s', (_, date) => {
    expect(isCalendarDate(date)).toBe(false);
  });

  it('accepts every day there is', () => {
    fc.assert(fc.property(day, (date) => expect(isCalendarDate(date.toISOString().slice(0, 10))).toBe(true)));
  });

  it('accepts no day that the calendar would move', () => {
    const number = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2200 }), number(14), number(33), (year, month, date) => {
        const text = [year, month, date].map((part) => String(part).padStart(2, '0')).join('-');
        const moved = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(moved.getTime()) && moved.toISOString().startsWith(text);
        expect(isCalendarDate(text)).toBe(exists);
      }),
    );
  });
});

describe('instant', () => {
  it.each([
    '2026-05-20T09:00:00+08:00',
    '2026-05-20T10:00:00+09:00',
    '2026-05-20T01:00:00Z',
    '2026-05-20T01:00:00.123456Z',
    '2026-05-19T23:59:59-12:00',
  ])('accepts %s', (instant) => {
    expect(isInstant(instant)).toBe(true);
  });

  it.each([
    ['no offset', '2026-05-20T10:00:00'],
    ['hour 24', '2026-05-20T24:00:00Z'],
    ['minute 61', '2026-05-20T24:61:00Z'],
    ['second 60', '2026-05-20T23:59:60Z'],
    ['offset of a day', '2026-05-20T10:00:00+24:00'],
    ['offset without a colon', '2026-05-20T10:00:00+0800'],
    ['a space for the T', '2026-05-20 10:00:00Z'],
    ['no seconds', '2026-05-20T10:00Z'],
    ['seven decimals', '2026-05-20T10:00:00.1234567Z'],
    ['30 February', '2026-02-30T10:00:00Z'],
    ['year 0', '0000-01-01T00:00:00Z'],
    ['year 275761', '+275761-01-01T00:00:00Z'],
    ['a day', '2026-05-20'],
    ['a number', 1_779_000_000],
    ['trailing text', '2026-05-20T10:00:00Z; drop table meeting'],
  ])('refuses %s', (_, instant) => {
    expect(isInstant(instant)).toBe(false);
  });

  it('accepts what a Date writes', () => {
    fc.assert(fc.property(day, (date) => expect(isInstant(date.toISOString())).toBe(true)));
  });
});

describe('time zone', () => {
  it.each(['Asia/Shanghai', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Europe/Moscow', 'Etc/UTC'])('accepts %s', (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });

  it.each(['Asia/Heihe', 'UTC+8', '+08:00', 'CST', 'MSK', '', 'Asia/', '../../etc/passwd', "Asia/Shanghai'", null, 8])(
    'refuses %j',
    (zone) => {
      expect(isTimeZone(zone)).toBe(false);
    },
  );
});
