import type { Config } from '../../infra/config/config.js';
import type { AccountActor } from '../../kernel/actor.js';
import { owesSecondFactor } from './owed-factor.js';

/** An account as an actor and whether it has a second factor, of the row behind the alias `a`. */
export const ACCOUNT_COLUMNS = `json_build_object('kind', 'account', 'id', a.id, 'roles', a.roles, 'side', a.side,
    'organizationId', a.organization_id, 'translatesInto', a.translates_into, 'language', a.language)::text,
  case when exists (select from second_factor f where f.account_id = a.id and f.confirmed_at is not null)
    then 'set' end`;

/** Who acts when an account does, from the two columns above: with the rights that it has now. */
export const accountActor = (
  config: Pick<Config, 'requireSecondFactor'>,
  [json, factor]: readonly (string | null)[],
): AccountActor => {
  const actor = JSON.parse(json!) as AccountActor;
  return owesSecondFactor(config, actor.roles, factor === 'set') ? { ...actor, owesSecondFactor: true } : actor;
};
