import type { Language } from '../kernel/languages.js';
import { type Field, fieldsOf, type Shape, snakeCase } from './field.js';
import type { ReadContext } from './scope.js';
import { linkTableOf, localizedFields, type ResourceSpec, resourceOf, tableOf } from './spec.js';

/**
 * Compiles what a resource answers into one select whose result is the finished JSON
 * (docs/architecture.md, "The way of a request"). Identifiers come from declarations only, never from a request.
 */

/** Where members are read from: the columns of a table alias, or the members of a jsonb value. */
type Source = {
  text: (name: string, part?: string) => string;
  json: (name: string, part?: string) => string;
  /** The id of a related record as uuid. */
  id: (name: string) => string;
};

const q = (identifier: string): string => `"${identifier}"`;

const columns = (alias: string): Source => {
  const column = (name: string, part?: string) => `${alias}.${q(snakeCase(name) + (part ? `_${part}` : ''))}`;
  return { text: column, json: column, id: (name) => column(name, 'id') };
};

const members = (value: string): Source => {
  const path = (name: string, part?: string) => (part ? `${value}->'${name}'->` : `${value}->`);
  return {
    text: (name, part) => `${path(name, part)}>'${part ?? name}'`,
    json: (name, part) => `${path(name, part)}'${part ?? name}'`,
    id: (name) => `(${value}->'${name}'->>'id')::uuid`,
  };
};

const object = (entries: [string, string][]): string =>
  `json_build_object(${entries.map(([name, sql]) => `'${name}', ${sql}`).join(', ')})`;

/** A language map trimmed to the languages asked for; the key tells which language was served (bilingual.md, 3). */
export const languageMap = (read: ReadContext, zh: string, ru: string, empty = 'is not null'): string => {
  const has = (sql: string) => `${sql} ${empty}`;
  if (read.choice === 'all') {
    return `case when ${has(zh)} and ${has(ru)} then json_build_object('zh', ${zh}, 'ru', ${ru})
      when ${has(zh)} then json_build_object('zh', ${zh}) when ${has(ru)} then json_build_object('ru', ${ru}) end`;
  }
  const [asked, other] = read.choice === 'zh' ? [zh, ru] : [ru, zh];
  const otherName = read.choice === 'zh' ? 'ru' : 'zh';
  const fallback = read.fallback ? `json_build_object('${otherName}', ${other})` : `'{}'::json`;
  return `case when ${has(asked)} then json_build_object('${read.choice}', ${asked})
    when ${has(other)} then ${fallback} end`;
};

/** `{id, name}` of a record behind an alias. */
const relatedObject = (read: ReadContext, target: ResourceSpec, alias: string): string => {
  const source = columns(alias);
  const id = `${alias}.id`;
  if (!target.main) return object([['id', id]]);
  return object([
    ['id', id],
    ['name', languageMap(read, source.text(target.main, 'zh'), source.text(target.main, 'ru'))],
  ]);
};

/** A related record that the asker may see, otherwise null: its existence is nobody's business either. */
export const related = (read: ReadContext, resource: string, id: string, alias: string): string => {
  const target = resourceOf(resource);
  return `(select ${relatedObject(read, target, alias)} from ${q(tableOf(target))} ${alias}
    where ${alias}.id = ${id} and ${read.scope(alias, resource)})`;
};

/** The same for an ordered list of ids given by a subquery that yields `id` and `position`. */
export const relatedList = (read: ReadContext, resource: string, ids: string, alias: string): string => {
  const target = resourceOf(resource);
  return `(select coalesce(json_agg(${relatedObject(read, target, alias)} order by ids.position), '[]'::json)
    from (${ids}) ids join ${q(tableOf(target))} ${alias} on ${alias}.id = ids.id where ${read.scope(alias, resource)})`;
};

/** Members of a size or a sum that were said; absent ones are left out. */
const sizeObject = (field: Field, source: Source): string => {
  const value = field.kind === 'money' ? 'amount' : 'value';
  const unit = field.kind === 'money' ? 'currency' : 'unit';
  // Money is a decimal string without the zeros that the column's scale adds.
  const number = (part: string) =>
    field.kind === 'money'
      ? `trim_scale((${source.text(field.name, part)})::numeric)::text`
      : source.json(field.name, part);
  return `case when ${source.text(field.name, 'exactness')} is null then null
    when ${source.text(field.name, 'exactness')} = 'range'
    then ${object([
      ['min', number('min')],
      ['max', number('max')],
      [unit, source.text(field.name, unit)],
      ['exactness', source.text(field.name, 'exactness')],
    ])}
    else ${object([
      [value, number(value)],
      [unit, source.text(field.name, unit)],
      ['exactness', source.text(field.name, 'exactness')],
    ])} end`;
};

let aliases = 0;
/** A fresh alias, unique within the process: subselects nest. */
const freshAlias = (): string => {
  aliases = (aliases + 1) % 1_000_000;
  return `t${aliases}`;
};

const itemObject = (read: ReadContext, shape: Shape, value: string): string =>
  object(fieldsOf(shape).map((field) => [field.name, fieldSql(read, field, members(value))]));

/** One field of a table or of a jsonb value as a JSON expression. */
const fieldSql = (read: ReadContext, field: Field, source: Source): string => {
  switch (field.kind) {
    case 'localized':
      return languageMap(read, source.text(field.name, 'zh'), source.text(field.name, 'ru'));
    case 'localizedList':
      return languageMap(read, source.json(field.name, 'zh'), source.json(field.name, 'ru'));
    case 'reference':
      return related(read, field.options.target!, source.id(field.name), freshAlias());
    case 'money':
    case 'quantity':
      return sizeObject(field, source);
    case 'date':
    case 'text':
    case 'code':
      return source.text(field.name);
    case 'item': {
      const value = source.json(field.name);
      return `case when ${value} is null or ${value} = 'null'::jsonb then null else ${itemObject(read, field.options.shape!(), value)} end`;
    }
    case 'items': {
      const alias = freshAlias();
      return `(select coalesce(json_agg(${itemObject(read, field.options.shape!(), `${alias}.value`)} order by ${alias}.n), '[]'::json)
        from jsonb_array_elements(${source.json(field.name)}) with ordinality ${alias}(value, n))`;
    }
    case 'references':
      throw new Error(`${field.name}: an ordered list of references belongs to a record, not to a nested object`);
    default:
      return source.json(field.name);
  }
};

/** The declared members of a class that is no resource's, read from the columns behind an alias. */
export const shapeSql = (read: ReadContext, shape: Shape, alias: string): string =>
  object(fieldsOf(shape).map((field) => [field.name, fieldSql(read, field, columns(alias))]));

const recordFieldSql = (read: ReadContext, spec: ResourceSpec, field: Field, alias: string): string => {
  if (field.kind !== 'references') return fieldSql(read, field, columns(alias));
  const link = q(linkTableOf(spec, field));
  const ids = `select target_id as id, position from ${link} where record_id = ${alias}.id`;
  return relatedList(read, field.options.target!, ids, freshAlias());
};

/**
 * State of each language of a record (bilingual.md, 4), computed from what is there: a text that is missing,
 * a translation made from an older text, a machine's work, a draft, or an approved one. Where several texts
 * differ, the worst is said, and `missing` names the fields that lack the language.
 */
export const languagesSql = (spec: ResourceSpec, alias: string): string => {
  const fields = localizedFields(spec);
  const source = columns(alias);
  const text = (field: Field, language: string) => source.text(field.name, language);
  if (fields.length === 0) return `'{}'::json`;
  const originals = (language: string) =>
    `case t.field ${fields.map((f) => `when '${f.name}' then ${text(f, language)}`).join(' ')} end`;
  // `text_fingerprint` spelled out: PostgreSQL calls a function of that kind anew for every text.
  const fingerprint = (sql: string) => `sha256(convert_to(${sql}, 'UTF8'))`;
  const worst = (language: string, other: string, present: string) => `(select case
      when bool_or(t.source_hash is distinct from ${fingerprint(originals(other))}) then 'stale'
      when bool_or(t.origin = 'machine' and t.state <> 'approved') then 'machine'
      when count(*) = ${present} and bool_and(t.state = 'approved') then 'approved' else 'draft' end
    from translation t where t.record_id = ${alias}.id and t.language = '${language}' and ${originals(language)} is not null)`;
  const state = (language: string, other: string) => {
    const lacks = fields.map((f) => `(${text(f, other)} is not null and ${text(f, language)} is null)`).join(' or ');
    const present = fields.map((f) => `(${text(f, language)} is not null)::int`).join(' + ');
    const named = fields
      .map((f) => `case when ${text(f, other)} is not null and ${text(f, language)} is null then '${f.name}' end`)
      .join(', ');
    return `case when ${lacks} then json_build_object('state', 'missing', 'missing', array_remove(array[${named}]::text[], null))
      when ${alias}.source_language = '${language}' then json_build_object('state', 'source')
      when ${alias}.source_language = 'both' then json_build_object('state', 'authentic')
      else json_build_object('state', ${worst(language, other, present)}) end`;
  };
  return object([
    ['zh', state('zh', 'ru')],
    ['ru', state('ru', 'zh')],
  ]);
};

const HEAD = ['version', 'state', 'audience', 'owner', 'sourceLanguage'];
const TAIL = ['createdAt', 'updatedAt', 'publishedAt'];

/**
 * The JSON object of one record behind an alias, with one level of related names.
 * @param deep adds the members of the resource's deep read
 */
export const recordSql = (read: ReadContext, spec: ResourceSpec, alias: string, deep = false): string => {
  const fields = new Map(fieldsOf(spec.entity).map((field) => [field.name, field]));
  const column = (name: string): [string, string] => [name, recordFieldSql(read, spec, fields.get(name)!, alias)];
  const own = [...fields.keys()].filter((name) => !HEAD.includes(name) && !TAIL.includes(name));
  const computed = { ...spec.computed, ...(deep ? spec.detail : {}) };
  const entries: [string, string][] = [
    ['id', `${alias}.id`],
    ...HEAD.map(column),
    ['languages', languagesSql(spec, alias)],
    ...TAIL.map(column),
    ...own.map(column),
    ...Object.entries(computed).map(([name, member]): [string, string] => [name, member.sql(read, alias)]),
  ];
  return objectInParts(entries);
};

/** PostgreSQL functions take at most 100 arguments, json_build_object 50 members: larger objects are merged. */
const objectInParts = (entries: [string, string][]): string => {
  if (entries.length <= 50) return object(entries);
  throw new Error(`an answer of ${entries.length} members is too wide: group some of them`);
};

/** Other records of a resource as a JSON array: the children of a deep read. */
export const recordList = (
  read: ReadContext,
  resource: string,
  where: (alias: string) => string,
  orderBy: (alias: string) => string,
  deep = false,
): string => {
  const spec = resourceOf(resource);
  const alias = freshAlias();
  return `(select coalesce(json_agg(${recordSql(read, spec, alias, deep)} order by ${orderBy(alias)}), '[]'::json)
    from ${q(tableOf(spec))} ${alias} where ${where(alias)} and ${read.scope(alias, resource)})`;
};

/** The condition that some text of the record lacks a language, for `?missing=ru`. */
export const lacksLanguageSql = (spec: ResourceSpec, alias: string, language: Language): string => {
  const other = language === 'zh' ? 'ru' : 'zh';
  const source = columns(alias);
  const lacks = localizedFields(spec).map(
    (field) => `(${source.text(field.name, other)} is not null and ${source.text(field.name, language)} is null)`,
  );
  return lacks.length === 0 ? 'false' : `(${lacks.join(' or ')})`;
};
