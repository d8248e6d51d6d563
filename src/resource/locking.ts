import type { EntityManager } from 'typeorm';
import { fieldOf, snakeCase } from './field.js';
import { type ResourceSpec, resourceOf, tableOf } from './spec.js';
import { readStored, type Stored } from './stored.js';

type Lockable = { spec: ResourceSpec; id: string };

/**
 * The one order of locks on records, which last until the transaction ends: wholes before their parts, where rules of
 * the parts write the whole (`lockedFirst` of `inside`), and in the order of ids. Keys are left alone (`no key`), so that
 * whoever adds a record which refers to a locked one waits for nobody, and two who do so never wait for each other.
 */
export const lockEach = async (manager: EntityManager, records: readonly Lockable[]): Promise<void> => {
  const wholes = new Map<string, Lockable>();
  for (const record of records) {
    const whole = await wholeOf(manager, record);
    if (whole) wholes.set(whole.id, whole);
  }
  if (wholes.size > 0) await lockEach(manager, [...wholes.values()]);
  for (const { spec, id } of [...records].sort((one, other) => (one.id < other.id ? -1 : 1)))
    await manager.query(`select 1 from "${tableOf(spec)}" where id = $1 for no key update`, [id]);
};

/** The record that is locked before another one, if any. */
const wholeOf = async (manager: EntityManager, { spec, id }: Lockable): Promise<Lockable | undefined> => {
  const { inside } = spec;
  if (!inside?.lockedFirst) return undefined;
  const column = `${snakeCase(inside.field)}_id`;
  const [row] = (await manager.query(`select "${column}" as id from "${tableOf(spec)}" where id = $1`, [id])) as {
    id: string | null;
  }[];
  return row?.id ? { spec: resourceOf(fieldOf(spec.entity, inside.field).options.target!), id: row.id } : undefined;
};

/**
 * A record as it stands, whoever may see it; nobody else changes it until the transaction ends.
 * @returns the record, or `undefined` where there is none with this id
 */
export const lockStored = async (
  manager: EntityManager,
  spec: ResourceSpec,
  id: string,
): Promise<Stored | undefined> => {
  await lockEach(manager, [{ spec, id }]);
  return readStored(manager, spec, id);
};
