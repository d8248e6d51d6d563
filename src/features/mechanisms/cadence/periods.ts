import { addDays, daysBetween, firstOfMonth, weekdayOf } from '../../../kernel/civil-dates.js';
import { occurrencesOf } from './occurrences.js';
import { partsOfRule, type RuleParts, type Span, spanOf } from './rule.js';

/** A half-year, a year … in which so many meetings are expected; both days are included. */
export type Period = { from: string; to: string; expected: number };

/** A rule with the zone of its days and, where known, the day since which it holds. */
export type StatedRule = { rule: string; timeZone: string; startsOn: string | null };

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const MONTHS_OF_YEAR = 12;

/** Whether periods of this length begin on the same days each year, so that nobody has to say where they begin. */
const followsCalendar = ({ unit, length }: Span, parts: RuleParts): boolean => {
  if (unit === 'month') return MONTHS_OF_YEAR % length === 0;
  return (parts.get('INTERVAL') ?? '1') === '1';
};

const monthsOf = (date: string): number => Number(date.slice(0, 4)) * MONTHS_OF_YEAR + Number(date.slice(5, 7)) - 1;

const startOfWeek = (date: string, parts: RuleParts): string => {
  const first = WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO') + 1;
  return addDays(date, -((weekdayOf(date) - first + 7) % 7));
};

/** The first day of the period that a day lies in, where periods follow the calendar; otherwise that of its unit. */
const alignedStart = (date: string, span: Span, parts: RuleParts): string => {
  if (parts.get('FREQ') === 'YEARLY') return `${date.slice(0, 4)}-01-01`;
  if (span.unit === 'month')
    return firstOfMonth(date, followsCalendar(span, parts) ? -(monthsOf(date) % span.length) : 0);
  return parts.get('FREQ') === 'WEEKLY' ? startOfWeek(date, parts) : date;
};

const stepped = (start: string, { unit, length }: Span, steps: number): string =>
  unit === 'month' ? firstOfMonth(start, length * steps) : addDays(start, length * steps);

const stepsTo = (start: string, date: string, { unit, length }: Span): number =>
  Math.floor((unit === 'month' ? monthsOf(date) - monthsOf(start) : daysBetween(start, date)) / length);

/** Where the periods of a rule begin, or nothing where that is not said and the calendar does not say it either. */
const anchorOf = ({ rule, startsOn }: StatedRule, near: string): string | undefined => {
  const parts = partsOfRule(rule);
  const span = spanOf(parts);
  if (startsOn) return alignedStart(startsOn, span, parts);
  return followsCalendar(span, parts) && !parts.has('COUNT') ? alignedStart(near, span, parts) : undefined;
};

/**
 * The periods of a rule that touch the days from one to another, with the number of meetings that the rule names in
 * each. Half-years and quarters are those of the calendar; a rule of every five months or two years counts from the
 * day since which it holds. Periods in which the rule names no meeting are left out.
 * @returns `undefined` where nobody can say where the periods begin
 */
export const periodsOf = (stated: StatedRule, from: string, to: string): Period[] | undefined => {
  const anchor = anchorOf(stated, from);
  if (!anchor) return undefined;
  const span = spanOf(partsOfRule(stated.rule));
  const first = Math.max(stepsTo(anchor, from, span), stated.startsOn ? 0 : Number.NEGATIVE_INFINITY);
  const last = stepsTo(anchor, to, span);
  const starts = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => stepped(anchor, span, first + n));
  if (starts.length === 0) return [];
  const end = addDays(stepped(starts.at(-1)!, span, 1), -1);
  const days = occurrencesOf(stated.rule, stated.timeZone, anchor, starts[0]!, end);
  return starts
    .map((start) => ({ from: start, to: addDays(stepped(start, span, 1), -1) }))
    .map((period) => ({ ...period, expected: days.filter((day) => period.from <= day && day <= period.to).length }))
    .filter(({ expected }) => expected > 0);
};

/** The day that lies so many periods before another one. */
export const periodsBefore = (rule: string, date: string, periods: number): string => {
  const parts = partsOfRule(rule);
  return stepped(alignedStart(date, spanOf(parts), parts), spanOf(parts), -periods);
};
