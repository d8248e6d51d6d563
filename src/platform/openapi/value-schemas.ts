import { LANGUAGES } from '../../kernel/languages.js';
import { EXACTNESS } from '../../kernel/quantities.js';
import { codesOf, type VocabularyName } from '../../kernel/vocabularies.js';
import type { Components, Schema } from './components.js';
import type { Examples } from './examples.js';
import type { Wording } from './wording.js';

/** What the makers of a document share: its words, its shared parts and the examples it shows. */
export type Draft = { readonly words: Wording; readonly components: Components; readonly examples: Examples };

/** Amounts of money as `isAmount` in `kernel/quantities.ts` reads them. */
export const AMOUNT_PATTERN = '^\\d{1,16}(\\.\\d{1,2})?$';

/** Largest number of texts per language in a list of other names (`LocalizedList`). */
const MOST_ALIASES = 20;
const LONGEST_ALIAS = 200;

const about = ({ words }: Draft, name: string, values?: Record<string, unknown>): string =>
  words.say(`reference:schemas.${name}`, values);

/** One property a language, described under the name of the shape. */
const perLanguage = ({ words }: Draft, shape: string, schema: Schema): Record<string, Schema> =>
  Object.fromEntries(
    LANGUAGES.map((language) => [language, { ...schema, description: words.member(shape, language) }]),
  );

export const ID: Schema = { type: 'string', format: 'uuid' };
export const INSTANT: Schema = { type: 'string', format: 'date-time' };
export const DATE: Schema = { type: 'string', format: 'date' };

/** Some codes of a vocabulary, each with its label in the language of the document. */
const listedCodes = (
  { words }: Draft,
  vocabulary: VocabularyName,
  codes: readonly string[],
  about: string,
): Schema => ({
  type: 'string',
  description: `${about}\n\n${words.labelList(vocabulary, codes)}`,
  enum: codes,
  'x-enum-descriptions': codes.map((code) => words.label(vocabulary, code)),
});

/** The codes of a vocabulary. */
export const codeSchema = (draft: Draft, vocabulary: VocabularyName): Schema =>
  draft.components.schema(`${vocabulary.charAt(0).toUpperCase()}${vocabulary.slice(1)}Code`, () =>
    listedCodes(draft, vocabulary, codesOf(vocabulary), draft.words.vocabularyTitle(vocabulary)),
  );

/** `{zh?, ru?}` of an answer. */
export const languageMap = (draft: Draft): Schema =>
  draft.components.schema('LanguageMap', () => ({
    type: 'object',
    description: about(draft, 'languageMap'),
    properties: perLanguage(draft, 'languageMap', { type: 'string' }),
  }));

/** `{zh?, ru?}` of a request with the limits of its field; in a merge patch `null` clears one language. */
export const languageMapOf = (draft: Draft, max: number, patch: boolean): Schema =>
  draft.components.schema(`LanguageMapUpTo${max}${patch ? 'Patch' : ''}`, () => ({
    type: 'object',
    description: about(draft, patch ? 'languageMapPatch' : 'languageMapInput', { max }),
    properties: perLanguage(draft, 'languageMap', {
      type: patch ? ['string', 'null'] : 'string',
      minLength: 1,
      maxLength: max,
    }),
    minProperties: 1,
    additionalProperties: false,
  }));

const aliasList: Schema = {
  type: 'array',
  maxItems: MOST_ALIASES,
  items: { type: 'string', minLength: 1, maxLength: LONGEST_ALIAS },
};

/** Several texts per language. */
export const languageLists = (draft: Draft): Schema =>
  draft.components.schema('LanguageLists', () => ({
    type: 'object',
    description: about(draft, 'languageLists'),
    properties: perLanguage(draft, 'languageList', aliasList),
  }));

export const languageListsInput = (draft: Draft, patch: boolean): Schema =>
  draft.components.schema(`LanguageLists${patch ? 'Patch' : 'Input'}`, () => ({
    type: 'object',
    description: about(draft, patch ? 'languageListsPatch' : 'languageListsInput'),
    properties: perLanguage(draft, 'languageList', patch ? { ...aliasList, type: ['array', 'null'] } : aliasList),
    additionalProperties: false,
  }));

/** A related record in a request. */
export const reference = (draft: Draft): Schema =>
  draft.components.schema('Reference', () => ({
    type: 'object',
    description: about(draft, 'reference'),
    properties: { id: { ...ID, description: draft.words.member('reference', 'id') } },
    required: ['id'],
    additionalProperties: false,
  }));

/** A related record in an answer; `named` where its resource has a main text. */
export const related = (draft: Draft, named: boolean): Schema =>
  draft.components.schema(named ? 'Related' : 'RelatedId', () => ({
    type: 'object',
    description: about(draft, named ? 'related' : 'relatedId'),
    properties: {
      id: { ...ID, description: draft.words.member('reference', 'id') },
      ...(named && { name: { ...languageMap(draft), description: draft.words.member('reference', 'name') } }),
    },
    required: named ? ['id', 'name'] : ['id'],
  }));

/** A size that was said as one value, or as both ends of a range. */
const saidSize = (draft: Draft, name: string, one: string, unit: string, codes: Schema, number: Schema): Schema => {
  const described = (member: string, schema: Schema): [string, Schema] => [
    member,
    { ...schema, description: draft.words.member(name, member) },
  ];
  const exactness = (some: readonly string[]) =>
    listedCodes(draft, 'exactness', some, draft.words.member(name, 'exactness'));
  const form = (title: string, numbers: string[], some: readonly string[]): Schema => ({
    type: 'object',
    title: about(draft, title),
    properties: {
      ...Object.fromEntries(numbers.map((member) => described(member, number))),
      ...Object.fromEntries([described(unit, codes)]),
      exactness: exactness(some),
    },
    required: [...numbers, unit, 'exactness'],
    additionalProperties: false,
  });
  const single = EXACTNESS.filter((code) => code !== 'range');
  return {
    description: about(draft, name),
    oneOf: [form('oneValue', [one], single), form('range', ['min', 'max'], ['range'])],
  };
};

export const money = (draft: Draft): Schema =>
  draft.components.schema('Money', () => {
    const amount = { type: 'string', pattern: AMOUNT_PATTERN };
    return saidSize(draft, 'money', 'amount', 'currency', codeSchema(draft, 'currency'), amount);
  });

export const quantity = (draft: Draft): Schema =>
  draft.components.schema('Quantity', () =>
    saidSize(draft, 'quantity', 'value', 'unit', codeSchema(draft, 'unit'), { type: 'number', minimum: 0 }),
  );

/** State of each language of a record (bilingual.md, 4). */
export const languageStates = (draft: Draft): Schema =>
  draft.components.schema('Languages', () => {
    const state = draft.components.schema('LanguageStatus', () => ({
      type: 'object',
      description: about(draft, 'languageStatus'),
      properties: {
        state: { ...codeSchema(draft, 'languageState'), description: draft.words.member('languages', 'state') },
        missing: { type: 'array', items: { type: 'string' }, description: draft.words.member('languages', 'missing') },
      },
      required: ['state'],
    }));
    return {
      type: 'object',
      description: about(draft, 'languages'),
      properties: perLanguage(draft, 'languages', state),
    };
  });

export const page = (draft: Draft): Schema =>
  draft.components.schema('Page', () => ({
    type: 'object',
    description: about(draft, 'page'),
    properties: {
      limit: { type: 'integer', minimum: 1, maximum: 100, description: draft.words.member('page', 'limit') },
      next: { type: ['string', 'null'], description: draft.words.member('page', 'next') },
      total: { type: 'integer', minimum: 0, description: draft.words.member('page', 'total') },
    },
    required: ['limit', 'next'],
  }));
