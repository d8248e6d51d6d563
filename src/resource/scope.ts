import { AUDIENCES, capacitiesOf, type Rule, rulesFor } from '../kernel/access.js';
import { type Actor, organizationOf, sideOf } from '../kernel/actor.js';
import type { LanguageChoice } from '../kernel/languages.js';

/** An asker's view of the database: the condition for what may be seen, and the parameters it needs. */
export type Scope = {
  /** The same for all askers in the same capacities, whose statements have the same text. */
  key: string;
  parameters: (string | null)[];
  /** @param resource without it only what holds for every resource is seen */
  sql: (alias: string, resource?: string) => string;
  /** The same where records of all resources lie in one table, which names the resource of each. */
  anySql: (alias: string) => string;
};

/** What a compiled read depends on: the languages asked for and who asks. */
export type ReadContext = {
  choice: LanguageChoice;
  /** Whether a text that is missing in the asked language is served in the other one. */
  fallback: boolean;
  /** Condition under which the asker may see the record of a resource behind an alias. */
  scope: Scope['sql'];
  /** Distinguishes compiled statements of different kinds of askers. */
  scopeKey: string;
};

const listed = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(', ');

const oneOf = (column: string, codes: readonly string[]): string =>
  codes.length === 1 ? `${column} = '${codes[0]}'` : `${column} in (${listed(codes)})`;

const OWNED_BY = {
  organization: (alias: string) => `${alias}.owner_id = $1::uuid`,
  side: (alias: string) =>
    `exists (select 1 from organization side_owner where side_owner.id = ${alias}.owner_id and side_owner.side = $2::text)`,
} as const;

/** One row of the table of rules as a condition over a record's alias. */
const ruleSql = ({ states, audiences = AUDIENCES, ownedBy }: Rule, alias: string): string =>
  [
    oneOf(`${alias}.state`, states),
    ...(audiences.length < AUDIENCES.length ? [oneOf(`${alias}.audience`, audiences)] : []),
    ...(ownedBy ? [OWNED_BY[ownedBy](alias)] : []),
  ].join(' and ');

/**
 * The condition that keeps of a list what an actor may see: the rows of `RULES` in `kernel/access.ts` that grant
 * `read`, as SQL. Parameters `$1` (organization) and `$2` (side) are taken by whoever acts for an organization or a
 * side; for everybody else the condition has none.
 */
export const scopeOf = (actor: Actor): Scope => {
  const rules = rulesFor(capacitiesOf(actor), 'read');
  const needsParameters = rules.some((rule) => rule.ownedBy !== undefined);
  // Both parameters are named even where one is not needed: a statement must know the type of each.
  const typed = needsParameters ? '$1::uuid is not distinct from $1::uuid and $2::text is not null and ' : '';
  const any = (conditions: string[]) =>
    conditions.length === 1 ? conditions[0]! : `(${typed}(${conditions.join('\n        or ')}))`;
  return {
    key: [...new Set(rules.map((rule) => rule.who))].join('+'),
    parameters: needsParameters ? [organizationOf(actor), sideOf(actor)] : [],
    sql: (alias, resource) => {
      const granted = rules.filter((rule) => rule.resource === undefined || rule.resource === resource);
      return any(granted.map((rule) => ruleSql(rule, alias)));
    },
    anySql: (alias) =>
      any(
        rules.map((rule) => {
          const condition = ruleSql(rule, alias);
          return rule.resource === undefined ? condition : `(${alias}.resource = '${rule.resource}' and ${condition})`;
        }),
      ),
  };
};

/** What a compiled read needs to know of a request. */
export const readContext = (scope: Scope, choice: LanguageChoice, fallback = true): ReadContext => ({
  choice,
  fallback,
  scope: scope.sql,
  scopeKey: `${scope.key}/${choice}/${fallback}`,
});
