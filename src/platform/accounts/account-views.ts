import type { EntityManager } from 'typeorm';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';
import { recordReply } from '../../resource/reply.js';
import type { ReadContext } from '../../resource/scope.js';
import { languageMap, related } from '../../resource/view.js';

/** Whoever may see an account sees the organization that it acts for. */
const contextOf = ({ choice, fallback }: Pick<Ask, 'choice' | 'fallback'>): ReadContext => ({
  choice,
  fallback,
  scope: () => 'true',
  scopeKey: 'account',
});

/** Finished JSON of an account behind the alias `a`. */
export const accountSql = (ask: Ask): string => {
  const read = contextOf(ask);
  return `json_build_object('id', a.id, 'version', a.version, 'email', a.email,
    'name', ${languageMap(read, 'a.name_zh', 'a.name_ru')}, 'roles', a.roles, 'side', a.side,
    'organization', ${related(read, 'organization', 'a.organization_id', 'o')},
    'translatesInto', a.translates_into, 'language', a.language, 'state', a.state,
    'hasSecondFactor', exists (select from second_factor f where f.account_id = a.id and f.confirmed_at is not null),
    'createdAt', a.created_at, 'updatedAt', a.updated_at,
    'lastSignedInAt', a.last_signed_in_at)::text`;
};

/** Finished JSON of an invitation behind the alias `i`. */
export const invitationSql = (ask: Ask): string => {
  const read = contextOf(ask);
  return `json_build_object('id', i.id, 'email', i.email, 'roles', i.roles, 'side', i.side,
    'organization', ${related(read, 'organization', 'i.organization_id', 'o')},
    'translatesInto', i.translates_into, 'createdAt', i.created_at,
    'expiresAt', i.expires_at)::text`;
};

/**
 * The answer about one account.
 * @throws `resource.not-found`
 */
export const accountReply = async (manager: EntityManager, ask: Ask, id: string): Promise<Reply> => {
  const text = `select a.version, ${accountSql(ask)} as json from account a where a.id = $1`;
  const [row] = (await manager.query(text, [id])) as { version: number; json: string }[];
  if (!row) throw problem('resource.not-found');
  return recordReply(row.json, row.version, ask.choice);
};
