import { RRuleTemporal } from 'rrule-temporal';
import { localTimeOf } from '../../../kernel/civil-dates.js';
import { partsOfRule } from './rule.js';

/** Most steps that the expansion of a rule takes before it is given up: a day each for half a century. */
const MOST_STEPS = 20_000;

const compact = (date: string): string => date.replaceAll('-', '');

/** Days are counted as if in UTC, so the end of a rule, too, becomes a day: the one in the zone of the cadence. */
const untilDay = (until: string, timeZone: string): string => {
  if (!until.includes('T')) return until;
  const [, year, month, day, time] = /^(\d{4})(\d{2})(\d{2})T(\d{6})Z$/.exec(until)!;
  const clock = `${time!.slice(0, 2)}:${time!.slice(2, 4)}:${time!.slice(4)}`;
  return compact(localTimeOf(Date.parse(`${year}-${month}-${day}T${clock}Z`), timeZone).date);
};

const inDays = (rule: string, timeZone: string): string =>
  [...partsOfRule(rule)]
    .map(([name, value]) => `${name}=${name === 'UNTIL' ? `${untilDay(value, timeZone)}T235959Z` : value}`)
    .join(';');

/**
 * The days on which a rule recurs between two days, both included.
 * @param rule one that `isRecurrenceRule` accepts
 * @param start the first day of the first period, from which intervals and `COUNT` are counted
 * @returns nothing for a rule that goes on without ever naming a day: the expansion is bounded
 */
export const occurrencesOf = (rule: string, timeZone: string, start: string, from: string, to: string): string[] => {
  const rruleString = `DTSTART:${compact(start)}T000000Z\nRRULE:${inDays(rule, timeZone)}`;
  try {
    return new RRuleTemporal({ rruleString, maxIterations: MOST_STEPS, strict: true })
      .between(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`), true)
      .map((occurrence) => occurrence.toString().slice(0, 10));
  } catch {
    return [];
  }
};
