import { CHECKS, checkPair } from './checks.js';
import type { PairRow } from './pair-table.js';

/** How a check did on a labelled set: rows that have its fault, rows it alarmed on, and how often both. */
export type Measure = { check: string; faulty: number; alarms: number; right: number };

/** Ids in the column `expected`, parted by spaces. */
export const expectedOf = ({ values }: PairRow): Set<string> =>
  new Set((values.expected ?? '').split(' ').filter((id) => id !== ''));

/** Ids of the checks that alarm on a row. */
export const alarmsOf = ({ pair }: PairRow): Set<string> => new Set(checkPair(pair).map(({ check }) => check));

/** Compares what the checks say with what people say. */
export const measure = (rows: readonly PairRow[]): Measure[] => {
  const judged = rows.map((row) => ({ expected: expectedOf(row), alarms: alarmsOf(row) }));
  return CHECKS.map(({ id }) => ({
    check: id,
    faulty: judged.filter(({ expected }) => expected.has(id)).length,
    alarms: judged.filter(({ alarms }) => alarms.has(id)).length,
    right: judged.filter(({ expected, alarms }) => expected.has(id) && alarms.has(id)).length,
  }));
};

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(2));

const line = ({ check, faulty, alarms, right }: Measure): string =>
  `| ${check} | ${faulty} | ${alarms} | ${right} | ${share(right, alarms)} | ${share(right, faulty)} |\n`;

/** The measures as the table that stands in docs/translation-checks.md. */
export const measureTable = (measures: readonly Measure[]): string => {
  const sumOf = (member: 'faulty' | 'alarms' | 'right') => measures.reduce((sum, one) => sum + one[member], 0);
  const total = { check: 'all', faulty: sumOf('faulty'), alarms: sumOf('alarms'), right: sumOf('right') };
  return `| check | faulty | alarms | right | precision | recall |\n|---|---|---|---|---|---|\n${[...measures, total].map(line).join('')}`;
};
