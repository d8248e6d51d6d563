import type { LanguageChoice } from '../kernel/languages.js';
import type { Position } from './cursor.js';
import { fieldOf, snakeCase } from './field.js';
import { type FilterContext, filterSql } from './filters.js';
import type { ListQuery } from './list-query.js';
import type { ReadContext, Scope } from './scope.js';
import { type ListWords, listWords } from './search/list-words.js';
import { plainWords } from './search/word-search.js';
import { linkTableOf, type ResourceSpec, type Sort, tableOf } from './spec.js';
import { lacksLanguageSql, recordSql } from './view.js';

/** A statement with its values. Equal texts are prepared once a connection, unless the plan depends on the values. */
export type Statement = { text: string; values: unknown[]; planEachTime?: boolean };

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
const sortKey = (sort: Sort, choice: LanguageChoice, descending: boolean): SortKey => {
  const column = (part = '') => `${ALIAS}."${snakeCase(sort.field)}${part}"`;
  if (sort.kind === 'localized') {
    const key = localizedOrder(sort.field, choice, ALIAS);
    return { sql: sort.letters ? `left(${key}, ${sort.letters})` : key, type: 'text' };
  }
  if (sort.kind === 'text') return { sql: `(coalesce(${column()}, '') collate "C")`, type: 'text' };
  const { type, asc, desc } = LAST[sort.kind];
  const value = sort.kind === 'amount' ? `${column('_amount')}, ${column('_max')}` : column();
  return { sql: `coalesce(${value}, ${descending ? desc : asc})`, type };
};

const conditions = (spec: ResourceSpec, query: ListQuery, context: FilterContext, link?: DatedLink): string[] => {
  const { add } = context;
  const list = query.filters
    .filter(([name]) => name !== link?.filter)
    .map(([name, values]) => filterSql(spec, spec.filters[name]!, values, ALIAS, context));
  if (link) list.push(`link.target_id = ${add(link.target)}::uuid`);
  if (query.ids) list.push(`${ALIAS}.id = any(${add(query.ids)}::uuid[])`);
  if (query.missing) list.push(lacksLanguageSql(spec, ALIAS, query.missing));
  return list;
};

type DatedLink = { filter: string; table: string; target: string };

/**
 * The link table that holds the list in its order already: of a filter by one linked record, newest first.
 * Otherwise the list has to be read through until enough of its records have the link.
 */
const datedLink = (spec: ResourceSpec, { filters, sort }: ListQuery): DatedLink | undefined => {
  if (!sort.descending || spec.sorts[sort.name]!.field !== 'publishedAt') return undefined;
  for (const [name, [target, ...others]] of filters) {
    const filter = spec.filters[name]!;
    const field = filter.kind === 'references' ? fieldOf(spec.entity, filter.field) : undefined;
    if (field?.options.dated && others.length === 0) {
      return { filter: name, table: linkTableOf(spec, field), target: target! };
    }
  }
  return undefined;
};

const collector = (scope: Scope) => {
  const values: unknown[] = [...scope.parameters];
  return { values, add: (value: unknown) => `$${values.push(value)}` };
};

const texts = new Map<string, string>();

/** A text made once: a statement that is the very same string every time is recognised without being read. */
const once = (key: string, make: () => string): string => {
  const known = texts.get(key);
  if (known) return known;
  const text = make();
  texts.set(key, text);
  return text;
};

/** The compiled JSON of a record, made once for each language choice and kind of asker. */
const recordText = (read: ReadContext, spec: ResourceSpec, deep: boolean): string =>
  once(`${spec.name}/${read.scopeKey}/${deep}`, () => recordSql(read, spec, ALIAS, deep));

/** What the statements of one list have in common: its records without `q`, the key they are ordered by, its word. */
const outline = (spec: ResourceSpec, query: ListQuery, read: ReadContext, scope: Scope, after?: Position) => {
  const { values, add } = collector(scope);
  const { name, language = read.choice, descending } = query.sort;
  const { sql, type } = sortKey(spec.sorts[name]!, language, descending);
  const link = datedLink(spec, query);
  const [key, id] = link ? ['link.published_at', 'link.record_id'] : [sql, `${ALIAS}.id`];
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  const where = [scope.sql(ALIAS, spec.name), ...conditions(spec, query, { add, scope: scope.sql }, link)];
  if (after) where.push(`(${key}, ${id}) ${beyond} (${add(after.key)}::${type}, ${add(after.id)}::uuid)`);
  const tables = `"${tableOf(spec)}" ${ALIAS}${link ? ` join "${link.table}" link on link.record_id = ${ALIAS}.id` : ''}`;
  return {
    values,
    key,
    id,
    from: `from ${tables} where ${where.join('\n and ')}`,
    orderBy: (sql: string, id: string) => `order by ${sql} ${direction}, ${id} ${direction}`,
    rows: query.limit + 1,
    search: query.q === undefined ? undefined : listWords(spec, query.words ?? plainWords(query.q), ALIAS, add),
  };
};

type Outline = ReturnType<typeof outline>;

/** The records of an outline with its word, if it has one, in their order. */
const ordered = ({ key, id, from, orderBy, rows, search }: Outline): string =>
  `${from}${search ? ` and ${search.byIndex()}` : ''} ${orderBy(key, id)} limit ${rows}`;

/**
 * One page of a list: rows of finished JSON, sort key and id, one row more than asked for.
 * Pages follow each other by sort key and id, so that every page costs the same (architecture: "Lists").
 * Meant for lists without filters: they have one good plan, whatever the values.
 */
export const listStatement = (
  spec: ResourceSpec,
  query: ListQuery,
  read: ReadContext,
  scope: Scope,
  after?: Position,
): Statement => {
  const list = outline(spec, query, read, scope, after);
  const text = `select (${recordText(read, spec, false)})::text, (${list.key})::text, ${ALIAS}.id::text ${ordered(list)}`;
  return { text, values: list.values };
};

/** Whether the values of a query decide how its records are best found. */
export const isNarrowed = (query: ListQuery): boolean =>
  query.filters.length > 0 || query.q !== undefined || query.missing !== undefined || query.ids !== undefined;

/**
 * Sort key and id of each record of a page, one more than asked for: the first half of a list with filters.
 * It is planned with its values, which is cheap for so short a statement: a rare stage is found by its index,
 * a frequent one by reading the list in order.
 */
export const positionsStatement = (
  spec: ResourceSpec,
  query: ListQuery,
  read: ReadContext,
  scope: Scope,
  after?: Position,
): Statement => {
  const list = outline(spec, query, read, scope, after);
  const text =
    list.search && spec.orderIndexed
      ? foundByWord(list, list.search)
      : `select (${list.key})::text, ${ALIAS}.id::text ${ordered(list)}`;
  return { text, values: list.values, planEachTime: true };
};

/** Records at the head of a list that are looked through before an index is asked for a word. */
const LOOKED_THROUGH = 1_000;

/**
 * A page of the records that hold a word. Statistics know frequent words only: a frequent one fills the page from
 * the head of the list; one that does not is rare enough for all its records to be collected by the index.
 */
const foundByWord = ({ key, id, from, orderBy, rows }: Outline, { ofRow, byIndex }: ListWords): string => `
  with head as materialized (
    select ${ALIAS}.key, ${ALIAS}.id
    from (select ${key} as key, ${ALIAS}.* ${from}
      ${orderBy(key, id)} limit ${LOOKED_THROUGH}) ${ALIAS}
    where ${ofRow()} limit ${rows}),
  everywhere as materialized (select ${key} as key, ${ALIAS}.id ${from} and ${byIndex()})
  select found.key::text, found.id::text
  from (select key, id from head where (select count(*) from head) = ${rows}
    union all select key, id from everywhere where (select count(*) from head) < ${rows}) found
  ${orderBy('found.key', 'found.id')} limit ${rows}`;

/** The finished JSON of records that are still to be seen, with their ids: the second half of a list with filters. */
export const recordsStatement = (spec: ResourceSpec, ids: string[], read: ReadContext, scope: Scope): Statement => {
  const { values, add } = collector(scope);
  const text = `select ${ALIAS}.id::text, (${recordText(read, spec, false)})::text
    from "${tableOf(spec)}" ${ALIAS} where ${ALIAS}.id = any(${add(ids)}::uuid[]) and ${scope.sql(ALIAS, spec.name)}`;
  return { text, values };
};

/** How many records the list holds in all. */
export const countStatement = (spec: ResourceSpec, query: ListQuery, read: ReadContext, scope: Scope): Statement => {
  const { values, from, search } = outline(spec, query, read, scope);
  const word = search ? ` and ${search.byIndex()}` : '';
  return { text: `select count(*)::text ${from}${word}`, values, planEachTime: isNarrowed(query) };
};

/** One record as JSON with its version, if the asker may see it. */
export const recordStatement = (spec: ResourceSpec, id: string, read: ReadContext, scope: Scope): Statement => {
  const { values, add } = collector(scope);
  const parameter = add(id);
  const text = once(
    `${spec.name}/${read.scopeKey}`,
    () => `select (${recordText(read, spec, true)})::text as json, ${ALIAS}.version::text as version
    from "${tableOf(spec)}" ${ALIAS} where ${ALIAS}.id = ${parameter}::uuid and ${scope.sql(ALIAS, spec.name)}`,
  );
  return { text, values };
};
