import { LANGUAGES } from '../../kernel/languages.js';
import { orNull, type Schema } from './components.js';
import type { AnswerSchemas } from './responses.js';
import { codeSchema, type Draft, ID, INSTANT, languageMap } from './value-schemas.js';

const described = ({ words }: Draft, name: string, schema: Schema): Schema => ({
  ...schema,
  description: words.say(`reference:change.${name}`),
});

const languageChange = (draft: Draft): Schema =>
  draft.components.schema('LanguageChange', () => ({
    type: 'object',
    description: draft.words.say('reference:schemas.languageChange'),
    properties: {
      from: described(draft, 'from', codeSchema(draft, 'languageState')),
      to: described(draft, 'to', codeSchema(draft, 'languageState')),
    },
    required: ['from', 'to'],
  }));

const languageChanges = (draft: Draft): Schema =>
  draft.components.schema('LanguageChanges', () => ({
    type: 'object',
    description: draft.words.say('reference:schemas.languageChanges'),
    properties: Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        { ...languageChange(draft), description: draft.words.member('languages', language) },
      ]),
    ),
  }));

const changeSchema = (draft: Draft): Schema =>
  draft.components.schema('Change', () => {
    const properties: Record<string, Schema> = {
      type: codeSchema(draft, 'changeType'),
      resource: { type: 'string' },
      id: ID,
      version: { type: 'integer', minimum: 1 },
      at: INSTANT,
      fields: { type: 'array', items: { type: 'string' } },
      languages: orNull(languageChanges(draft)),
      reason: orNull(languageMap(draft)),
    };
    return {
      type: 'object',
      description: draft.words.say('reference:schemas.change'),
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, schema]) => [name, described(draft, name, schema)]),
      ),
      required: Object.keys(properties),
    };
  });

const feedPage = (draft: Draft): Schema =>
  draft.components.schema('ChangePage', () => ({
    type: 'object',
    description: draft.words.say('reference:schemas.page'),
    properties: {
      limit: { type: 'integer', minimum: 1, maximum: 1_000, description: draft.words.member('page', 'limit') },
      next: described(draft, 'next', { type: 'string' }),
    },
    required: ['limit', 'next'],
  }));

const changeListSchema = (draft: Draft): Schema =>
  draft.components.schema('ChangeList', () => ({
    type: 'object',
    description: draft.words.say('reference:schemas.changeList'),
    properties: {
      items: described(draft, 'items', { type: 'array', items: changeSchema(draft) }),
      page: { ...feedPage(draft), description: draft.words.say('reference:schemas.page') },
    },
    required: ['items', 'page'],
  }));

/** Answers of `/changes`. */
export const feedAnswers: AnswerSchemas = { ChangeList: changeListSchema };
