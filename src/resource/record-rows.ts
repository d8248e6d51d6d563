import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { RecordState } from '../kernel/access.js';
import { type Problem, problem } from '../kernel/problems.js';
import type { Body } from './body.js';
import { localizedFields, type ResourceSpec } from './spec.js';
import { columnValues, readStored, type Stored, writeLinks } from './stored.js';

/** How rows of a resource come into being and change; who may do it and who is told is decided around it. */

/**
 * Inserts the row of a checked body.
 * @param columns values that the body does not set: the state, published from this moment, and what no request sets
 */
export const insertRow = async (
  manager: EntityManager,
  spec: ResourceSpec,
  id: string,
  body: Body,
  columns: Body & { state: Exclude<RecordState, 'withdrawn'> } = { state: 'draft' },
): Promise<void> => {
  const now = new Date();
  const head = { id, version: 1, createdAt: now, updatedAt: now };
  const dates = columns.state === 'published' ? { publishedAt: now } : {};
  await manager
    .createQueryBuilder()
    .insert()
    .into(spec.entity)
    .values({ ...head, ...dates, ...columnValues(spec, body), ...columns } as never)
    .execute();
  await writeLinks(manager, spec, id, body);
};

/**
 * Conditional update: the version in the predicate decides races, never the order of reads.
 * @throws `resource.stale` for whoever came second
 */
export const updateRow = async (
  manager: EntityManager,
  spec: ResourceSpec,
  stored: Pick<Stored, 'id' | 'version'>,
  values: Body,
): Promise<void> => {
  const changed = { ...values, version: stored.version + 1, updatedAt: new Date() } as ObjectLiteral;
  const result = await manager
    .createQueryBuilder()
    .update(spec.entity)
    .set(changed)
    .where('id = :id and version = :version', { id: stored.id, version: stored.version })
    .execute();
  if (result.affected === 1) return;
  const now = await readStored(manager, spec, stored.id);
  throw now ? stale(spec, now) : problem('resource.stale', { values: { version: stored.version + 1 } });
};

/**
 * What the loser of a race is told: the version that stands, and its texts in both languages as the member `current`,
 * so that nothing of either work is lost.
 */
export const stale = (spec: ResourceSpec, { version, body }: Stored): Problem => {
  const texts = localizedFields(spec).flatMap(({ name }) => (body[name] ? [[name, body[name]] as const] : []));
  return problem('resource.stale', {
    values: { version },
    extensions: { current: { version, ...Object.fromEntries(texts) } },
  });
};
