import type { Side } from './actor.js';
import { weekdayOf } from './civil-dates.js';
import type { LanguageMap } from './languages.js';

/** What a day is at work: the first two are worked, nobody works on the next three, of the last nothing is known. */
export const WORKING_DAY_STATUSES = ['working', 'make-up', 'weekend', 'holiday', 'transferred', 'unknown'] as const;
export type WorkingDayStatus = (typeof WORKING_DAY_STATUSES)[number];

/** The official calendar of one year on one side, as its decree names the days; all others follow from the week. */
export type YearCalendar = {
  side: Side;
  year: number;
  /** Decree and law, in both languages. */
  source: LanguageMap;
  /** Holidays, from the first day to the last. */
  holidays: readonly { from: string; to: string; name: LanguageMap }[];
  /** Days of a weekend that are worked. */
  workingWeekends: readonly { on: string; name: LanguageMap }[];
  /** Days off moved here from another day. */
  transferred: readonly { on: string; name: LanguageMap }[];
};

/** Calendars by `side/year`. */
export type Calendars = ReadonlyMap<string, YearCalendar>;

/** One day as the calendar of a side has it; name and source are null where there is nothing to name. */
export type WorkingDay = {
  date: string;
  side: Side;
  status: WorkingDayStatus;
  name: LanguageMap | null;
  source: LanguageMap | null;
};

/** Key of a year's calendar. */
export const calendarKey = (side: Side, year: number | string): string => `${side}/${Number(year)}`;

const isWeekend = (date: string): boolean => weekdayOf(date) > 5;

const statusIn = (calendar: YearCalendar, date: string): [WorkingDayStatus, LanguageMap | null] => {
  const worked = calendar.workingWeekends.find(({ on }) => on === date);
  if (worked) return ['make-up', worked.name];
  const holiday = calendar.holidays.find(({ from, to }) => from <= date && date <= to);
  if (holiday) return ['holiday', holiday.name];
  const moved = calendar.transferred.find(({ on }) => on === date);
  if (moved) return ['transferred', moved.name];
  return [isWeekend(date) ? 'weekend' : 'working', null];
};

/** What a day is on one side. Of a year whose calendar is not there nothing is said, its Sundays included. */
export const workingDayOf = (calendars: Calendars, side: Side, date: string): WorkingDay => {
  const calendar = calendars.get(calendarKey(side, date.slice(0, 4)));
  if (!calendar) return { date, side, status: 'unknown', name: null, source: null };
  const [status, name] = statusIn(calendar, date);
  return { date, side, status, name, source: calendar.source };
};

/** Whether people are at work. */
export const isWorked = (status: WorkingDayStatus): boolean => status === 'working' || status === 'make-up';
