import type { EntityManager } from 'typeorm';
import { fieldOf, snakeCase } from './field.js';
import { type ResourceSpec, resourceOf, tableOf } from './spec.js';
import { readStored, type Stored } from './stored.js';

/**
 * The one order of locks on records: a whole before its parts, where rules of the parts write the whole
 * (`lockedFirst` of `inside`); then the record itself. Keys are left alone (`no key`), so that whoever adds a record
 * which refers to a locked one waits for nobody, and two who do so never wait for each other.
 * @param of SQL of the id; parameter 1 is that of the record that is asked for
 */
const lockRecord = async (manager: EntityManager, spec: ResourceSpec, id: string, of = '$1::uuid'): Promise<void> => {
  const { inside } = spec;
  const table = tableOf(spec);
  if (inside?.lockedFirst) {
    const whole = resourceOf(fieldOf(spec.entity, inside.field).options.target!);
    const wholeId = `(select "${snakeCase(inside.field)}_id" from "${table}" where id = ${of})`;
    await lockRecord(manager, whole, id, wholeId);
  }
  await manager.query(`select 1 from "${table}" where id = ${of} for no key update`, [id]);
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
  await lockRecord(manager, spec, id);
  return readStored(manager, spec, id);
};
