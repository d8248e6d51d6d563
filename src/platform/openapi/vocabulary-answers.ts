import type { Schema } from './components.js';
import type { AnswerSchemas } from './responses.js';
import { type Draft, languageMap } from './value-schemas.js';

const member = ({ words }: Draft, name: string, schema: Schema): Schema => ({
  ...schema,
  description: words.say(`reference:vocabulary.${name}`),
});

const codeSchema = (draft: Draft): Schema =>
  draft.components.schema('VocabularyCode', () => ({
    type: 'object',
    description: draft.words.say('reference:schemas.vocabularyCode'),
    properties: {
      code: member(draft, 'code', { type: 'string' }),
      label: member(draft, 'label', languageMap(draft)),
    },
    required: ['code', 'label'],
  }));

const vocabularySchema = (draft: Draft): Schema =>
  draft.components.schema('Vocabulary', () => ({
    type: 'object',
    description: draft.words.say('reference:schemas.vocabulary'),
    properties: {
      name: member(draft, 'name', { type: 'string' }),
      title: member(draft, 'title', languageMap(draft)),
      codes: member(draft, 'codes', { type: 'array', items: codeSchema(draft) }),
    },
    required: ['name', 'title', 'codes'],
  }));

const vocabularyListSchema = (draft: Draft): Schema =>
  draft.components.schema('VocabularyList', () => ({
    type: 'object',
    description: draft.words.say('reference:schemas.vocabularyList'),
    properties: { items: member(draft, 'items', { type: 'array', items: vocabularySchema(draft) }) },
    required: ['items'],
  }));

/** Answers of `/vocabularies`. */
export const vocabularyAnswers: AnswerSchemas = { Vocabulary: vocabularySchema, VocabularyList: vocabularyListSchema };
