import type { EntityManager } from 'typeorm';

/**
 * Does something that must be done once only: a job whose worker died after its work and before its end is tried again.
 * @param key names the effect
 * @param work what is done, in the transaction that remembers it
 * @returns whether it was done now
 */
export const once = async (manager: EntityManager, key: string, work: () => Promise<void>): Promise<boolean> => {
  const taken = (await manager.query(
    'insert into job_effect (key, done_at) values ($1, now()) on conflict do nothing returning key',
    [key],
  )) as unknown[];
  if (taken.length === 0) return false;
  await work();
  return true;
};
