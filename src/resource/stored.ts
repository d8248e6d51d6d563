import type { EntityManager } from 'typeorm';
import type { AccessFacts } from '../kernel/access.js';
import type { Language } from '../kernel/languages.js';
import type { Body } from './body.js';
import { type Field, fieldsOf, type Shape } from './field.js';
import { isWritable } from './fields.js';
import { linkTableOf, type ResourceSpec, tableOf } from './spec.js';
import { languagesSql, recordSql } from './view.js';

/** State of each language of a record, as answers tell it. */
export type LanguageStates = Partial<Record<Language, { state: string }>>;

/** A record as it stands in the database, in the form that requests have. */
export type Stored = {
  id: string;
  version: number;
  facts: AccessFacts;
  body: Body;
  /** The whole answer, with the members that no request sets. */
  record: Body;
  languages: LanguageStates;
};

const UNSCOPED = { choice: 'all', fallback: true, scope: () => 'true', scopeKey: 'stored' } as const;

const statements = new Map<string, string>();

/** Reads a record with its facts; the caller decides from them what may be shown. */
const storedStatement = (spec: ResourceSpec): string => {
  const known = statements.get(spec.name);
  if (known) return known;
  const text = `select r.version, r.state, r.audience, r.owner_id, o.side as owner_side, ${recordSql(UNSCOPED, spec, 'r')} as record
    from "${tableOf(spec)}" r left join organization o on o.id = r.owner_id where r.id = $1`;
  statements.set(spec.name, text);
  return text;
};

type Row = {
  version: number;
  state: AccessFacts['state'];
  audience: AccessFacts['audience'];
  owner_id: string | null;
  owner_side: AccessFacts['ownerSide'];
  record: Body;
};

/** @returns the record, or `undefined` where there is none with this id */
export const readStored = async (
  manager: EntityManager,
  spec: ResourceSpec,
  id: string,
): Promise<Stored | undefined> => {
  const [row] = (await manager.query(storedStatement(spec), [id])) as Row[];
  if (!row) return undefined;
  const facts = { state: row.state, audience: row.audience, ownerId: row.owner_id, ownerSide: row.owner_side };
  const languages = row.record.languages as LanguageStates;
  return { id, version: row.version, facts, body: toBody(spec.entity, row.record), record: row.record, languages };
};

/** State of each language of a record as it stands now. */
export const languageStates = async (
  manager: EntityManager,
  spec: ResourceSpec,
  id: string,
): Promise<LanguageStates> => {
  const text = `select ${languagesSql(spec, 'r')} as languages from "${tableOf(spec)}" r where r.id = $1`;
  const [row] = (await manager.query(text, [id])) as { languages: LanguageStates }[];
  return row?.languages ?? {};
};

/** Turns an answer back into the body that would produce it: related records lose their names, nulls go. */
export const toBody = (shape: Shape, record: Body): Body =>
  Object.fromEntries(
    fieldsOf(shape)
      .filter((field) => isWritable(field) && record[field.name] !== null && record[field.name] !== undefined)
      .map((field) => [field.name, toBodyValue(field, record[field.name])]),
  );

const toBodyValue = (field: Field, value: unknown): unknown => {
  const nameless = (reference: unknown) => ({ id: (reference as { id: string }).id });
  if (field.kind === 'reference') return nameless(value);
  if (field.kind === 'references') return (value as unknown[]).map(nameless);
  if (field.kind === 'item') return toBody(field.options.shape!(), value as Body);
  if (field.kind === 'items') return (value as Body[]).map((item) => toBody(field.options.shape!(), item));
  return value;
};

/** The parts of embedded values, so that what a request leaves out or clears becomes null in every column. */
const PARTS: Partial<Record<Field['kind'], string[]>> = {
  localized: ['zh', 'ru'],
  localizedList: ['zh', 'ru'],
  money: ['amount', 'min', 'max', 'currency', 'exactness'],
  quantity: ['value', 'min', 'max', 'unit', 'exactness'],
};

/** Column values of a checked body, for TypeORM's insert and update. */
export const columnValues = (spec: ResourceSpec, body: Body): Body =>
  Object.fromEntries(
    fieldsOf(spec.entity)
      .filter((field) => isWritable(field) && field.kind !== 'references')
      .map((field) => [field.name, columnValue(field, body[field.name])]),
  );

const columnValue = (field: Field, value: unknown): unknown => {
  const parts = PARTS[field.kind];
  if (!parts) return value ?? null;
  return Object.fromEntries(parts.map((part) => [part, (value as Body | undefined)?.[part] ?? null]));
};

const targetsOf = (body: Body | undefined, field: Field): string[] =>
  ((body?.[field.name] as { id: string }[] | undefined) ?? []).map((reference) => reference.id);

/**
 * Writes the ordered reference lists that differ from what stands there.
 * @param before the stored body, none for a new record
 */
export const writeLinks = async (
  manager: EntityManager,
  spec: ResourceSpec,
  id: string,
  body: Body,
  before?: Body,
): Promise<void> => {
  for (const field of fieldsOf(spec.entity)) {
    if (field.kind !== 'references') continue;
    const [targets, stored] = [targetsOf(body, field), targetsOf(before, field)];
    if (targets.join() === stored.join()) continue;
    const table = linkTableOf(spec, field);
    if (stored.length > 0) await manager.query(`delete from "${table}" where record_id = $1`, [id]);
    if (targets.length === 0) continue;
    await manager.query(
      `insert into "${table}" (record_id, target_id, position)
       select $1, target, n from unnest($2::uuid[]) with ordinality as list(target, n)`,
      [id, targets],
    );
  }
};

/** A reference inside a body: where it stands and what it points to. */
export type FoundReference = { pointer: string; target: string; id: string };

/** Every reference of a body, those inside nested objects included. */
export const referencesIn = (shape: Shape, body: Body, parent = ''): FoundReference[] =>
  fieldsOf(shape).flatMap((field) => {
    const value = body[field.name];
    const pointer = `${parent}/${field.name}`;
    if (value === null || value === undefined) return [];
    const found = (reference: unknown, at: string): FoundReference => ({
      pointer: at,
      target: field.options.target!,
      id: (reference as { id: string }).id,
    });
    if (field.kind === 'reference') return [found(value, pointer)];
    if (field.kind === 'references') return (value as unknown[]).map((one, n) => found(one, `${pointer}/${n}`));
    if (field.kind === 'item') return referencesIn(field.options.shape!(), value as Body, pointer);
    if (field.kind === 'items') {
      return (value as Body[]).flatMap((one, n) => referencesIn(field.options.shape!(), one, `${pointer}/${n}`));
    }
    return [];
  });
