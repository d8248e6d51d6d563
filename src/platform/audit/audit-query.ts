import { isInstant } from '../../kernel/dates.js';
import { type FieldError, problem } from '../../kernel/problems.js';

/** Parameters of `GET /audit` that narrow the list. */
export const AUDIT_FILTERS = ['actor', 'action', 'resource', 'object', 'from', 'to'] as const;
type AuditFilter = (typeof AUDIT_FILTERS)[number];

/** The condition that each stands for; times take the first moment in and the last one out. */
const CONDITIONS: Record<AuditFilter, (parameter: string) => string> = {
  actor: (parameter) => `a.actor_id = ${parameter}`,
  action: (parameter) => `a.action = ${parameter}`,
  resource: (parameter) => `a.object_resource = ${parameter}`,
  object: (parameter) => `a.object_id = ${parameter}`,
  from: (parameter) => `a.at >= ${parameter}::timestamptz`,
  to: (parameter) => `a.at < ${parameter}::timestamptz`,
};

/** A name of an action, a resource or an actor, or an object as a refused request named it. */
const isName = (value: string): boolean => /^[^\p{Cc}]{1,100}$/u.test(value);

const isValue = (name: AuditFilter, value: string): boolean =>
  name === 'from' || name === 'to' ? isInstant(value) : isName(value);

/** Conditions over the alias `a` and their values, in the order of `AUDIT_FILTERS`. */
export type AuditConditions = { sql: string[]; values: string[] };

/**
 * Reads the filters of a request.
 * @param place writes the place of the n-th value, counted from 0
 * @throws `request.invalid-parameter` naming every filter at fault
 */
export const auditConditions = (
  parameters: ReadonlyMap<string, string>,
  place: (n: number) => string,
): AuditConditions => {
  const asked = AUDIT_FILTERS.filter((name) => parameters.has(name));
  const errors: FieldError[] = asked
    .filter((name) => !isValue(name, parameters.get(name)!))
    .map((parameter) => ({ parameter, code: 'invalid-value' }));
  if (errors.length > 0) throw problem('request.invalid-parameter', { errors });
  return {
    sql: asked.map((name, n) => CONDITIONS[name](place(n))),
    values: asked.map((name) => parameters.get(name)!),
  };
};
