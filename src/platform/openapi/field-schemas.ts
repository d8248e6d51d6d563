import type { VocabularyName } from '../../kernel/vocabularies.js';
import { type Field, type FieldOptions, fieldsOf, type Shape } from '../../resource/field.js';
import { DEFAULT_TEXT_LIMIT, isWritable } from '../../resource/fields.js';
import { resourceOf } from '../../resource/spec.js';
import { orNull, type Schema } from './components.js';
import {
  codeSchema,
  DATE,
  type Draft,
  ID,
  INSTANT,
  languageLists,
  languageListsInput,
  languageMap,
  languageMapOf,
  money,
  quantity,
  reference,
  related,
} from './value-schemas.js';

/** Where a schema is used: in answers, in bodies that create, or in merge patches. */
export type Use = 'answer' | 'create' | 'patch';

const MOST_ELEMENTS: Partial<Record<Field['kind'], number>> = {
  codes: 20,
  references: 100,
  integers: 50,
  items: 200,
};
const LARGEST_INTEGER = 2_147_483_647;

const textSchema = ({ max, pattern, secret }: FieldOptions): Schema => ({
  type: 'string',
  ...(secret && { format: 'password' }),
  minLength: 1,
  maxLength: max ?? DEFAULT_TEXT_LIMIT,
  ...(pattern && { pattern: pattern.source }),
});

const integerSchema = ({ min, max }: FieldOptions): Schema => ({
  type: 'integer',
  minimum: min ?? 0,
  maximum: max ?? LARGEST_INTEGER,
});

const listOf = (field: Field, items: Schema): Schema => {
  // The limit of a list of numbers is that of the numbers, not of the list.
  const stated = field.kind === 'integers' ? undefined : field.options.max;
  return { type: 'array', maxItems: stated ?? MOST_ELEMENTS[field.kind]!, items };
};

/** A record behind a reference: `{id}` in requests, `{id, name}` in answers. */
const referenceSchema = (draft: Draft, target: string, use: Use): Schema =>
  use === 'answer' ? related(draft, resourceOf(target).main !== undefined) : reference(draft);

/** A value of a field, before it is asked whether it may be absent or null. */
const valueSchema = (draft: Draft, { kind, options, name }: Field, use: Use): Schema => {
  const field = { kind, options, name };
  const vocabulary = options.vocabulary as VocabularyName;
  switch (kind) {
    case 'id':
      return ID;
    case 'localized':
      return use === 'answer' ? languageMap(draft) : languageMapOf(draft, options.max!, use === 'patch');
    case 'localizedList':
      return use === 'answer' ? languageLists(draft) : languageListsInput(draft, use === 'patch');
    case 'text':
      return textSchema(options);
    case 'code':
      return codeSchema(draft, vocabulary);
    case 'codes':
      return listOf(field, codeSchema(draft, vocabulary));
    case 'reference':
      return referenceSchema(draft, options.target!, use);
    case 'references':
      return listOf(field, referenceSchema(draft, options.target!, use));
    case 'money':
      return money(draft);
    case 'quantity':
      return quantity(draft);
    case 'date':
      return DATE;
    case 'instant':
      return INSTANT;
    case 'integer':
      return integerSchema(options);
    case 'integers':
      return listOf(field, integerSchema(options));
    case 'number':
      return { type: 'number', minimum: options.min ?? 0, ...(options.max !== undefined && { maximum: options.max }) };
    case 'boolean':
      return { type: 'boolean' };
    case 'json':
      return {};
    case 'item':
      return itemSchema(draft, options.shape!(), use);
    case 'items':
      return listOf(field, itemSchema(draft, options.shape!(), use));
  }
};

/**
 * Answers name every member; one without a value is null, and so is a related record the asker may not see.
 * Initial values are given to records, not to the objects inside them.
 */
const mayBeNull = ({ kind, options }: Field, use: Use, nested: boolean): boolean => {
  // Any value may be null without saying so.
  if (kind === 'json') return false;
  if (kind === 'references' || kind === 'items') return use === 'patch';
  const always = options.required || (!nested && options.initially !== undefined);
  if (use === 'answer') return kind === 'reference' || !always;
  return use === 'patch' && !options.required;
};

/** Schema of a field with its description. */
const fieldSchema = (draft: Draft, shape: Shape, field: Field, use: Use, nested: boolean): Schema => {
  const schema = valueSchema(draft, field, use);
  const initially = use === 'create' && !nested && field.options.initially !== undefined;
  return {
    ...(mayBeNull(field, use, nested) ? orNull(schema) : schema),
    description: draft.words.field(shape, field),
    ...(initially && { default: field.options.initially }),
  };
};

/** The fields of a class as properties, in the order of declaration. */
export const properties = (
  draft: Draft,
  shape: Shape,
  use: Use,
  nested = false,
  without: readonly string[] = [],
): Record<string, Schema> =>
  Object.fromEntries(
    fieldsOf(shape)
      .filter((field) => (use === 'answer' || isWritable(field)) && !without.includes(field.name))
      .map((field) => [field.name, fieldSchema(draft, shape, field, use, nested)]),
  );

/** Names of the fields that a new object must have. */
export const requiredNames = (shape: Shape, nested = false): string[] =>
  fieldsOf(shape)
    .filter(({ options }) => options.required && (nested || options.initially === undefined))
    .filter(isWritable)
    .map((field) => field.name);

/** A value object inside a record. A merge patch replaces it as a whole, so it has one form in all requests. */
const itemSchema = (draft: Draft, shape: Shape, use: Use): Schema => {
  if (use === 'answer') {
    return draft.components.schema(shape.name, () => {
      const members = properties(draft, shape, 'answer', true);
      const required = fieldsOf(shape).filter(({ options }) => !options.absent);
      return { type: 'object', properties: members, required: required.map(({ name }) => name) };
    });
  }
  return draft.components.schema(`${shape.name}Input`, () => ({
    type: 'object',
    properties: properties(draft, shape, 'create', true),
    required: requiredNames(shape, true),
    additionalProperties: false,
  }));
};
