import type { RouteDeclaration } from '../../infra/http/route.js';
import { LANGUAGES } from '../../kernel/languages.js';
import { codesOf, type VocabularyName } from '../../kernel/vocabularies.js';
import { MOST_VALUES, takesSeveral } from '../../resource/filters.js';
import { DEFAULT_LIMIT, HIGHEST_LIMIT, LONGEST_SEARCH, MOST_IDS } from '../../resource/list-query.js';
import type { Filter, ResourceSpec } from '../../resource/spec.js';
import type { Part, Schema } from './components.js';
import { AMOUNT_PATTERN, codeSchema, DATE, type Draft, ID } from './value-schemas.js';

/** Longest value of a filter by text. */
const LONGEST_FILTER = 100;

type Place = 'path' | 'query' | 'header';

/** A parameter that operations share, described under `parameters:common`. */
const shared = (draft: Draft, place: Place, name: string, schema: Schema, more: Part = {}): Part => {
  const component = (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('-', '');
  return draft.components.ref('parameters', component, () => ({
    name,
    in: place,
    description: draft.words.say(`parameters:common.${name}`),
    ...(place === 'path' && { required: true }),
    ...more,
    schema,
  }));
};

/** Several values in one parameter, separated by commas. */
const commaSeparated = { style: 'form', explode: false } as const;

const several = (items: Schema, maxItems: number): Schema => ({ type: 'array', minItems: 1, maxItems, items });

const filterValue = (draft: Draft, filter: Filter): Schema => {
  switch (filter.kind) {
    case 'code':
    case 'codes':
    case 'ownCode':
      return codeSchema(draft, filter.vocabulary);
    case 'reference':
    case 'references':
    case 'ownReference':
      return ID;
    case 'integer':
    case 'integers':
      return { type: 'integer', minimum: -999_999_999, maximum: 999_999_999 };
    case 'amountFrom':
    case 'amountTo':
      return { type: 'string', pattern: AMOUNT_PATTERN };
    case 'dateFrom':
    case 'dateTo':
    case 'ownDate':
      return DATE;
    case 'boolean':
      return { type: 'boolean' };
    default:
      return { type: 'string', minLength: 1, maxLength: LONGEST_FILTER };
  }
};

/** What a parameter says; one that takes codes lists them, since pages do not show the description of its schema. */
const aboutParameter = ({ words }: Draft, owner: string | undefined, name: string, vocabulary?: VocabularyName) => {
  const about = words.sayFirst([`parameters:${owner}.${name}`, `parameters:common.${name}`]);
  return vocabulary ? `${about}\n\n${words.labelList(vocabulary, codesOf(vocabulary))}` : about;
};

const filterParameter = (draft: Draft, spec: ResourceSpec, name: string, filter: Filter): Part => {
  const value = filterValue(draft, filter);
  return {
    name,
    in: 'query',
    description: aboutParameter(draft, spec.name, name, 'vocabulary' in filter ? filter.vocabulary : undefined),
    ...(takesSeveral(filter) ? { ...commaSeparated, schema: several(value, MOST_VALUES) } : { schema: value }),
  };
};

/** Every sort that a list takes: both directions, and for texts the order of either language. */
const sortValues = (spec: ResourceSpec): string[] =>
  Object.entries(spec.sorts).flatMap(([name, sort]) => {
    const forms = sort.kind === 'localized' ? [name, ...LANGUAGES.map((language) => `${name}.${language}`)] : [name];
    return forms.flatMap((form) => [form, `-${form}`]);
  });

const sortParameter = (draft: Draft, spec: ResourceSpec): Part => ({
  name: 'sort',
  in: 'query',
  description: draft.words.sayFirst([`parameters:${spec.name}.sort`, 'parameters:common.sort']),
  schema: { type: 'string', enum: sortValues(spec), default: spec.defaultSort },
});

const listParameters = (draft: Draft, spec: ResourceSpec): Part[] => [
  ...Object.entries(spec.filters).map(([name, filter]) => filterParameter(draft, spec, name, filter)),
  shared(draft, 'query', 'q', { type: 'string', minLength: 1, maxLength: LONGEST_SEARCH }),
  sortParameter(draft, spec),
  ...Object.values(PAGING).map((paging) => paging(draft)),
  shared(draft, 'query', 'count', { type: 'boolean', default: false }),
  shared(draft, 'query', 'ids', several(ID, MOST_IDS), commaSeparated),
  shared(draft, 'query', 'missing', codeSchema(draft, 'language')),
];

/** What pages of every kind of list take. */
const PAGING: Readonly<Record<string, (draft: Draft) => Part>> = {
  limit: (draft) =>
    shared(draft, 'query', 'limit', { type: 'integer', minimum: 1, maximum: HIGHEST_LIMIT, default: DEFAULT_LIMIT }),
  cursor: (draft) => shared(draft, 'query', 'cursor', { type: 'string' }),
};

/** Parameters that a route names itself; those that take a code say of which vocabulary. */
const ownParameters = (
  draft: Draft,
  { parameters = [], required = [], codes = {}, resource, operation }: RouteDeclaration,
): Part[] =>
  parameters.map(
    (name) =>
      PAGING[name]?.(draft) ?? {
        name,
        in: 'query',
        description: aboutParameter(draft, resource ?? operation, name, codes[name]),
        ...(required.includes(name) && { required: true }),
        schema: codes[name] ? codeSchema(draft, codes[name]) : { type: 'string', minLength: 1 },
      },
  );

const pathParameters = (draft: Draft, path: string): Part[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
    shared(draft, 'path', name!, name === 'id' ? ID : { type: 'string', minLength: 1 }),
  );

const isRead = ({ method }: RouteDeclaration): boolean => method === 'get';

/** Whether a route asks for the version that the caller has seen. */
export const needsVersion = ({ method, operation, resource, versioned }: RouteDeclaration): boolean =>
  versioned || (resource !== undefined && (method === 'patch' || method === 'delete' || operation === 'publish'));

/** Whether a route can be asked again without a second effect. */
export const takesRetryKey = ({ method, resource, retried }: RouteDeclaration): boolean =>
  method === 'post' && (retried || resource !== undefined);

const headerParameters = (draft: Draft, route: RouteDeclaration): Part[] => [
  shared(draft, 'header', 'Accept-Language', { type: 'string' }),
  ...(isRead(route) ? [shared(draft, 'header', 'If-None-Match', { type: 'string' })] : []),
  ...(needsVersion(route) ? [shared(draft, 'header', 'If-Match', { type: 'string' }, { required: true })] : []),
  ...(takesRetryKey(route)
    ? [shared(draft, 'header', 'Idempotency-Key', { type: 'string', minLength: 1, maxLength: 255 })]
    : []),
];

/** Every parameter of a route: path, the resource's list, the route's own, language, headers. */
export const parametersOf = (draft: Draft, path: string, route: RouteDeclaration, spec?: ResourceSpec): Part[] => [
  ...pathParameters(draft, path),
  ...ownParameters(draft, route),
  ...(route.list && spec ? listParameters(draft, spec) : []),
  shared(draft, 'query', 'lang', { type: 'string', enum: [...LANGUAGES, 'all'] }),
  shared(draft, 'query', 'fallback', { type: 'string', enum: ['none'] }),
  ...headerParameters(draft, route),
];
