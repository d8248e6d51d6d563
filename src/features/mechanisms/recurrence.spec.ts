import { describe, expect, it } from '@jest/globals';
import { isRecurrenceRule } from './recurrence.js';

describe('recurrence rule of a cadence', () => {
  it.each([
    'FREQ=YEARLY',
    'FREQ=MONTHLY;INTERVAL=6',
    'INTERVAL=2;FREQ=WEEKLY;BYDAY=MO,FR;WKST=MO',
    'FREQ=MONTHLY;BYDAY=1MO,-1FR',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=15',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    'FREQ=YEARLY;BYYEARDAY=-1;COUNT=10',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=YEARLY;BYDAY=53MO',
    'FREQ=DAILY;UNTIL=20261231',
    'FREQ=DAILY;UNTIL=20261231T235959Z',
  ])('accepts %s', (rule) => {
    expect(isRecurrenceRule(rule)).toBe(true);
  });

  it.each([
    ['no frequency', 'INTERVAL=6'],
    ['nothing', ''],
    ['a trailing semicolon', 'FREQ=YEARLY;'],
    ['a property name', 'RRULE:FREQ=YEARLY'],
    ['an unknown frequency', 'FREQ=FORTNIGHTLY'],
    ['a frequency below a day', 'FREQ=HOURLY'],
    ['an hour', 'FREQ=DAILY;BYHOUR=9'],
    ['a part twice', 'FREQ=YEARLY;INTERVAL=1;INTERVAL=2'],
    ['an inherited name', 'FREQ=YEARLY;constructor=1'],
    ['an interval of nothing', 'FREQ=YEARLY;INTERVAL=0'],
    ['a fraction', 'FREQ=YEARLY;INTERVAL=1.5'],
    ['an end and a count', 'FREQ=YEARLY;COUNT=2;UNTIL=20261231'],
    ['a day that does not exist', 'FREQ=YEARLY;UNTIL=20260230'],
    ['a local end', 'FREQ=YEARLY;UNTIL=20261231T235959'],
    ['a thirteenth month', 'FREQ=YEARLY;BYMONTH=13'],
    ['a negative month', 'FREQ=YEARLY;BYMONTH=-1'],
    ['a day of the month in a week', 'FREQ=WEEKLY;BYMONTHDAY=1'],
    ['a week number in a month', 'FREQ=MONTHLY;BYWEEKNO=1'],
    ['a numbered day in a week', 'FREQ=WEEKLY;BYDAY=1MO'],
    ['a numbered day in a numbered week', 'FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO'],
    ['a fifty-fourth day', 'FREQ=YEARLY;BYDAY=54MO'],
    ['a position in nothing', 'FREQ=YEARLY;BYSETPOS=1'],
    ['an empty list member', 'FREQ=YEARLY;BYMONTH=1,,2'],
    ['the thirtieth of February', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
    ['a day that no month has, day by day', 'FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31'],
    ['a sixth Monday of a month', 'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6'],
    ['a period of a thousand years', 'FREQ=YEARLY;INTERVAL=1000'],
    ['a week that starts on a numbered day', 'FREQ=YEARLY;WKST=1MO'],
  ])('refuses %s', (_, rule) => {
    expect(isRecurrenceRule(rule)).toBe(false);
  });

  it.each([undefined, null, 6, {}, ['FREQ=YEARLY']])('refuses %p, which is no text', (rule) => {
    expect(isRecurrenceRule(rule)).toBe(false);
  });

  it('takes no time over a hostile text', () => {
    const started = performance.now();
    expect(isRecurrenceRule(`FREQ=YEARLY;BYMONTH=${'1,'.repeat(50_000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
