import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { projectFolder } from '../../src/infra/config/config.js';

type Node = { [key: string]: unknown };
type Content = Record<string, { schema: Node }>;
type Response = { $ref?: string; content?: Content };
type Operation = { responses: Record<string, Response> };
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, Response>>;
};

/** Both documents have the same schemas; the Chinese one stands for them. */
const FILE = join(projectFolder, 'docs', 'openapi.zh.json');

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords below which schemas stand by name, and those below which they stand in a list. */
const NAMED = ['properties', '$defs'];
const LISTED = ['allOf', 'oneOf', 'anyOf'];

/**
 * The document lets answers grow, since clients must bear new members. A test must not: every object is closed
 * where it is used, so that a member that the document does not know is a fault.
 */
const closed = (schema: Node, open = false): Node => {
  const result: Node = { ...schema };
  for (const [keyword, value] of Object.entries(schema)) {
    if (NAMED.includes(keyword) && isNode(value)) {
      result[keyword] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closed(inner as Node)]));
    } else if (LISTED.includes(keyword)) {
      result[keyword] = (value as Node[]).map((inner) => closed(inner, keyword === 'allOf'));
    } else if (keyword === 'items' && isNode(value)) result.items = closed(value);
  }
  const describesObject = '$ref' in schema || 'properties' in schema || 'allOf' in schema;
  return open || !describesObject || 'additionalProperties' in schema
    ? result
    : { ...result, unevaluatedProperties: false };
};

const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));
const validators = new Map<string, ValidateFunction>();
let loaded: Document | undefined;

const load = (): Document => {
  if (loaded) return loaded;
  loaded = JSON.parse(readFileSync(FILE, 'utf8')) as Document;
  // A component is closed by those who refer to it, since others may add to it.
  const schemas = Object.entries(loaded.components.schemas as Record<string, Node>).map(([name, schema]) => [
    name,
    closed(schema, true),
  ]);
  ajv.addSchema({ $id: 'portal', components: { schemas: Object.fromEntries(schemas) } });
  return loaded;
};

const matches = (template: string, path: string): boolean => {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, n) => part.startsWith('{') || part === given[n]);
};

/** The operation of a request; a literal path goes before one with parameters. */
const operationOf = (method: string, path: string): { id: string; operation: Operation } | undefined => {
  const found = Object.entries(load().paths)
    .filter(([template, operations]) => matches(template, path) && operations[method])
    .sort(([a], [b]) => a.split('{').length - b.split('{').length)[0];
  return found && { id: `${method} ${found[0]}`, operation: found[1][method]! };
};

const resolve = (response: Response): Response => {
  const name = response.$ref?.split('/').at(-1);
  return name ? load().components.responses![name]! : response;
};

const validatorOf = (key: string, schema: Node): ValidateFunction => {
  const known = validators.get(key);
  if (known) return known;
  const text = JSON.stringify(closed(schema)).replaceAll('"#/components/', '"portal#/components/');
  const made = ajv.compile(JSON.parse(text) as Node);
  validators.set(key, made);
  return made;
};

/**
 * Holds an answer against the OpenAPI document.
 * @param path path of the request with or without its query, such as `/api/v1/leads?limit=1`
 * @param body parsed JSON of the answer; `undefined` where it had none
 * @returns what is wrong with it; nothing for an answer as documented
 */
export const validateAnswer = (method: string, path: string, status: number, body: unknown): string[] => {
  const asked = method.toLowerCase() === 'head' ? 'get' : method.toLowerCase();
  const described = operationOf(asked, path.split('?')[0]!);
  // A path or method that is not served is no operation's business.
  if (!described) return status === 404 || status === 405 ? [] : [`${method} ${path} is not documented`];
  const response = described.operation.responses[String(status)];
  // No operation promises a fault that nobody foresaw; tests that bring one about say what it must look like.
  if (!response) return status === 500 ? [] : [`${described.id} documents no ${status}`];
  const [type, content] = Object.entries(resolve(response).content ?? {})[0] ?? [];
  // Calendars and papers are no JSON; tests of their own read them.
  if (content && !type!.includes('json')) return [];
  if (!content) return body === undefined ? [] : [`${described.id} documents no body for ${status}`];
  if (body === undefined)
    return method.toLowerCase() === 'head' ? [] : [`${described.id} answers ${status} without a body`];
  const validate = validatorOf(`${described.id} ${status} ${type}`, content.schema);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${described.id} ${status} ${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
};
