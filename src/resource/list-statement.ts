import type { LanguageChoice } from '../kernel/languages.js';
import type { Position } from './cursor.js';
import { snakeCase } from './field.js';
import { filterSql } from './filters.js';
import type { ListQuery } from './list-query.js';
import type { ReadContext, Scope } from './scope.js';
import { type ResourceSpec, type Sort, tableOf } from './spec.js';
import { lacksLanguageSql, recordSql } from './view.js';

/** A statement with its values; equal texts are prepared once a connection. */
export type Statement = { text: string; values: unknown[] };

const ALIAS = 'r';

type SortKey = { sql: string; type: string };

/** Values that stand at the end of a list in either direction: for what has no value of its own. */
const LAST = {
  instant: { type: 'timestamptz', asc: "'infinity'::timestamptz", desc: "'-infinity'::timestamptz" },
  date: { type: 'date', asc: "'infinity'::date", desc: "'-infinity'::date" },
  integer: { type: 'integer', asc: '2147483647', desc: '-1' },
  amount: { type: 'numeric', asc: "'Infinity'::numeric", desc: '-1::numeric' },
} as const;

/** The expression by which records behind an alias stand in the order of a localized text. */
export const localizedOrder = (field: string, choice: LanguageChoice, alias: string): string => {
  const column = (language: string) => `${alias}."${snakeCase(field)}_${language}"`;
  const [zh, ru] = [`coalesce(${column('zh')}, ${column('ru')})`, `coalesce(${column('ru')}, ${column('zh')})`];
  // Pinyin by words: the collation alone reads 长 as zhang and would put 长春 after 张家口.
  if (choice === 'zh') return `(zh_sort_text(${zh}) collate "zh-x-icu")`;
  if (choice === 'ru') return `(${ru} collate "ru-x-icu")`;
  return `((case ${alias}.source_language when 'ru' then ${ru} else ${zh} end) collate "und-x-icu")`;
};

/**
 * The expression a list is ordered by. Localized texts sort in PostgreSQL: Chinese by pinyin, Russian by its alphabet,
 * and where both languages are answered each record stands under its original text in the neutral root order.
 * Records without a value stand at the end in either direction. Indexes name the same expressions.
 */
export const sortKey = (sort: Sort, choice: LanguageChoice, descending: boolean): SortKey => {
  const column = (part = '') => `${ALIAS}."${snakeCase(sort.field)}${part}"`;
  if (sort.kind === 'localized') return { sql: localizedOrder(sort.field, choice, ALIAS), type: 'text' };
  if (sort.kind === 'text') return { sql: `(coalesce(${column()}, '') collate "C")`, type: 'text' };
  const { type, asc, desc } = LAST[sort.kind];
  const value = sort.kind === 'amount' ? `${column('_amount')}, ${column('_max')}` : column();
  return { sql: `coalesce(${value}, ${descending ? desc : asc})`, type };
};

/** Escapes what LIKE takes for a wildcard, so that `%` and `_` are searched literally (hardening B33). */
const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** The text that `q` looks into: every searchable field in both languages, ё folded to е. */
export const searchSql = (spec: ResourceSpec, alias = ALIAS): string => {
  const texts = spec.searchable.flatMap((field) =>
    ['_zh', '_ru'].map((part) => `coalesce(${alias}."${snakeCase(field)}${part}", '')`),
  );
  return `translate(lower(${texts.join(" || ' ' || ")}), 'ё', 'е')`;
};

const conditions = (spec: ResourceSpec, query: ListQuery, add: (value: unknown) => string): string[] => {
  const list = query.filters.map(([name, values]) => filterSql(spec, spec.filters[name]!, values, ALIAS, add));
  if (query.ids) list.push(`${ALIAS}.id = any(${add(query.ids)}::uuid[])`);
  if (query.missing) list.push(lacksLanguageSql(spec, ALIAS, query.missing));
  if (query.q) list.push(`${searchSql(spec)} like ${add(likePattern(query.q.toLowerCase().replaceAll('ё', 'е')))}`);
  return list;
};

const collector = (scope: Scope) => {
  const values: unknown[] = [...scope.parameters];
  return { values, add: (value: unknown) => `$${values.push(value)}` };
};

const recordTexts = new Map<string, string>();

/** The compiled JSON of a record, made once for each language choice and kind of asker. */
const recordText = (read: ReadContext, spec: ResourceSpec, deep: boolean): string => {
  const key = `${spec.name}/${read.scopeKey}/${deep}`;
  const known = recordTexts.get(key);
  if (known) return known;
  const text = recordSql(read, spec, ALIAS, deep);
  recordTexts.set(key, text);
  return text;
};

const orderOf = (spec: ResourceSpec, query: ListQuery, read: ReadContext) => {
  const key = sortKey(spec.sorts[query.sort.name]!, query.sort.language ?? read.choice, query.sort.descending);
  const direction = query.sort.descending ? 'desc' : 'asc';
  return { key, direction, after: query.sort.descending ? '<' : '>' };
};

/**
 * One page of a list: rows of finished JSON, sort key and id, one row more than asked for.
 * Pages follow each other by sort key and id, so that every page costs the same (architecture: "Lists").
 */
export const listStatement = (
  spec: ResourceSpec,
  query: ListQuery,
  read: ReadContext,
  scope: Scope,
  after?: Position,
): Statement => {
  const { values, add } = collector(scope);
  const { key, direction, after: operator } = orderOf(spec, query, read);
  const where = [scope.sql(ALIAS), ...conditions(spec, query, add)];
  if (after)
    where.push(`(${key.sql}, ${ALIAS}.id) ${operator} (${add(after.key)}::${key.type}, ${add(after.id)}::uuid)`);
  const text = `select (${recordText(read, spec, false)})::text, (${key.sql})::text, ${ALIAS}.id::text
    from "${tableOf(spec)}" ${ALIAS} where ${where.join('\n and ')}
    order by ${key.sql} ${direction}, ${ALIAS}.id ${direction} limit ${query.limit + 1}`;
  return { text, values };
};

/** How many records the list holds in all. */
export const countStatement = (spec: ResourceSpec, query: ListQuery, scope: Scope): Statement => {
  const { values, add } = collector(scope);
  const where = [scope.sql(ALIAS), ...conditions(spec, query, add)];
  return { text: `select count(*)::text from "${tableOf(spec)}" ${ALIAS} where ${where.join('\n and ')}`, values };
};

/** One record as JSON with its version, if the asker may see it. */
export const recordStatement = (spec: ResourceSpec, id: string, read: ReadContext, scope: Scope): Statement => {
  const { values, add } = collector(scope);
  const text = `select (${recordText(read, spec, true)})::text, ${ALIAS}.version::text
    from "${tableOf(spec)}" ${ALIAS} where ${ALIAS}.id = ${add(id)}::uuid and ${scope.sql(ALIAS)}`;
  return { text, values };
};
