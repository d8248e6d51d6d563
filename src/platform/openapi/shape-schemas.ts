import type { Shape } from '../../kernel/shape.js';
import type { Schema } from './components.js';
import { properties, requiredNames } from './field-schemas.js';
import { type Draft, page } from './value-schemas.js';

/** `NewInvitation` → `newInvitation`. */
const lowerCamel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/**
 * A declared class as the body or the answer of a route that is no resource's. Its description stands under
 * `reference:schemas` and its members under `fields`, both under the name of the class.
 */
export const shapeSchema = (draft: Draft, shape: Shape, use: 'answer' | 'create'): Schema =>
  draft.components.schema(shape.name, () => {
    const members = properties(draft, shape, use, true);
    return {
      type: 'object',
      description: draft.words.say(`reference:schemas.${lowerCamel(shape.name)}`),
      properties: members,
      required: use === 'answer' ? Object.keys(members) : requiredNames(shape, true),
      ...(use === 'create' && { additionalProperties: false }),
    };
  });

/** A page of a list whose elements are of a declared class. */
export const shapeListSchema = (draft: Draft, shape: Shape): Schema =>
  draft.components.schema(`${shape.name}List`, () => ({
    type: 'object',
    description: draft.words.say(`reference:schemas.${lowerCamel(shape.name)}List`),
    properties: {
      items: {
        type: 'array',
        items: shapeSchema(draft, shape, 'answer'),
        description: draft.words.say('reference:schemas.shapeItems'),
      },
      page: { ...page(draft), description: draft.words.say('reference:schemas.page') },
    },
    required: ['items', 'page'],
  }));
