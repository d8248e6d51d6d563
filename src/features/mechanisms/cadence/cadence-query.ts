import { daysBetween } from '../../../kernel/civil-dates.js';
import { isCalendarDate } from '../../../kernel/dates.js';
import { type FieldErrorCode, problem } from '../../../kernel/problems.js';
import { isVocabularyCode, type VocabularyName } from '../../../kernel/vocabularies.js';
import type { GuardRange } from './guard.js';

/** What `GET /mechanisms/cadence` asks. */
export type CadenceQuery = { on?: string; status?: string; side?: string; range: GuardRange };

/** Names of the parameters, in the order of the documents. */
export const CADENCE_PARAMETERS = ['status', 'side', 'from', 'to', 'on'] as const;

/** Longest range of days: ten years, that a daily cadence of every mechanism can still be told. */
const MOST_DAYS = 3_660;

const refused = (parameter: string, code: FieldErrorCode) =>
  problem('request.invalid-parameter', { errors: [{ parameter, code }] });

/** @throws `request.invalid-parameter` */
export const readCadenceQuery = (parameters: ReadonlyMap<string, string>): CadenceQuery => {
  const day = (name: string) => {
    const value = parameters.get(name);
    if (value !== undefined && !isCalendarDate(value)) throw refused(name, 'invalid-date');
    return value;
  };
  const code = (name: string, vocabulary: VocabularyName) => {
    const value = parameters.get(name);
    if (value !== undefined && !isVocabularyCode(vocabulary, value)) throw refused(name, 'unknown-code');
    return value;
  };
  const [from, to, on] = [day('from'), day('to'), day('on')];
  const end = to ?? on ?? new Date().toISOString().slice(0, 10);
  if (from && to && from > to) throw refused('to', 'order-of-dates');
  if (from && daysBetween(from, end) > MOST_DAYS) throw refused('from', 'invalid-value');
  const range = { ...(from && { from }), ...(to && { to }) };
  return { on, status: code('status', 'cadenceStatus'), side: code('side', 'sideOrOther'), range };
};
