import type { EntityManager } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import { type FieldError, invalid, problem } from '../../kernel/problems.js';
import type { Standing } from './accounts.js';

/** Roles in which somebody acts for an organization. */
const FOR_AN_ORGANIZATION = ['official', 'coordinator'] as const;

/** What in an account's roles, languages and organization does not go together, before anything is looked up. */
export const standingFaults = ({ roles, organizationId, translatesInto }: Standing): FieldError[] => {
  const translates = roles.includes('translator');
  const isRepeated = new Set(roles).size < roles.length;
  const acts = FOR_AN_ORGANIZATION.some((role) => roles.includes(role));
  return [
    ...(roles.length === 0 ? [fault('/roles', 'required')] : []),
    ...(isRepeated ? [fault('/roles', 'invalid-value')] : []),
    ...(translates && translatesInto.length === 0 ? [fault('/translatesInto', 'required')] : []),
    ...(!translates && translatesInto.length > 0 ? [fault('/translatesInto', 'invalid-value')] : []),
    ...(acts && organizationId === null ? [fault('/organization', 'required')] : []),
  ];
};

const fault = (pointer: string, code: FieldError['code']): FieldError => ({ pointer, code });

/**
 * An account must be able to do what its roles are for, in an organization of its side.
 * @throws `request.invalid` with everything that does not go together, `resource.reference-unseen` for an
 *   organization that is not there
 */
export const mustStand = async (manager: EntityManager, standing: Standing): Promise<void> => {
  const faults = standingFaults(standing);
  if (faults.length > 0) throw invalid(faults);
  if (standing.organizationId === null) return;
  const [organization] = (await manager.query(`select side from organization where id = $1 and state <> 'withdrawn'`, [
    standing.organizationId,
  ])) as { side: Side | null }[];
  if (!organization) {
    throw problem('resource.reference-unseen', { errors: [fault('/organization', 'unknown-reference')] });
  }
  if (organization.side !== standing.side) throw invalid([fault('/organization', 'invalid-value')]);
};
