import type { AccountActor } from '../../src/kernel/actor.js';
import type { TestPortal } from './portal.js';

/** The organizations that tests act for, by their natural keys in the seeds. */
export const actorOf = async (
  portal: TestPortal,
  key: string,
  role: 'official' | 'coordinator' = 'official',
): Promise<AccountActor> => {
  const [row] = await portal.sql(
    'select o.id, o.side from seed_row s join organization o on o.id = s.record_id where s.key = $1',
    [key],
  );
  if (!row) throw new Error(`the seeds hold no organization ${key}`);
  return {
    kind: 'account',
    id: row.id as string,
    roles: [role],
    translatesInto: [],
    side: row.side as 'cn' | 'ru',
    organizationId: row.id as string,
  };
};
