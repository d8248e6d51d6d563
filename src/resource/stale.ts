import { type Problem, problem } from '../kernel/problems.js';
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
