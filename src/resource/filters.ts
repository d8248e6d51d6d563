import { isCalendarDate } from '../kernel/dates.js';
import { isId } from '../kernel/ids.js';
import { isAmount } from '../kernel/quantities.js';
import { normalizeText, textFault } from '../kernel/text.js';
import { isVocabularyCode } from '../kernel/vocabularies.js';
import { fieldOf, snakeCase } from './field.js';
import type { ReadContext } from './scope.js';
import { type Filter, linkTableOf, type ResourceSpec } from './spec.js';

/** Most values one filter takes (hardening B32). */
export const MOST_VALUES = 50;
const LONGEST_TEXT = 100;

const INTEGER = /^-?\d{1,9}$/;

const accepts = (filter: Filter, value: string): boolean => {
  switch (filter.kind) {
    case 'code':
    case 'codes':
    case 'ownCode':
      return isVocabularyCode(filter.vocabulary, value);
    case 'reference':
    case 'references':
    case 'ownReference':
      return isId(value);
    case 'integer':
    case 'integers':
      return INTEGER.test(value);
    case 'amountFrom':
    case 'amountTo':
      return isAmount(value);
    case 'dateFrom':
    case 'dateTo':
    case 'ownDate':
      return isCalendarDate(value);
    case 'boolean':
      return value === 'true' || value === 'false';
    default:
      return textFault(value, { max: LONGEST_TEXT }) === undefined;
  }
};

const SINGLE: ReadonlySet<Filter['kind']> = new Set([
  'amountFrom',
  'amountTo',
  'dateFrom',
  'dateTo',
  'ownDate',
  'boolean',
]);

/** Whether a filter takes several values separated by commas. */
export const takesSeveral = (filter: Filter): boolean => !SINGLE.has(filter.kind);

/**
 * The values of one filter parameter.
 * @returns `undefined` when one of them does not fit the filter
 */
export const parseFilter = (filter: Filter, raw: string): string[] | undefined => {
  const text = normalizeText(raw);
  const values = takesSeveral(filter) ? text.split(',') : [text];
  const fit = values.length <= MOST_VALUES && values.every((value) => value !== '' && accepts(filter, value));
  return fit ? [...new Set(values)].sort() : undefined;
};

/** What the condition of a filter is made with. */
export type FilterContext = {
  /** Puts a value into the statement and returns its placeholder. */
  add: (value: unknown) => string;
  scope: ReadContext['scope'];
};

/**
 * The condition of one filter over a record's alias.
 * @param context where its values go, and what the asker may see
 */
export const filterSql = (
  spec: ResourceSpec,
  filter: Filter,
  values: string[],
  alias: string,
  { add, scope }: FilterContext,
): string => {
  const column = (part = '') => `${alias}."${snakeCase('field' in filter ? filter.field : '')}${part}"`;
  // One value is compared by equality, so that an index on the column also yields the order of the list.
  const anyOf = (sql: string, type: string) =>
    values.length === 1 ? `${sql} = ${add(values[0])}::${type}` : `${sql} = any(${add(values)}::${type}[])`;
  switch (filter.kind) {
    case 'code':
    case 'text':
      return anyOf(column(), 'text');
    case 'integer':
      return anyOf(column(), 'integer');
    case 'reference':
      return anyOf(column('_id'), 'uuid');
    case 'codes':
      return `${column()} && ${add(values)}::text[]`;
    case 'integers':
      return `${column()} && ${add(values)}::integer[]`;
    case 'references': {
      const link = linkTableOf(spec, fieldOf(spec.entity, filter.field));
      return `exists (select 1 from "${link}" l where l.record_id = ${alias}.id and ${anyOf('l.target_id', 'uuid')})`;
    }
    case 'amountFrom':
      return `coalesce(${column('_amount')}, ${column('_max')}) >= ${add(values[0])}::numeric`;
    case 'amountTo':
      return `coalesce(${column('_amount')}, ${column('_min')}) <= ${add(values[0])}::numeric`;
    case 'dateFrom':
      return `${column()} >= ${add(values[0])}::date`;
    case 'dateTo':
      return `${column()} <= ${add(values[0])}::date`;
    case 'boolean':
      return `${column()} = ${add(values[0])}::boolean`;
    case 'ownCode':
      return filter.sql(alias, `${add(values)}::text[]`);
    case 'ownReference':
      return filter.sql(alias, `${add(values)}::uuid[]`);
    case 'ownDate':
      return filter.sql(alias, `${add(values[0])}::date`, scope);
  }
};
