import type { Actor } from '../../kernel/actor.js';
import { isId } from '../../kernel/ids.js';
import { isLanguage } from '../../kernel/languages.js';
import { type FieldError, problem } from '../../kernel/problems.js';
import { isVocabularyCode, type VocabularyName } from '../../kernel/vocabularies.js';

/** Parameters of `GET /translation-units` that narrow the list. */
export const UNIT_FILTERS = ['resource', 'record', 'state', 'language', 'assignee', 'olderThan'] as const;
type UnitFilter = (typeof UNIT_FILTERS)[number];

/** By priority, by age from the oldest, or from the newest. */
type UnitOrder = 'priority' | 'age' | '-age';
const ORDERS: readonly string[] = ['priority', 'age', '-age'];

/** A condition over `translation t`; `parameter` is the place of its value. */
type Condition = { value: unknown; sql: (parameter: string) => string };

const MOST_CODES = 20;

const codes = (raw: string, vocabulary: VocabularyName, column: string): Condition | undefined => {
  const values = raw.split(',');
  if (values.length > MOST_CODES || !values.every((code) => isVocabularyCode(vocabulary, code))) return undefined;
  if (values.length === 1) return { value: values[0], sql: (parameter) => `t.${column} = ${parameter}::text` };
  return { value: values, sql: (parameter) => `t.${column} = any(${parameter}::text[])` };
};

const claimedBy = (id: string): Condition => ({
  value: id,
  sql: (parameter) => `t.assignee_id = ${parameter}::uuid and t.claimed_until > now()`,
});

const assignee = (raw: string, actor: Actor): Condition | undefined => {
  if (raw === 'none')
    return {
      value: null,
      sql: (parameter) => `${parameter}::uuid is null and (t.assignee_id is null or t.claimed_until <= now())`,
    };
  if (raw === 'me') return actor.kind === 'account' ? claimedBy(actor.id) : undefined;
  return isId(raw) ? claimedBy(raw) : undefined;
};

const olderThan = (raw: string): Condition | undefined =>
  /^\d{1,4}$/.test(raw)
    ? { value: Number(raw), sql: (parameter) => `t.since < now() - ${parameter}::integer * interval '1 day'` }
    : undefined;

const CONDITIONS: Record<UnitFilter, (raw: string, actor: Actor) => Condition | undefined> = {
  resource: (raw) => codes(raw, 'resource', 'resource'),
  record: (raw) => (isId(raw) ? { value: raw, sql: (parameter) => `t.record_id = ${parameter}::uuid` } : undefined),
  state: (raw) => codes(raw, 'translationState', 'standing'),
  language: (raw) =>
    isLanguage(raw) ? { value: raw, sql: (parameter) => `t.language = ${parameter}::text` } : undefined,
  assignee,
  olderThan,
};

/** What a list of units was asked for. */
export type UnitQuery = { order: UnitOrder; conditions: Condition[]; identity: unknown[] };

/** @throws `request.invalid-parameter` naming every parameter at fault */
export const unitQuery = (parameters: ReadonlyMap<string, string>, actor: Actor): UnitQuery => {
  const asked = UNIT_FILTERS.filter((name) => parameters.has(name));
  const found = asked.map((name) => CONDITIONS[name](parameters.get(name)!, actor));
  const order = parameters.get('sort') ?? 'priority';
  const bad = [...asked.filter((_, n) => !found[n]), ...(ORDERS.includes(order) ? [] : ['sort'])];
  const errors = bad.map((parameter): FieldError => ({ parameter, code: 'invalid-value' }));
  if (errors.length > 0) throw problem('request.invalid-parameter', { errors });
  return {
    order: order as UnitOrder,
    conditions: found.filter((condition) => condition !== undefined),
    identity: [order, ...asked.map((name) => [name, parameters.get(name)])],
  };
};
