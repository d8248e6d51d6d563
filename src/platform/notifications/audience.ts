import type { AccountActor } from '../../kernel/actor.js';
import type { MailWish } from '../../kernel/notification-kinds.js';
import { resourceOf, tableOf } from '../../resource/spec.js';
import type { Notification, NotificationAudience } from './notification.js';

/** Somebody in an audience, with what decides what they may read and how they wish to be told. */
export type Person = Omit<AccountActor, 'kind'> & { portal: boolean; mail: MailWish };

/** A statement with its values. */
type Statement = { text: string; values: unknown[] };

/** Every condition that an audience may state, over an account behind the alias `a`. */
const CONDITIONS: Record<keyof NotificationAudience, (parameter: string) => string> = {
  accountIds: (parameter) => `a.id = any (${parameter}::uuid[])`,
  organizationIds: (parameter) => `a.organization_id = any (${parameter}::uuid[])`,
  side: (parameter) => `a.side = ${parameter}::text`,
  roles: (parameter) => `a.roles && ${parameter}::text[]`,
  translatesInto: (parameter) => `${parameter}::text = any (a.translates_into)`,
};

const audienceSql = (audience: NotificationAudience, values: unknown[]): string => {
  const stated = (Object.keys(CONDITIONS) as (keyof NotificationAudience)[]).filter(
    (name) => audience[name] !== undefined,
  );
  if (stated.length === 0) return 'false';
  return stated.map((name) => CONDITIONS[name](`$${values.push(audience[name])}`)).join(' and ');
};

/** The active accounts that belong to one of the audiences, each once, without the one that caused it. */
export const audienceStatement = (
  { kind, to, causedBy }: Notification,
  unstated: Pick<Person, 'portal' | 'mail'>,
): Statement => {
  const values: unknown[] = [kind, causedBy ?? null, unstated.portal, unstated.mail];
  const anyOf = to.map((audience) => `(${audienceSql(audience, values)})`).join(' or ') || 'false';
  return {
    values,
    text: `select a.id, a.roles, a.side, a.organization_id as "organizationId",
        a.translates_into as "translatesInto", coalesce(p.portal, $3::boolean) as portal,
        coalesce(p.mail, $4::text) as mail
      from account a left join notification_preference p on p.account_id = a.id and p.kind = $1::text
      where a.state = 'active' and a.id is distinct from $2::uuid and (${anyOf}) order by a.id`,
  };
};

/** What decides who may read a record; no row where there is none. */
export const factsStatement = ({ resource, id }: Notification['about']): Statement => ({
  values: [id],
  text: `select r.state, r.audience, r.owner_id as "ownerId", o.side as "ownerSide"
    from "${tableOf(resourceOf(resource))}" r left join organization o on o.id = r.owner_id where r.id = $1`,
});
