import type { RouteDeclaration } from '../../infra/http/route.js';
import type { RouteEntry } from '../../infra/http/route-table.js';
import { FIELD_ERRORS, PROBLEMS, type ProblemCode } from '../../kernel/problems.js';
import type { ResourceSpec } from '../../resource/spec.js';
import type { Part, Schema } from './components.js';
import { needsVersion, takesRetryKey } from './parameters.js';
import { detailSchema, listSchema, memberListSchema } from './resource-schemas.js';
import { shapeListSchema, shapeSchema } from './shape-schemas.js';
import { translationExtensions } from './translation-extensions.js';
import { type Draft, languageMap } from './value-schemas.js';

/** Media type of problems (RFC 9457). */
const PROBLEM_TYPE = 'application/problem+json';

type HeaderName =
  | 'ETag'
  | 'Content-Language'
  | 'Vary'
  | 'Cache-Control'
  | 'X-Request-Id'
  | 'Link'
  | 'Location'
  | 'Content-Disposition'
  | 'Retry-After'
  | 'WWW-Authenticate'
  | 'Set-Cookie';

const ALWAYS: HeaderName[] = ['Content-Language', 'Vary', 'Cache-Control', 'X-Request-Id'];

const headers = (draft: Draft, names: readonly HeaderName[]): Record<string, Part> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      draft.components.ref('headers', name.replaceAll('-', ''), () => ({
        description: draft.words.sayFirst([`documentation:headers.${name}`, `reference:headers.${name}`]),
        schema: { type: name === 'Retry-After' ? 'integer' : 'string' },
      })),
    ]),
  );

/** Codes of problems that answer with a status. */
const codesOfStatus = (status: number): ProblemCode[] =>
  (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => PROBLEMS[code] === status);

const titleOf = ({ words }: Draft, code: ProblemCode): string => words.say(`problems:${code}.title`);

/** Stand-ins for the placeholders of messages, where the message is quoted without an occasion. */
const PLACEHOLDERS = { max: 'N', min: 'N', codePoints: 'U+202E', vocabulary: 'audience' };

const fieldErrorSchema = (draft: Draft): Schema =>
  draft.components.schema('FieldError', () => {
    const about = (name: string) => draft.words.member('problem', name);
    const codes = draft.words.codeList(FIELD_ERRORS, (code) =>
      draft.words.say(`problems:errors.${code}`, PLACEHOLDERS),
    );
    return {
      type: 'object',
      description: draft.words.say('reference:schemas.fieldError'),
      properties: {
        pointer: { type: 'string', description: about('pointer') },
        parameter: { type: 'string', description: about('parameter') },
        code: { type: 'string', enum: FIELD_ERRORS, description: `${about('code')}\n\n${codes}` },
        message: { type: 'string', description: about('message') },
      },
      required: ['code', 'message'],
    };
  });

const problemCodeSchema = (draft: Draft): Schema =>
  draft.components.schema('ProblemCode', () => {
    const codes = Object.keys(PROBLEMS) as ProblemCode[];
    const label = (code: string) => `${titleOf(draft, code as ProblemCode)} (${PROBLEMS[code as ProblemCode]})`;
    return {
      type: 'string',
      description: `${draft.words.say('reference:schemas.problemCode')}\n\n${draft.words.codeList(codes, label)}`,
      enum: codes,
      'x-enum-descriptions': codes.map((code) => titleOf(draft, code)),
    };
  });

const problemSchema = (draft: Draft): Schema =>
  draft.components.schema('Problem', () => {
    const about = (name: string) => draft.words.member('problem', name);
    return {
      type: 'object',
      description: draft.words.say('reference:schemas.problem'),
      properties: {
        type: { type: 'string', format: 'uri', description: about('type') },
        title: { type: 'string', description: about('title') },
        status: { type: 'integer', minimum: 400, maximum: 599, description: about('status') },
        detail: { type: 'string', description: about('detail') },
        code: { ...problemCodeSchema(draft), description: about('code') },
        requestId: { type: 'string', description: about('requestId') },
        errors: { type: 'array', items: fieldErrorSchema(draft), description: about('errors') },
        ...translationExtensions(draft),
        reason: {
          oneOf: [languageMap(draft), { type: 'null' }],
          description: draft.words.member('withdrawal', 'reason'),
        },
        current: { type: 'object', description: about('current') },
        hash: { type: 'string', description: about('hash') },
      },
      required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
    };
  });

/** An example that the portal would give: the first code of the status in the words of the document's language. */
const exampleOf = (draft: Draft, status: number): Part => {
  const code = codesOfStatus(status)[0]!;
  return {
    type: `urn:portal:problem:${code}`,
    title: titleOf(draft, code),
    status,
    detail: draft.words.say(`problems:${code}.detail`, {
      limit: 262_144,
      version: 3,
      state: 'published',
      header: 'Idempotency-Key',
      year: 2027,
      side: 'cn',
      status: 'draft',
    }),
    code,
    requestId: '0b4e5a0e-6f0c-4b1a-9a65-7c0a4f5be0d1',
  };
};

const EXTRA_HEADERS: Partial<Record<number, HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

const problemResponse = (draft: Draft, status: number): Part =>
  draft.components.ref('responses', `Problem${status}`, () => {
    const codes = draft.words.codeList(codesOfStatus(status), (code) => titleOf(draft, code as ProblemCode));
    return {
      description: `${draft.words.sayFirst([`documentation:responses.${status}`, `reference:responses.${status}`])}\n\n${codes}`,
      headers: headers(draft, [...ALWAYS, ...(EXTRA_HEADERS[status] ?? [])]),
      content: { [PROBLEM_TYPE]: { schema: problemSchema(draft), example: exampleOf(draft, status) } },
    };
  });

/** Statuses of the problems that a route can answer with. */
const problemStatuses = (route: RouteDeclaration, path: string): number[] => {
  const isWrite = route.method !== 'get';
  const { resource, open, limited, cookies, problems = [] } = route;
  const aboutOne = path.includes('{');
  const statuses = [
    400,
    401,
    ...(!open || cookies ? [403] : []),
    ...(aboutOne || (isWrite && resource) ? [404] : []),
    ...(isWrite ? [409] : []),
    ...(aboutOne && resource ? [410] : []),
    ...(takesRetryKey(route) ? [422] : []),
    ...(limited ? [429] : []),
    ...problems.map((code) => PROBLEMS[code]),
    ...(needsVersion(route) ? [412] : []),
    ...(route.body ? [408, 413, 415] : []),
    ...(route.list ? [414] : []),
    ...(needsVersion(route) ? [428] : []),
    503,
  ];
  return [...new Set(statuses)].sort((a, b) => a - b);
};

/** Schema of a successful answer. */
export type AnswerSchemas = Readonly<Record<string, (draft: Draft) => Schema>>;

const answerSchema = (draft: Draft, route: RouteDeclaration, spec: ResourceSpec | undefined, own: AnswerSchemas) => {
  const { answer } = route;
  if (typeof answer === 'object') {
    if ('shape' in answer) return shapeSchema(draft, answer.shape, 'answer');
    if ('text' in answer) return { type: 'string' };
    // Raw bytes have no schema of their own (OpenAPI 3.1, "binary data").
    if ('file' in answer) return { type: 'string', format: 'binary' };
    if ('listOf' in answer) return shapeListSchema(draft, answer.listOf);
    const schema = own[answer.schema]?.(draft) ?? (spec && memberListSchema(draft, spec, answer.schema));
    if (!schema) throw new Error(`${route.operation} answers with ${answer.schema}, which nothing describes`);
    return schema;
  }
  if (!spec) throw new Error(`${route.operation} answers with a ${answer} of no resource`);
  return answer === 'list' ? listSchema(draft, spec) : detailSchema(draft, spec);
};

const successKey = ({ answer, status, method, operation }: RouteDeclaration): string => {
  if (typeof answer === 'object' && 'schema' in answer) return `reference:responses.${answer.schema}`;
  if (typeof answer === 'object' || answer === 'stream') return `operations:${operation}.answer`;
  if (answer === 'record' && method !== 'get') return `reference:responses.${operation}`;
  return `documentation:responses.${status}${status === 200 ? answer : ''}`;
};

/** Whether a route sends the browser elsewhere. */
const isRedirect = ({ status }: RouteDeclaration): boolean => status === 302 || status === 303;

const success = (draft: Draft, route: DescribedRoute, spec: ResourceSpec | undefined, own: AnswerSchemas): Part => {
  const { answer } = route.declaration;
  const description = draft.words.say(successKey(route.declaration));
  if (answer === 'none') {
    const leadsOn: HeaderName[] = isRedirect(route.declaration) ? ['Location', 'Set-Cookie'] : [];
    return { description, headers: headers(draft, ['X-Request-Id', ...leadsOn]) };
  }
  if (answer === 'stream') return eventStream(draft, description);
  const names: HeaderName[] = [
    'ETag',
    ...ALWAYS,
    ...(answer === 'list' ? (['Link'] as const) : []),
    ...(answer === 'created' ? (['Location'] as const) : []),
    ...(typeof answer === 'object' && 'file' in answer ? (['Content-Disposition'] as const) : []),
  ];
  const schema = answerSchema(draft, route.declaration, spec, own);
  const example = draft.examples[route.id]?.answers?.[draft.words.language];
  return {
    description,
    headers: headers(draft, names),
    content: Object.fromEntries(
      mediaTypesOf(answer).map((type) => [type, { schema, ...(example !== undefined && { example }) }]),
    ),
  };
};

const eventStream = (draft: Draft, description: string): Part => ({
  description,
  headers: headers(draft, ['Cache-Control', 'X-Request-Id']),
  content: { 'text/event-stream': { schema: { type: 'string' } } },
});

const mediaTypesOf = (answer: RouteDeclaration['answer']): readonly string[] => {
  if (typeof answer === 'object' && 'text' in answer) return [answer.text, ...(answer.or ?? [])];
  return typeof answer === 'object' && 'file' in answer ? [answer.file].flat() : ['application/json'];
};

const notModified = (draft: Draft): Part =>
  draft.components.ref('responses', 'NotModified', () => ({
    description: draft.words.say('documentation:responses.304'),
    headers: headers(draft, ['ETag', ...ALWAYS]),
  }));

/** A route with the id of its operation. */
export type DescribedRoute = RouteEntry & { id: string };

/** Whether an answer can be confirmed as unchanged: a document that is read, not a stream or a way to elsewhere. */
const hasUnchanged = (declaration: RouteDeclaration): boolean =>
  declaration.method === 'get' && declaration.answer !== 'stream' && !isRedirect(declaration);

/** Every answer of a route by status. */
export const responsesOf = (
  draft: Draft,
  route: DescribedRoute,
  spec: ResourceSpec | undefined,
  own: AnswerSchemas,
): Record<string, Part> => {
  const { declaration, path } = route;
  return {
    [declaration.status]: success(draft, route, spec, own),
    ...(hasUnchanged(declaration) && { 304: notModified(draft) }),
    ...Object.fromEntries(problemStatuses(declaration, path).map((status) => [status, problemResponse(draft, status)])),
  };
};
