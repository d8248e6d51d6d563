import type { VocabularyName } from '../../../kernel/vocabularies.js';
import { type Field, fieldsOf } from '../../../resource/field.js';
import type { ReadContext } from '../../../resource/scope.js';
import type { Computed, ComputedSchema } from '../../../resource/spec.js';
import { shapeSql } from '../../../resource/view.js';
import { ChainStep } from './matter-step.entity.js';

/** Steps behind an alias that the asker may see: published for their audience from the moment they are taken. */
const steps = (alias: string): string => `(select taken.*, 'published' as state from matter_step taken) ${alias}`;

/**
 * The steps of one matter as rows of number and JSON.
 * @param parameters SQL parameters of the matter, the number to begin after, and how many
 */
export const stepRows = (read: ReadContext, [matter, after, limit]: readonly [string, string, string]): string =>
  `select step.number::text, (${shapeSql(read, ChainStep, 'step')})::text
    from ${steps('step')}
    where step.matter_id = ${matter}::uuid and step.number > ${after}::integer and ${read.scope('step')}
    order by step.number limit ${limit}::integer`;

const schemaOf = ({ kind, options }: Field): ComputedSchema => {
  if (kind === 'reference') return { kind: 'related', resource: options.target! };
  if (kind === 'code') return { kind: 'code', vocabulary: options.vocabulary as VocabularyName };
  return { kind: kind as 'id' | 'localized' | 'integer' | 'date' | 'instant' };
};

/** The chain of a matter from its first step to its last. */
export const chain: Computed = {
  schema: {
    kind: 'objects',
    members: Object.fromEntries(fieldsOf(ChainStep).map((field) => [field.name, schemaOf(field)])),
  },
  sql: (
    read,
    matter,
  ) => `(select coalesce(json_agg(${shapeSql(read, ChainStep, 'step')} order by step.number), '[]'::json)
    from ${steps('step')} where step.matter_id = ${matter}.id and ${read.scope('step')})`,
};
