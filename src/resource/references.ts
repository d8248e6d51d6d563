import type { EntityManager } from 'typeorm';
import type { Actor } from '../kernel/actor.js';
import { problem } from '../kernel/problems.js';
import type { Body } from './body.js';
import { scopeOf } from './scope.js';
import { type ResourceSpec, resourceOf, tableOf } from './spec.js';
import { referencesIn } from './stored.js';

/**
 * Every record that a body newly refers to must exist and be seen by the actor.
 * @param before the stored body, whose references stay whether the actor sees them or not
 * @throws `resource.reference-unseen` with the pointers, alike for unknown and unseen records
 */
export const mustSeeReferences = async (
  manager: EntityManager,
  spec: ResourceSpec,
  actor: Actor,
  body: Body,
  before: Body = {},
): Promise<void> => {
  const known = new Set(referencesIn(spec.entity, before).map(({ target, id }) => `${target}/${id}`));
  const scope = scopeOf(actor);
  const unseen = [];
  for (const { target, id, pointer } of referencesIn(spec.entity, body)) {
    if (known.has(`${target}/${id}`)) continue;
    const text = `select 1 from "${tableOf(resourceOf(target))}" r
      where r.id = $${scope.parameters.length + 1}::uuid and ${scope.sql('r', target)}`;
    const rows = (await manager.query(text, [...scope.parameters, id])) as unknown[];
    if (rows.length === 0) unseen.push({ pointer, code: 'unknown-reference' as const });
  }
  if (unseen.length > 0) throw problem('resource.reference-unseen', { errors: unseen });
};
