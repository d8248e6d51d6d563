/**
 * Days of the calendar as `YYYY-MM-DD`, which compare as texts, and local time of an instant. The zones of both banks
 * know no daylight saving time, yet nothing here relies on that: offsets come from the zone's own history.
 */

const DAY_MS = 86_400_000;

const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`);

const dateOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** The day so many days later; earlier for a negative number. */
export const addDays = (date: string, days: number): string => dateOf(utc(date) + days * DAY_MS);

/** The first day of the month so many months after that of a day. */
export const firstOfMonth = (date: string, monthsLater = 0): string => {
  const [year, month] = date.split('-').map(Number) as [number, number];
  return dateOf(Date.UTC(year, month - 1 + monthsLater, 1));
};

/** Number of days from one day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / DAY_MS);

/** Day of the week, 1 for Monday to 7 for Sunday. */
export const weekdayOf = (date: string): number => new Date(utc(date)).getUTCDay() || 7;

/** Every day from one to another, both included. */
export const daysFrom = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, n) => addDays(from, n));

/** What the clock on the wall of a place shows. */
export type LocalTime = { date: string /** `HH:MM` */; time: string /** `+08:00` */; offset: string };

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const two = '2-digit';
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
  formats.set(timeZone, made);
  return made;
};

/**
 * Date, time and offset of an instant in a zone of the IANA database.
 * @param instant milliseconds since 1970
 */
export const localTimeOf = (instant: number, timeZone: string): LocalTime => {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    offset: /[+-]\d\d:\d\d/.exec(part('timeZoneName'))?.[0] ?? '+00:00',
  };
};

/** The instant at which a place's clock shows a date and a time `HH:MM`, in milliseconds since 1970. */
export const instantAt = (date: string, time: string, timeZone: string): number => {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  // The offset is that of the moment itself, which the first guess may miss on a day when the clocks change.
  const guess = Date.parse(`${date}T${time}:00${localTimeOf(asUtc, timeZone).offset}`);
  return Date.parse(`${date}T${time}:00${localTimeOf(guess, timeZone).offset}`);
};

/** Where a day of the cooperation begins first. */
const EASTERNMOST = 'Asia/Vladivostok';

/** The last day that has begun somewhere in the cooperation: what has happened has happened by then. */
export const lastDayBegun = (now: number): string => localTimeOf(now, EASTERNMOST).date;
