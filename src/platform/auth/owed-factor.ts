import type { Config } from '../../infra/config/config.js';
import type { Role } from '../../kernel/actor.js';

/** Roles that sign for a side or manage accounts: where the portal is told to, it asks them for a second factor. */
const ROLES_OF_WEIGHT: readonly Role[] = ['coordinator', 'administrator'];

/** Whether somebody must set up a second factor before anything else is open. */
export const owesSecondFactor = (
  { requireSecondFactor }: Pick<Config, 'requireSecondFactor'>,
  roles: readonly Role[],
  isSet: boolean,
): boolean => requireSecondFactor && !isSet && roles.some((role) => ROLES_OF_WEIGHT.includes(role));
