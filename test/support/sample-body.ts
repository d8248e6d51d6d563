import type { Actor } from '../../src/kernel/actor.js';
import { codesOf, type VocabularyName } from '../../src/kernel/vocabularies.js';
import { type Field, fieldsOf } from '../../src/resource/field.js';
import { type ResourceSpec, resourceOf, tableOf } from '../../src/resource/spec.js';
import type { TestPortal } from './portal.js';

type Body = Record<string, unknown>;

/**
 * A body with which a record of the resource can be created: every required field, made from its declaration.
 * References point to seeded records.
 */
export const sampleBody = async (spec: ResourceSpec, portal: TestPortal, actor: Actor): Promise<Body> => {
  const body: Body = {};
  for (const field of fieldsOf(spec.entity)) {
    if (field.options.required && !field.options.readOnly) body[field.name] = await sampleValue(field, portal);
  }
  if (actor.kind === 'account') body.owner = { id: actor.organizationId };
  return { ...body, ...SPECIAL[spec.name] };
};

/** What a resource's own rules ask for besides its required fields. */
const SPECIAL: Record<string, Body> = {
  observation: { quantity: { value: 5, unit: 'item', exactness: 'about' } },
  industry: { code: `sample-${Date.now().toString(36)}-${process.pid}` },
};

const PATTERNED: Record<string, string> = { code: 'sample' };

const sampleValue = async (field: Field, portal: TestPortal): Promise<unknown> => {
  switch (field.kind) {
    case 'localized':
      return { zh: '同江样例', ru: 'Пример из Тунцзяна' };
    case 'code':
      return codesOf(field.options.vocabulary as VocabularyName)[0];
    case 'integer':
      return Math.max(1, field.options.min ?? 1);
    case 'text':
      return PATTERNED[field.name] ?? 'sample';
    case 'date':
      return '2026-06-30';
    case 'reference': {
      const table = tableOf(resourceOf(field.options.target!));
      const [row] = await portal.sql(`select r.id from "${table}" r where r.state = 'published' order by r.id limit 1`);
      return { id: row!.id };
    }
    default:
      throw new Error(`no sample for the required field ${field.name} of kind ${field.kind}`);
  }
};
