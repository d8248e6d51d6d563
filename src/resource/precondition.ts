import type { Ask } from '../kernel/exchange.js';
import { type Problem, problem } from '../kernel/problems.js';
import { versionOfTag } from './reply.js';
import { localizedFields, type ResourceSpec } from './spec.js';
import type { Stored } from './stored.js';

/**
 * What the loser of a race is told: the version that stands, and its texts in both languages as the member `current`,
 * so that nothing of either work is lost.
 */
export const stale = (spec: ResourceSpec, { version, body }: Stored): Problem => {
  const texts = localizedFields(spec).flatMap(({ name }) => (body[name] ? [[name, body[name]] as const] : []));
  return problem('resource.stale', {
    values: { version },
    extensions: { current: { version, ...Object.fromEntries(texts) } },
  });
};

/**
 * A write names the version that it was made from.
 * @param accepts whether a request that names an older version may go on nevertheless; it never may without this
 * @throws `resource.precondition-required` without `If-Match`, `resource.stale` for a version that no longer stands
 */
export const mustNameVersion = async (
  spec: ResourceSpec,
  { ifMatch }: Ask,
  stored: Stored,
  accepts?: (named: number) => boolean | Promise<boolean>,
): Promise<void> => {
  if (ifMatch === undefined) throw problem('resource.precondition-required');
  const named = versionOfTag(ifMatch);
  if (named === stored.version || (named !== undefined && (await accepts?.(named)))) return;
  throw stale(spec, stored);
};
