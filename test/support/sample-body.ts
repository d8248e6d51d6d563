import type { Actor } from '../../src/kernel/actor.js';
import { codesOf, type VocabularyName } from '../../src/kernel/vocabularies.js';
import { type Field, fieldsOf, snakeCase } from '../../src/resource/field.js';
import { type ResourceSpec, resourceOf, tableOf } from '../../src/resource/spec.js';
import type { TestPortal } from './portal.js';

type Body = Record<string, unknown>;

/**
 * A body with which a record of the resource can be created: every required field, made from its declaration.
 * References point to seeded records.
 * @param given members that are settled already, such as the larger record that this one is to lie in
 */
export const sampleBody = async (
  spec: ResourceSpec,
  portal: TestPortal,
  actor: Actor,
  given: Body = {},
): Promise<Body> => {
  const body: Body = { ...given };
  for (const field of fieldsOf(spec.entity)) {
    if (field.options.required && !field.options.readOnly && body[field.name] === undefined)
      body[field.name] = await sampleValue(spec, field, body, portal, actor);
  }
  if (actor.kind === 'account') body.owner = { id: actor.organizationId };
  return { ...body, ...SPECIAL[spec.name] };
};

/** What a resource's own rules ask for besides its required fields. */
const SPECIAL: Record<string, Body> = {
  observation: { quantity: { value: 5, unit: 'item', exactness: 'about' } },
  delegate: { role: 'member' },
  industry: { code: `sample-${Date.now().toString(36)}-${process.pid}` },
};

const PATTERNED: Record<string, string> = { code: 'sample' };

const sampleValue = async (
  spec: ResourceSpec,
  field: Field,
  body: Body,
  portal: TestPortal,
  actor: Actor,
): Promise<unknown> => {
  switch (field.kind) {
    case 'localized':
      return { zh: '同江样例', ru: 'Пример из Тунцзяна' };
    case 'code':
      return field.name === 'side' && actor.kind === 'account'
        ? actor.side
        : codesOf(field.options.vocabulary as VocabularyName)[0];
    case 'integer':
      return Math.max(1, field.options.min ?? 1);
    case 'text':
      return PATTERNED[field.name] ?? 'sample';
    case 'date':
      return '2026-06-30';
    case 'reference':
      return { id: await sampleReference(spec, field, body, portal, actor) };
    default:
      throw new Error(`no sample for the required field ${field.name} of kind ${field.kind}`);
  }
};

/** A published record to refer to: one of the actor's own where the new record becomes part of it. */
const sampleReference = async (spec: ResourceSpec, field: Field, body: Body, portal: TestPortal, actor: Actor) => {
  const target = resourceOf(field.options.target!);
  const whole = spec.inside ? (body[spec.inside.field] as { id: string } | undefined) : undefined;
  const [condition, value] =
    field.name === spec.inside?.field
      ? ['r.owner_id = $1', actor.kind === 'account' ? actor.organizationId : '']
      : spec.inside?.same?.includes(field.name)
        ? [`r."${snakeCase(spec.inside.field)}_id" = $1`, whole!.id]
        : ['$1::text is null', null];
  const [row] = await portal.sql(
    `select r.id from "${tableOf(target)}" r where r.state = 'published' and ${condition} order by r.id limit 1`,
    [value],
  );
  if (row) return row.id as string;
  // The content that the portal starts with has none of these.
  const made = await portal.ask(`/${target.path}`, {
    method: 'POST',
    actor,
    json: await sampleBody(target, portal, actor),
  });
  return made.body.id as string;
};
