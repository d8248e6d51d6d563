import type { Actor } from '../kernel/actor.js';
import type { LanguageChoice } from '../kernel/languages.js';

/** An asker's view of the database: the condition for what may be seen, and the parameters it needs. */
export type Scope = { key: string; parameters: string[]; sql: (alias: string) => string };

/** What a compiled read depends on: the languages asked for and who asks. */
export type ReadContext = {
  choice: LanguageChoice;
  /** Whether a text that is missing in the asked language is served in the other one. */
  fallback: boolean;
  /** Condition under which the asker may see the record behind an alias. */
  scope: (alias: string) => string;
  /** Distinguishes compiled statements of different kinds of askers. */
  scopeKey: string;
};

const PUBLISHED = (alias: string, audiences: string) =>
  `${alias}.state = 'published' and ${alias}.audience in (${audiences})`;
const OF_SIDE = (alias: string) =>
  `exists (select 1 from organization side_owner where side_owner.id = ${alias}.owner_id and side_owner.side = $2)`;

const publicScope: Scope = {
  key: 'public',
  parameters: [],
  sql: (alias) => `${alias}.state = 'published' and ${alias}.audience = 'public'`,
};

/**
 * The condition that keeps of a list what an actor may see. It says in SQL what `maySee` in `kernel/access.ts`
 * says of one record; a generated test compares the two.
 * Parameters `$1` (organization) and `$2` (side) are taken by signed-in partners.
 */
export const scopeOf = (actor: Actor): Scope => {
  if (actor.kind === 'anonymous' || actor.role === 'investor') return publicScope;
  const audience = (alias: string) => `(${PUBLISHED(alias, "'public', 'partners'")}
    or ${PUBLISHED(alias, "'side'")} and ${OF_SIDE(alias)}
    or ${PUBLISHED(alias, "'organization'")} and ${alias}.owner_id = $1::uuid)`;
  const own: Record<string, (alias: string) => string> = {
    official: (alias) => `${alias}.owner_id = $1::uuid`,
    coordinator: OF_SIDE,
    translator: (alias) => `${alias}.state = 'draft'`,
    administrator: () => 'false',
  };
  return {
    key: actor.role,
    parameters: [actor.organizationId, actor.side],
    // Both parameters are named even where a role needs one: a statement must know the type of each.
    sql: (alias) =>
      `(${alias}.state <> 'withdrawn' and $1::uuid is not null and $2::text is not null
        and (${audience(alias)} or ${own[actor.role]!(alias)}))`,
  };
};

/** What a compiled read needs to know of a request. */
export const readContext = (scope: Scope, choice: LanguageChoice, fallback = true): ReadContext => ({
  choice,
  fallback,
  scope: scope.sql,
  scopeKey: `${scope.key}/${choice}/${fallback}`,
});
