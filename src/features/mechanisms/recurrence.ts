import { occurrencesOf } from './cadence/occurrences.js';

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
type Frequency = (typeof FREQUENCIES)[number];

/** The parts of a rule by name; every value as written. */
type Parts = ReadonlyMap<string, string>;

const POSITIVE = /^[1-9]\d{0,3}$/;
const UNTIL = /^(\d{4})(\d{2})(\d{2})(T([01]\d|2[0-3])[0-5]\d[0-5]\dZ)?$/;
const DAY = /^(?:([+-]?[1-9]\d?))?(?:MO|TU|WE|TH|FR|SA|SU)$/;
const NUMBER = /^[+-]?[1-9]\d{0,2}$/;

const isExistingDay = (value: string): boolean => {
  const [, year, month, day] = UNTIL.exec(value) ?? [];
  if (!year) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};

/** Comma-separated numbers up to a highest one; negative ones count from the end where that has a meaning. */
const numbers = (highest: number, fromEnd = true) => {
  const fits = (text: string) =>
    NUMBER.test(text) && Math.abs(Number(text)) <= highest && (fromEnd || Number(text) > 0);
  return (value: string) => value.split(',').every(fits);
};

const days = (value: string): boolean =>
  value.split(',').every((day) => {
    const match = DAY.exec(day);
    return match !== null && Math.abs(Number(match[1] ?? 1)) <= 53;
  });

/**
 * The parts a cadence may have. Those below a day (`BYHOUR` …) are left out on purpose: a cadence names periods,
 * and the hour belongs to each meeting.
 */
const VALUES: Record<string, (value: string) => boolean> = {
  FREQ: (value) => (FREQUENCIES as readonly string[]).includes(value),
  INTERVAL: (value) => POSITIVE.test(value),
  COUNT: (value) => POSITIVE.test(value),
  UNTIL: isExistingDay,
  WKST: (value) => DAY.test(value) && value.length === 2,
  BYMONTH: numbers(12, false),
  BYWEEKNO: numbers(53),
  BYYEARDAY: numbers(366),
  BYMONTHDAY: numbers(31),
  BYDAY: days,
  BYSETPOS: numbers(366),
};

/** Frequencies a part may stand with (RFC 5545, 3.3.10, table of BYxxx expansions: "N/A" is refused). */
const ONLY_WITH: Record<string, readonly Frequency[]> = {
  BYWEEKNO: ['YEARLY'],
  BYYEARDAY: ['YEARLY'],
  BYMONTHDAY: ['DAILY', 'MONTHLY', 'YEARLY'],
};

/** Longest interval of each frequency: twenty years; what comes round more rarely is a slip of the keyboard. */
const LONGEST_INTERVAL: Record<Frequency, number> = { DAILY: 7_300, WEEKLY: 1_040, MONTHLY: 240, YEARLY: 20 };

const partsOf = (rule: string): Parts | undefined => {
  const pairs = rule.split(';').map((part) => part.split('='));
  if (pairs.some((pair) => pair.length !== 2)) return undefined;
  const parts = new Map(pairs as [string, string][]);
  return parts.size === pairs.length ? parts : undefined;
};

const fitTogether = (parts: Parts): boolean => {
  const frequency = parts.get('FREQ') as Frequency;
  const numbered = /\d/.test(parts.get('BYDAY') ?? '');
  if (parts.has('COUNT') && parts.has('UNTIL')) return false;
  if (Number(parts.get('INTERVAL') ?? 1) > LONGEST_INTERVAL[frequency]) return false;
  if (Object.entries(ONLY_WITH).some(([name, allowed]) => parts.has(name) && !allowed.includes(frequency)))
    return false;
  if (numbered && frequency !== 'MONTHLY' && frequency !== 'YEARLY') return false;
  if (numbered && parts.has('BYWEEKNO')) return false;
  const others = [...parts.keys()].filter((name) => name.startsWith('BY') && name !== 'BYSETPOS');
  return !parts.has('BYSETPOS') || others.length > 0;
};

/** A stretch of years in which every combination of leap years and weekdays occurs. */
const [FIRST_DAY, LAST_DAY] = ['2000-01-01', '2027-12-31'];

/** Whether the rule names any day at all: the thirtieth of February is none. Where it ends does not matter here. */
const namesSomeDay = (parts: Parts): boolean => {
  if (![...parts.keys()].some((name) => name.startsWith('BY'))) return true;
  const endless = [...parts].filter(([name]) => name !== 'UNTIL' && name !== 'COUNT' && name !== 'INTERVAL');
  const rule = endless.map((pair) => pair.join('=')).join(';');
  return occurrencesOf(rule, 'UTC', FIRST_DAY, FIRST_DAY, LAST_DAY).length > 0;
};

/**
 * Whether a text is a recurrence rule of RFC 5545 for periods of a day and longer, such as
 * `FREQ=MONTHLY;INTERVAL=6` for "every half-year". Names and values in capitals, no `RRULE:` before them.
 */
export const isRecurrenceRule = (rule: unknown): boolean => {
  const parts = typeof rule === 'string' ? partsOf(rule) : undefined;
  if (!parts?.has('FREQ')) return false;
  const fits = ([name, value]: [string, string]) => Object.hasOwn(VALUES, name) && VALUES[name]!(value);
  return [...parts].every(fits) && fitTogether(parts) && namesSomeDay(parts);
};
