import type { RouteEntry } from '../../infra/http/route-table.js';
import type { Texts } from '../../infra/i18n/texts.js';
import { CONTENT_LANGUAGE, type Language } from '../../kernel/languages.js';
import { resources } from '../../resource/spec.js';
import { Components, type Part } from './components.js';
import type { Examples } from './examples.js';
import { feedAnswers } from './feed-answers.js';
import { operationOf, tagOf } from './operations.js';
import type { AnswerSchemas } from './responses.js';
import type { Draft } from './value-schemas.js';
import { vocabularyAnswers } from './vocabulary-answers.js';
import { Wording } from './wording.js';

/** An OpenAPI 3.1 document in one language. */
export type OpenApiDocument = {
  openapi: '3.1.1';
  info: Part;
  servers: Part[];
  tags: Part[];
  paths: Record<string, Record<string, Part>>;
  components: Record<string, Record<string, Part>>;
};

/** Answers that are neither a record nor a list of records, by the name a route declares. */
const OWN_ANSWERS: AnswerSchemas = { ...vocabularyAnswers, ...feedAnswers };

const info = ({ words }: Draft, version: string): Part => ({
  title: words.say('documentation:title'),
  version,
  description: words.say('documentation:description'),
  'x-language': CONTENT_LANGUAGE[words.language],
});

const securitySchemes = ({ words }: Draft): Record<string, Part> => ({
  bearer: { type: 'http', scheme: 'bearer', description: words.say('documentation:security.bearer') },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: words.say('documentation:security.apiKey') },
});

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One tag for each first segment of a path, in the order of the routes. */
const tags = ({ words }: Draft, routes: readonly RouteEntry[]): Part[] => {
  const byPath = new Map(resources().map((spec) => [spec.path, spec.name]));
  return [...new Set(routes.map(tagOf))].map((name) => {
    const resource = byPath.get(name);
    const title = capitalized(words.say(resource ? `resources:${resource}.many` : `reference:tagNames.${name}`));
    const description = words.say(resource ? `resources:${resource}.description` : `reference:tags.${name}`);
    return {
      name,
      // Swagger UI shows the name and the description only.
      description: words.say('reference:tagDescription', { title, description }),
      'x-displayName': title,
    };
  });
};

/** Resources first, in the order of the features; what serves them all comes after. */
const inReadingOrder = (routes: readonly RouteEntry[]): RouteEntry[] => {
  const known = new Set(resources().map((spec) => spec.path));
  const isResource = (route: RouteEntry) => known.has(tagOf(route));
  return [...routes.filter(isResource), ...routes.filter((route) => !isResource(route))];
};

const paths = (draft: Draft, routes: readonly RouteEntry[]): OpenApiDocument['paths'] => {
  const described: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    described[route.path] ??= {};
    described[route.path]![route.declaration.method] = operationOf(draft, route, OWN_ANSWERS);
  }
  return described;
};

/**
 * The document of the API in one language, made of what is declared: routes, fields, specs and vocabularies.
 * @param given version of the API, and the examples to show
 * @throws naming every text that the language lacks
 */
export const buildDocument = (
  language: Language,
  routes: readonly RouteEntry[],
  texts: Texts,
  given: { version: string; examples: Examples },
): OpenApiDocument => {
  const draft: Draft = {
    words: new Wording(texts, language),
    components: new Components(),
    examples: given.examples,
  };
  const ordered = inReadingOrder(routes);
  const document: OpenApiDocument = {
    openapi: '3.1.1',
    info: info(draft, given.version),
    servers: [{ url: '/' }],
    tags: tags(draft, ordered),
    paths: paths(draft, ordered),
    components: { ...draft.components.toJSON(), securitySchemes: securitySchemes(draft) },
  };
  const { missing } = draft.words;
  if (missing.length > 0)
    throw new Error(`the ${language} document lacks ${missing.length} texts: ${missing.join(', ')}`);
  return document;
};
