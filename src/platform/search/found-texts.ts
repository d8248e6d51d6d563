import type { Database, ReadStatement } from '../../infra/database/database.js';
import type { Language, LanguageMap } from '../../kernel/languages.js';
import { type Field, fieldOf, snakeCase } from '../../resource/field.js';
import type { ReadContext, Scope } from '../../resource/scope.js';
import { type ResourceSpec, resourceOf, tableOf } from '../../resource/spec.js';
import { languageMap } from '../../resource/view.js';

/** A record that a search found. */
export type Found = { id: string; resource: string };

/** One text of a record; a number has no language of its own. */
export type FieldText = { field: string; lang: Language | undefined; text: string; naming: boolean };

/** What is shown of a found record, and the texts that it may have been found by. */
export type FoundTexts = Found & {
  title: LanguageMap | null;
  texts: FieldText[];
  /** Records that it refers to and whose names find it, by the field. */
  through: readonly (readonly [field: string, id: string])[];
};

/** Names of the fields by which a record is found, its names first. */
const fieldsFoundBy = (spec: ResourceSpec): { field: Field; naming: boolean }[] => {
  const naming = [...(spec.main ? [spec.main] : []), ...(spec.searchNames ?? [])];
  const others = spec.searchable.filter((name) => !naming.includes(name));
  return [
    ...naming.map((name) => ({ field: fieldOf(spec.entity, name), naming: true })),
    ...others.map((name) => ({ field: fieldOf(spec.entity, name), naming: false })),
  ];
};

const textsSql = (spec: ResourceSpec): string => {
  const members = fieldsFoundBy(spec).map(({ field }) => {
    const column = (part: string) => `r."${snakeCase(field.name)}${part}"`;
    const isMap = field.kind === 'localized' || field.kind === 'localizedList';
    return `'${field.name}', ${isMap ? `json_build_object('zh', ${column('_zh')}, 'ru', ${column('_ru')})` : column('')}`;
  });
  return `json_build_object(${members.join(', ')})`;
};

const throughSql = (spec: ResourceSpec): string =>
  `json_build_object(${(spec.searchThrough ?? []).map((field) => `'${field}', r."${snakeCase(field)}_id"`).join(', ')})`;

const titleSql = (read: ReadContext, { main }: ResourceSpec): string =>
  main ? languageMap(read, `r."${snakeCase(main)}_zh"`, `r."${snakeCase(main)}_ru"`) : 'null::json';

const recordSql = (read: ReadContext, spec: ResourceSpec, ids: string): string =>
  `select '${spec.name}', r.id::text, (${titleSql(read, spec)})::text, (${textsSql(spec)})::text, (${throughSql(spec)})::text
    from "${tableOf(spec)}" r where r.id = any(${ids}::uuid[]) and ${read.scope('r', spec.name)}`;

/** The texts of found records as they are now, each only if the asker may see it now. */
const statement = (read: ReadContext, scope: Scope, found: readonly Found[]): ReadStatement => {
  const values: unknown[] = [...scope.parameters];
  const names = [...new Set(found.map(({ resource }) => resource))].sort();
  const selects = names.map((name) => {
    const ids = found.filter(({ resource }) => resource === name).map(({ id }) => id);
    return recordSql(read, resourceOf(name), `$${values.push(ids)}`);
  });
  return { text: selects.join(' union all '), values };
};

/** Every text in a value of JSON: one text, a list of names, the members of a number. */
const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
};

const textsOf = (spec: ResourceSpec, json: string): FieldText[] => {
  const values = JSON.parse(json) as Record<string, Record<string, unknown> | null>;
  return fieldsFoundBy(spec).flatMap(({ field: { name, kind }, naming }) => {
    const value = values[name];
    const isMap = kind === 'localized' || kind === 'localizedList';
    const make = (lang: Language | undefined) => (text: string) => ({ field: name, lang, text, naming });
    if (!isMap) return strings(value).map(make(undefined));
    return [...strings(value?.zh).map(make('zh')), ...strings(value?.ru).map(make('ru'))];
  });
};

/** @returns what is to be shown of each record, by its id; nothing of one that was hidden meanwhile */
export const readFound = async (
  database: Database,
  read: ReadContext,
  scope: Scope,
  found: readonly Found[],
): Promise<ReadonlyMap<string, FoundTexts>> => {
  if (found.length === 0) return new Map();
  const rows = await database.rows(statement(read, scope, found));
  return new Map(
    rows.map(([resource, id, title, texts, through]) => [
      id!,
      {
        id: id!,
        resource: resource!,
        title: title ? (JSON.parse(title) as LanguageMap) : null,
        texts: textsOf(resourceOf(resource!), texts!),
        through: Object.entries(JSON.parse(through!) as Record<string, string | null>).flatMap(([field, target]) =>
          target ? [[field, target] as const] : [],
        ),
      },
    ]),
  );
};
