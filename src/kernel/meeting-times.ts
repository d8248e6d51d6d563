import type { Side } from './actor.js';
import { daysFrom, instantAt, localTimeOf } from './civil-dates.js';
import { type Calendars, isWorked, type WorkingDay, workingDayOf } from './working-days.js';

/** Rules for the time of a meeting of both banks. Pure: calendars, zones and other meetings are handed in. */

/** Hours in which offices work on either bank, by the clock of the place. */
const OFFICE_HOURS = { open: '09:00', close: '18:00', lunchFrom: '12:00', lunchTo: '13:00' } as const;

/** Meetings up to this long are kept out of the lunch of either bank; longer ones have theirs in between. */
export const LONGEST_WITHOUT_LUNCH_MINUTES = 180;

/** Steps at which a proposed meeting may begin. */
const STEP_MS = 30 * 60_000;

/** One bank of a meeting: its side, and the zones in which its people sit. */
export type Bank = { side: Side; zones: readonly string[] };

/** A stretch of time in milliseconds since 1970; its end is not part of it. */
export type Stretch = { start: number; end: number };

/** Another meeting of organizations that are to take part. */
export type Engagement = Stretch & { meeting: string; organizations: readonly string[] };

/** Why a time does not suit. */
export type Obstacle =
  | { code: 'day-off' | 'calendar-unknown'; side: Side; day: WorkingDay }
  | { code: 'outside-working-hours'; side: Side; timeZone: string; date: string }
  | { code: 'organization-busy'; meeting: string; organization: string }
  | { code: 'no-common-hours'; date: string };

/** What the rules need to know beside the time itself. */
export type Circumstances = { calendars: Calendars; banks: readonly Bank[]; engagements: readonly Engagement[] };

/** Days on which a bank does not work, and days of which nobody knows. */
export const dayObstacles = (date: string, side: Side, calendars: Calendars): Obstacle[] => {
  const day = workingDayOf(calendars, side, date);
  if (day.status === 'unknown') return [{ code: 'calendar-unknown', side, day }];
  return isWorked(day.status) ? [] : [{ code: 'day-off', side, day }];
};

const overlaps = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;

const bankObstacles = ({ start, end }: Stretch, { side, zones }: Bank, calendars: Calendars): Obstacle[] => {
  const hours = zones.flatMap((timeZone): Obstacle[] => {
    const [from, to] = [localTimeOf(start, timeZone), localTimeOf(end, timeZone)];
    const fits = from.date === to.date && from.time >= OFFICE_HOURS.open && to.time <= OFFICE_HOURS.close;
    return fits ? [] : [{ code: 'outside-working-hours', side, timeZone, date: from.date }];
  });
  // The last moment belongs to the day before where a meeting ends at midnight.
  const dates = zones.flatMap((zone) =>
    daysFrom(localTimeOf(start, zone).date, localTimeOf(Math.max(start, end - 1), zone).date),
  );
  return [...[...new Set(dates)].flatMap((date) => dayObstacles(date, side, calendars)), ...hours];
};

/** Organizations of the meeting that sit in another one at the same time. */
export const engagementObstacles = (stretch: Stretch, engagements: readonly Engagement[]): Obstacle[] =>
  engagements
    .filter((engagement) => overlaps(stretch, engagement))
    .flatMap(({ meeting, organizations }) =>
      organizations.map((organization): Obstacle => ({ code: 'organization-busy', meeting, organization })),
    );

/** Everything that speaks against a time; nothing where it suits. */
export const obstaclesTo = (stretch: Stretch, { calendars, banks, engagements }: Circumstances): Obstacle[] => [
  ...banks.flatMap((bank) => bankObstacles(stretch, bank, calendars)),
  ...engagementObstacles(stretch, engagements),
];

/** A day that was passed over, and why. */
export type PassedDay = { date: string; obstacles: Obstacle[] };

/** What is asked for: days of the calendar, both included, a duration and a number of proposals, one a day. */
export type SlotWish = { from: string; to: string; minutes: number; count: number };

const zonesOf = (banks: readonly Bank[]): string[] => banks.flatMap(({ zones }) => zones);

/** The hours of a day in which every office is open. */
const commonHours = (date: string, zones: readonly string[]): Stretch => ({
  start: Math.max(...zones.map((zone) => instantAt(date, OFFICE_HOURS.open, zone))),
  end: Math.min(...zones.map((zone) => instantAt(date, OFFICE_HOURS.close, zone))),
});

const lunches = (date: string, zones: readonly string[], minutes: number): Stretch[] =>
  minutes > LONGEST_WITHOUT_LUNCH_MINUTES
    ? []
    : zones.map((zone) => ({
        start: instantAt(date, OFFICE_HOURS.lunchFrom, zone),
        end: instantAt(date, OFFICE_HOURS.lunchTo, zone),
      }));

/** Every stretch of the wanted length within the common hours of a day, without the lunches. */
const candidates = (date: string, zones: readonly string[], minutes: number): Stretch[] => {
  const { start, end } = commonHours(date, zones);
  const length = minutes * 60_000;
  const starts = Array.from(
    { length: Math.max(0, Math.floor((end - start - length) / STEP_MS) + 1) },
    (_, n) => start + n * STEP_MS,
  );
  const free = lunches(date, zones, minutes);
  return starts
    .map((from) => ({ start: from, end: from + length }))
    .filter((stretch) => !free.some((lunch) => overlaps(stretch, lunch)));
};

const slotOn = (date: string, minutes: number, circumstances: Circumstances): Stretch | PassedDay => {
  const { banks, calendars } = circumstances;
  const free = banks.flatMap(({ side }) => dayObstacles(date, side, calendars));
  if (free.length > 0) return { date, obstacles: free };
  const possible = candidates(date, zonesOf(banks), minutes);
  if (possible.length === 0) return { date, obstacles: [{ code: 'no-common-hours', date }] };
  const slot = possible.find((stretch) => obstaclesTo(stretch, circumstances).length === 0);
  return slot ?? { date, obstacles: engagementObstacles(commonHours(date, zonesOf(banks)), circumstances.engagements) };
};

/** The next times that suit everybody, at most one a day, and why the days before and between were passed over. */
export const proposeSlots = (
  wish: SlotWish,
  circumstances: Circumstances,
): { slots: Stretch[]; passedOver: PassedDay[] } => {
  const slots: Stretch[] = [];
  const passedOver: PassedDay[] = [];
  for (const date of daysFrom(wish.from, wish.to)) {
    if (slots.length >= wish.count) break;
    const found = slotOn(date, wish.minutes, circumstances);
    if ('date' in found) passedOver.push(found);
    else slots.push(found);
  }
  return { slots, passedOver };
};
