import type { EntityManager } from 'typeorm';
import type { Database } from '../../../infra/database/database.js';
import { can, capacitiesOf } from '../../../kernel/access.js';
import { type Actor, organizationOf, SIDES, type Side } from '../../../kernel/actor.js';
import { problem } from '../../../kernel/problems.js';
import type { Stored } from '../../../resource/stored.js';

const SIDES_SQL = `select array_to_string(held_by.sides, ',') as sides
  from meeting m left join mechanism held_by on held_by.id = m.mechanism_id where m.id = $1::uuid`;

/** Both sides where the mechanism of a meeting does not say which take part, or there is none. */
const sidesIn = (listed: string | null | undefined): Side[] => {
  const stated = SIDES.filter((side) => listed?.split(',').includes(side));
  return stated.length > 0 ? stated : [...SIDES];
};

/** The sides that take part in a meeting, and so have to agree to it. */
export const sidesOfMeeting = async (manager: EntityManager, meeting: string): Promise<Side[]> => {
  const [row] = (await manager.query(SIDES_SQL, [meeting])) as { sides: string | null }[];
  return sidesIn(row?.sides);
};

/** The same outside a transaction. */
export const readSidesOfMeeting = async (database: Database, meeting: string): Promise<Side[]> => {
  const [row] = await database.rows({ text: SIDES_SQL, values: [meeting] });
  return sidesIn(row?.[0]);
};

/** The side whose secretariat somebody is, if any. */
export const coordinatedSide = (actor: Actor): Side | null =>
  actor.kind === 'account' && capacitiesOf(actor).has('coordinator') ? actor.side : null;

/** Whether somebody may write a record. */
export const owns = (actor: Actor, resource: string, { facts }: Stored): boolean =>
  can(actor, 'update', resource, facts);

/**
 * Nobody speaks for the other side (hardening A17).
 * @param named the side that a request speaks for
 * @throws `auth.forbidden`
 */
export const mustSpeakFor = (actor: Actor, named: Side): void => {
  if (coordinatedSide(actor) === named) return;
  throw problem('auth.forbidden', { errors: [{ pointer: '/side', code: 'not-yours-to-write' }] });
};

/** What a consent or an answer says of whoever gives it. */
export const stampOf = (actor: Actor, version: number) => {
  const organization = organizationOf(actor);
  return {
    at: new Date().toISOString(),
    version: version + 1,
    ...(organization && { organization: { id: organization } }),
  };
};
