import type { Database } from '../infra/database/database.js';
import type { Body } from './body.js';
import { type Field, fieldsOf, type Shape } from './field.js';
import type { ReadContext, Scope } from './scope.js';
import { type FoundReference, referencesIn } from './stored.js';
import { related } from './view.js';

type Named = { id: string; name?: unknown } | null;

/** Names by target and id. */
type Names = ReadonlyMap<string, Named>;

const key = (target: string, id: string): string => `${target}/${id}`;

/** `{id, name}` of each record that the asker may see, one statement a resource; null for all others. */
const readNames = async (
  database: Database,
  scope: Scope,
  read: ReadContext,
  found: readonly FoundReference[],
): Promise<Names> => {
  const names = new Map<string, Named>();
  for (const target of new Set(found.map((reference) => reference.target))) {
    const ids = [...new Set(found.filter((one) => one.target === target).map(({ id }) => id))];
    const text = `select ids.id::text, (${related(read, target, 'ids.id', 'named')})::text
      from unnest($${scope.parameters.length + 1}::uuid[]) ids(id)`;
    for (const [id, json] of await database.rows({ text, values: [...scope.parameters, ids] })) {
      names.set(key(target, id!), json ? (JSON.parse(json) as Named) : null);
    }
  }
  return names;
};

const namedValue = (field: Field, value: unknown, names: Names): unknown => {
  const { target, shape } = field.options;
  const named = (reference: unknown) => names.get(key(target!, (reference as { id: string }).id)) ?? null;
  if (value === null || value === undefined) return value;
  if (field.kind === 'reference') return named(value);
  if (field.kind === 'references') return (value as unknown[]).map(named).filter((one) => one !== null);
  if (field.kind === 'item') return namedBody(shape!(), value as Body, names);
  if (field.kind === 'items') return (value as Body[]).map((item) => namedBody(shape!(), item, names));
  return value;
};

const namedBody = (shape: Shape, body: Body, names: Names): Body =>
  Object.fromEntries(
    fieldsOf(shape)
      .filter(({ name }) => name in body)
      .map((field) => [field.name, namedValue(field, body[field.name], names)]),
  );

/**
 * Turns bodies, whole ones or parts, into the form of answers: a related record that the asker may see gets its name,
 * and one that the asker may not see is left out of lists and null elsewhere.
 */
export const nameReferences = async (
  database: Database,
  scope: Scope,
  read: ReadContext,
  shape: Shape,
  bodies: readonly Body[],
): Promise<Body[]> => {
  const found = bodies.flatMap((body) => referencesIn(shape, body));
  const names = found.length > 0 ? await readNames(database, scope, read, found) : new Map<string, Named>();
  return bodies.map((body) => namedBody(shape, body, names));
};
