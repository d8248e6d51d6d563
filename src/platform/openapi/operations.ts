import type { RouteEntry } from '../../infra/http/route-table.js';
import { type ResourceSpec, resourceOf } from '../../resource/spec.js';
import type { Part, Schema } from './components.js';
import { createExample, patchExample } from './examples.js';
import { parametersOf } from './parameters.js';
import { createSchema, patchSchema, withdrawalSchema } from './resource-schemas.js';
import { type AnswerSchemas, responsesOf } from './responses.js';
import { shapeSchema } from './shape-schemas.js';
import type { Draft } from './value-schemas.js';

/** `finance-product` → `financeProduct`. */
const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Verbs that resources share: their operations are named after the resource as well. */
const SHARED = new Set(['list', 'get', 'create', 'update', 'publish', 'withdraw', 'history']);

/** `leadList`, `leadGet`; operations that only one resource has bear the name of their texts. */
const operationId = ({ declaration: { operation, resource } }: RouteEntry): string => {
  if (!resource || !SHARED.has(operation)) return camel(operation);
  return `${camel(resource)}${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
};

/** Tag of a route: the first segment of its path below the prefix, without an ending such as `.ics`. */
export const tagOf = ({ path }: RouteEntry): string => path.split('/')[3]!.split('.')[0]!;

const bodySchema = (draft: Draft, { declaration }: RouteEntry, spec?: ResourceSpec): Schema => {
  if (declaration.body === 'reason') return withdrawalSchema(draft);
  if (typeof declaration.body === 'object' && 'shape' in declaration.body)
    return shapeSchema(draft, declaration.body.shape, 'create');
  if (!spec) throw new Error(`${declaration.operation} takes a body of no resource`);
  return declaration.body === 'create' ? createSchema(draft, spec) : patchSchema(draft, spec);
};

const bodyExample = ({ words, examples }: Draft, { declaration }: RouteEntry, spec?: ResourceSpec): unknown => {
  if (declaration.body === 'reason') return { reason: words.inBoth('reference:examples.reason') };
  // A body of its own class is none of the resource's, whose example would not fit it.
  if (typeof declaration.body === 'object') return undefined;
  const example = spec && examples[`${camel(spec.name)}Get`];
  return spec && (declaration.body === 'create' ? createExample(spec, example) : patchExample(spec, example));
};

/** A file is as it is; which ones are taken, their media types say. */
const fileBody = ({ words }: Draft, files: readonly string[]): Part => ({
  description: words.say('reference:bodies.file'),
  required: true,
  content: Object.fromEntries(files.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
});

const requestBody = (draft: Draft, route: RouteEntry, spec?: ResourceSpec): Part => {
  const { body } = route.declaration;
  if (typeof body === 'object' && 'files' in body) return fileBody(draft, body.files);
  const schema = bodySchema(draft, route, spec);
  const example = bodyExample(draft, route, spec);
  const types = body === 'patch' ? ['application/merge-patch+json', 'application/json'] : ['application/json'];
  return {
    description: draft.words.say(
      `reference:bodies.${typeof body === 'object' ? 'shape' : body}`,
      spec && draft.words.formsOf(spec.name),
    ),
    required: true,
    content: Object.fromEntries(types.map((type) => [type, { schema, ...(example !== undefined && { example }) }])),
  };
};

/** Reads are open to everybody, with or without an account; writes are not. */
const securityOf = ({ declaration }: RouteEntry): Part[] => [
  ...(declaration.open ? [{}] : []),
  { bearer: [] },
  { apiKey: [] },
];

/** What an operation does, and a request that can be tried as it stands. */
const describe = ({ words, examples }: Draft, route: RouteEntry, description: string): string => {
  const example = examples[operationId(route)];
  return example
    ? `${description}\n\n${words.say('reference:examples.request', { request: example.request })}`
    : description;
};

/** One operation of the API. */
export const operationOf = (draft: Draft, route: RouteEntry, own: AnswerSchemas): Part => {
  const { declaration, path } = route;
  const spec = declaration.resource === undefined ? undefined : resourceOf(declaration.resource);
  const id = operationId(route);
  const forms = spec && draft.words.formsOf(spec.name);
  return {
    operationId: id,
    tags: [tagOf(route)],
    summary: draft.words.say(`operations:${declaration.operation}.summary`, forms),
    description: describe(draft, route, draft.words.say(`operations:${declaration.operation}.description`, forms)),
    security: securityOf(route),
    parameters: parametersOf(draft, path, declaration, spec),
    ...(declaration.body && { requestBody: requestBody(draft, route, spec) }),
    responses: responsesOf(draft, { ...route, id }, spec, own),
  };
};
