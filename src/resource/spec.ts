import type { Audience } from '../kernel/access.js';
import type { VocabularyName } from '../kernel/vocabularies.js';
import { type Field, fieldsOf, type Shape, snakeCase } from './field.js';
import type { PortalRecord } from './record.js';
import type { ReadContext } from './scope.js';

/** Schema of a value that a query computes, for the OpenAPI documents. */
export type ComputedSchema =
  /** Records with, where named, further members of each. */
  | { kind: 'records'; resource: string; members?: Record<string, ComputedSchema> }
  | { kind: 'record'; resource: string }
  | { kind: 'related'; resource: string }
  | { kind: 'relatedList'; resource: string }
  /** Records with further members, and below `children` the records under each in the same shape. */
  | { kind: 'tree'; resource: string; children: string; members: Record<string, ComputedSchema> }
  | { kind: 'id' }
  | { kind: 'text' }
  | { kind: 'localized' }
  | { kind: 'integer' }
  | { kind: 'date' }
  | { kind: 'instant' }
  | { kind: 'code'; vocabulary: VocabularyName }
  | { kind: 'object'; members: Record<string, ComputedSchema> }
  | { kind: 'objects'; members: Record<string, ComputedSchema> };

/**
 * A member of an answer that is not a column: an SQL expression over the record's alias that yields one JSON value.
 * It must apply `read.scope` to every other record it shows.
 */
export type Computed = {
  schema: ComputedSchema;
  sql: (read: ReadContext, alias: string) => string;
  /**
   * Last step in the program, for what depends on more than the database, such as today's date: makes the answer of
   * what `sql` has read. Only members of `detail` may have one.
   */
  finish?: (read: unknown) => unknown;
};

/** A new record may begin with any value of a field, as with the date of what a document says. */
export const ANY_BEGINNING = 'any';

/** A query parameter of a list and the condition it stands for. */
export type Filter =
  | { kind: 'code'; field: string; vocabulary: VocabularyName }
  | { kind: 'codes'; field: string; vocabulary: VocabularyName }
  | { kind: 'reference'; field: string; target: string }
  | { kind: 'references'; field: string; target: string }
  | { kind: 'text'; field: string }
  | { kind: 'integer'; field: string }
  | { kind: 'integers'; field: string }
  | { kind: 'amountFrom' | 'amountTo'; field: string }
  | { kind: 'dateFrom' | 'dateTo'; field: string }
  | { kind: 'boolean'; field: string }
  /** A condition of the resource's own over a code or another record; `parameter` is the SQL array of values. */
  | { kind: 'ownCode'; vocabulary: VocabularyName; sql: (alias: string, parameter: string) => string }
  | { kind: 'ownReference'; target: string; sql: (alias: string, parameter: string) => string }
  /** The same over a day; it must apply `scope` to every other record that it looks at. */
  | { kind: 'ownDate'; sql: (alias: string, parameter: string, scope: ReadContext['scope']) => string };

/** A field that lists may be sorted by. */
export type Sort =
  /** Only so many letters of a long text decide: the key of a page's last record stands in its cursor. */
  | { kind: 'localized'; field: string; letters?: number }
  | { kind: 'instant' | 'date' | 'integer' | 'amount' | 'text'; field: string };

/**
 * Everything the shared verbs need to know of a resource. A plain object: rules that need code
 * (workflows, deep reads) stay in the feature and are named here.
 */
export type ResourceSpec = {
  /** Singular kebab-case name: permission prefix, reference target, key of the texts in `locales/`. */
  name: string;
  /** Plural kebab-case path below `/api/v1`. */
  path: string;
  entity: Shape<PortalRecord>;
  /** The text by which other records name this one; none where nothing refers to it by text. */
  main?: string;
  filters: Record<string, Filter>;
  sorts: Record<string, Sort>;
  /** Sort of a list that asks for none, such as `-publishedAt`. */
  defaultSort: string;
  /** Localized fields that `q` and the search look into (docs/architecture.md, "Search"). */
  searchable: string[];
  /** Further fields that name the record and rank like its title: short names, aliases, a number. */
  searchNames?: string[];
  /** References whose records' names find this one too, as a meeting is found by the place of its host. */
  searchThrough?: string[];
  /** Whether an index gives each order of the list, so that a frequent word is found at its head. */
  orderIndexed?: boolean;
  /** Members computed for lists and for the single record. */
  computed?: Record<string, Computed>;
  /** Members computed only for `GET /{path}/{id}`: the deep read. */
  detail?: Record<string, Computed>;
  /** The record that this one is part of: who may not write that one may not add to it or change within it. */
  inside?: Inside;
  /** Joint texts: each side changes the text of its own language only, whoever owns the record (`translating.ts`). */
  wordedBySides?: boolean;
  /** Further tables of the resource's workflows, which are no records. */
  tables?: Shape[];
  /** When the record's texts have to be there in both languages, as SQL over its alias: the beginning of a meeting. */
  deadline?: (alias: string) => string;
  /** Rules over the whole record, run before every write; see `store.ts`. */
  rules?: RecordRule[];
  /** Fields that steps of a workflow set and no patch does, each with the values that a new record may begin with. */
  settled?: Readonly<Record<string, readonly unknown[] | typeof ANY_BEGINNING>>;
  /** The widest audience that its records may have, which is also the one they have first; `public` without it. */
  widestAudience?: Audience;
};

/** A rule over several fields of one record: returns the name of the faulty field, or nothing. */
export type RecordRule = (
  body: Record<string, unknown>,
) => { field: string; code: 'required' | 'order-of-dates' | 'date-ahead' | 'invalid-value' } | undefined;

/**
 * Membership in a larger record. `field` names the reference to it; `same` names further references of this record
 * whose targets must lie inside the same one, such as the section of a task within the task's plan.
 * With `open` others may add to a record that is not theirs, as agenda items are proposed for a host's meeting.
 * With `lockedFirst` whoever changes a part waits for the larger record, which the part's rules may write (`locking.ts`).
 */
type Inside = { field: string; same?: string[]; open?: boolean; lockedFirst?: boolean };

const registry = new Map<string, ResourceSpec>();

/** Declares a resource. Called once a feature, at load; naming two resources alike is a fault of the program. */
export const defineResource = <Spec extends ResourceSpec>(spec: Spec): Spec => {
  if (registry.has(spec.name)) throw new Error(`resource ${spec.name} is defined twice`);
  registry.set(spec.name, spec);
  return spec;
};

/** All resources, in the order of definition. */
export const resources = (): ResourceSpec[] => [...registry.values()];

/** A resource by name. */
export const resourceOf = (name: string): ResourceSpec => {
  const spec = registry.get(name);
  if (!spec) throw new Error(`no resource ${name}`);
  return spec;
};

/** Table of a resource, as TypeORM names it: snake_case of the entity class. */
export const tableOf = (spec: ResourceSpec): string => snakeCase(spec.entity.name).slice(1);

/** Link table of an ordered list of references. */
export const linkTableOf = (spec: ResourceSpec, field: Field): string => `${tableOf(spec)}_${snakeCase(field.name)}`;

/** The natural-language fields whose translation the portal watches. */
export const localizedFields = (spec: ResourceSpec): Field[] =>
  fieldsOf(spec.entity).filter((field) => field.kind === 'localized' && field.name !== 'remark');
