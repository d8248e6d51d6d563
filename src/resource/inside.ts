import type { EntityManager } from 'typeorm';
import { type AccessFacts, can } from '../kernel/access.js';
import type { Actor } from '../kernel/actor.js';
import { type FieldError, problem } from '../kernel/problems.js';
import type { Body } from './body.js';
import { fieldOf, snakeCase } from './field.js';
import { type ResourceSpec, resourceOf, tableOf } from './spec.js';

type Row = {
  state: AccessFacts['state'];
  audience: AccessFacts['audience'];
  owner_id: string | null;
  side: AccessFacts['ownerSide'];
};

const idIn = (body: Body, field: string): string | undefined => (body[field] as { id: string } | undefined)?.id;

/**
 * Checks a record against the one it is part of (hardening A2, A8): the actor may write the larger record, and what
 * the record names beside it lies inside the same one.
 * @throws `auth.forbidden` for a larger record of others, `resource.reference-unseen` for parts of another one
 */
export const mustFitInside = async (
  manager: EntityManager,
  spec: ResourceSpec,
  actor: Actor,
  body: Body,
): Promise<void> => {
  if (!spec.inside) return;
  const whole = idIn(body, spec.inside.field);
  if (!whole) return;
  if (!spec.inside.open) await mustWriteWhole(manager, spec, actor, whole);
  const errors: FieldError[] = [];
  for (const name of spec.inside.same ?? []) {
    const part = idIn(body, name);
    if (part && !(await liesInside(manager, spec, name, part, whole))) {
      errors.push({ pointer: `/${name}`, code: 'unknown-reference' });
    }
  }
  if (errors.length > 0) throw problem('resource.reference-unseen', { errors });
};

const mustWriteWhole = async (
  manager: EntityManager,
  spec: ResourceSpec,
  actor: Actor,
  whole: string,
): Promise<void> => {
  const field = fieldOf(spec.entity, spec.inside!.field);
  const table = tableOf(resourceOf(field.options.target!));
  const [row] = (await manager.query(
    `select r.state, r.audience, r.owner_id, o.side from "${table}" r left join organization o on o.id = r.owner_id where r.id = $1`,
    [whole],
  )) as Row[];
  const facts: AccessFacts | undefined = row && {
    state: row.state,
    audience: row.audience,
    ownerId: row.owner_id,
    ownerSide: row.side,
  };
  if (!facts || !can(actor, 'read', field.options.target!, facts)) {
    throw problem('resource.reference-unseen', { errors: [{ pointer: `/${field.name}`, code: 'unknown-reference' }] });
  }
  if (!can(actor, 'update', field.options.target!, facts)) throw problem('auth.forbidden');
};

/** Whether the record that `name` refers to belongs to the same larger record. */
const liesInside = async (
  manager: EntityManager,
  spec: ResourceSpec,
  name: string,
  part: string,
  whole: string,
): Promise<boolean> => {
  const target = resourceOf(fieldOf(spec.entity, name).options.target!);
  const column = `${snakeCase(spec.inside!.field)}_id`;
  const rows = (await manager.query(`select 1 from "${tableOf(target)}" where id = $1 and "${column}" = $2`, [
    part,
    whole,
  ])) as unknown[];
  return rows.length > 0;
};
