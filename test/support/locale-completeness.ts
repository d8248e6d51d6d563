import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../src/infra/config/config.js';
import { ROUTE, type RouteDeclaration } from '../../src/infra/http/route.js';
import { CHECKS } from '../../src/kernel/checks/checks.js';
import { FINDING_MESSAGES } from '../../src/kernel/checks/finding.js';
import { LANGUAGES, type Language } from '../../src/kernel/languages.js';
import { LOCALE_FAULTS } from '../../src/kernel/locale-checks.js';
import { NOTIFICATION_KINDS } from '../../src/kernel/notification-kinds.js';
import { FIELD_ERRORS, PROBLEMS } from '../../src/kernel/problems.js';
import { codesOf, VOCABULARIES, type VocabularyName } from '../../src/kernel/vocabularies.js';
import { LETTER_KINDS } from '../../src/platform/mail/letters.js';
import { fieldsOf, type Shape } from '../../src/resource/field.js';
import { LANGUAGE_PARAMETERS, LIST_PARAMETERS } from '../../src/resource/list-query.js';
import { resources } from '../../src/resource/spec.js';
import '../../src/app.module.js';

/** Which texts the program asks for, read off the program itself, and which of them the locale files lack. */

const RESOURCE_FORMS = ['one', 'many', 'genitive', 'genitiveMany', 'accusative', 'description'];
const HEADERS = ['Accept-Language', 'Idempotency-Key', 'If-Match', 'If-None-Match'];

/** Members of answers and requests that no decorator declares. */
const VALUE_FIELDS: Record<string, string[]> = {
  portalRecord: ['id', 'languages'],
  languageMap: ['zh', 'ru'],
  languageList: ['zh', 'ru'],
  money: ['amount', 'min', 'max', 'currency', 'exactness'],
  quantity: ['value', 'min', 'max', 'unit', 'exactness'],
  reference: ['id', 'name'],
  languages: ['zh', 'ru', 'state', 'missing'],
  page: ['limit', 'next', 'total'],
  problem: [
    ...['type', 'title', 'status', 'detail', 'code', 'requestId', 'errors'],
    ...['pointer', 'parameter', 'message', 'current', 'hash', 'texts', 'findings', 'report', 'claimedUntil'],
  ],
  withdrawal: ['reason'],
};

const DOCUMENTATION = {
  '': ['title', 'description', 'pageTitle', 'switchLabel'],
  'responses.': [
    ...[
      '200list',
      '200record',
      '201',
      '202',
      '204',
      '302',
      '303',
      '304',
      '400',
      '401',
      '403',
      '404',
      '405',
      '409',
      '410',
      '412',
    ],
    ...['413', '415', '422', '428', '429', '503'],
  ],
  'headers.': ['ETag', 'Content-Language', 'Vary', 'Link', 'Location', 'Retry-After', 'X-Request-Id'],
  'security.': ['bearer', 'apiKey'],
};

/** Every route of the API: read from the controllers, so that none has to be listed. */
const routes = async (): Promise<RouteDeclaration[]> => {
  const source = join(projectFolder, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.controller.ts'),
  );
  const modules = await Promise.all(
    files.map((file) => import(join(source, file)) as Promise<Record<string, unknown>>),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .filter((exported) => typeof exported === 'function')
    .flatMap((controller) => Object.values(Object.getOwnPropertyDescriptors(controller.prototype)))
    .map(({ value }) => value && (Reflect.getMetadata(ROUTE, value) as RouteDeclaration | undefined))
    .filter((route) => route !== undefined);
};

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** `class.field` of a class, its ancestors and the classes of its nested objects, each under the class that declares it. */
const fieldKeys = (shape: Shape): string[] => {
  const parent = Object.getPrototypeOf(shape) as Shape;
  const inherited = parent === Function.prototype ? [] : fieldsOf(parent);
  const own = fieldsOf(shape).slice(inherited.length);
  return [
    ...own.map((field) => `${lowerFirst(shape.name)}.${field.name}`),
    ...own.flatMap((field) => (field.options.shape ? fieldKeys(field.options.shape()) : [])),
    ...(inherited.length > 0 ? fieldKeys(parent) : []),
  ];
};

/** The declared class of a body or an answer that is no resource's. */
const shapeOf = (part: RouteDeclaration['answer'] | RouteDeclaration['body']): Shape[] => {
  if (typeof part !== 'object') return [];
  return 'shape' in part ? [part.shape] : 'listOf' in part ? [part.listOf] : [];
};

const fieldTexts = (declared: RouteDeclaration[]): string[] => [
  ...declared.flatMap(({ answer, body }) => [answer, body].flatMap(shapeOf).flatMap(fieldKeys)),
  ...Object.entries(VALUE_FIELDS).flatMap(([name, members]) => members.map((member) => `${name}.${member}`)),
  ...resources().flatMap((spec) => [
    ...fieldKeys(spec.entity),
    ...Object.keys({ ...spec.computed, ...spec.detail }).map((name) => `${lowerFirst(spec.entity.name)}.${name}`),
  ]),
];

/** Parameters as `[resource, name]`: the text stands under the resource, or under `common` where several share it. */
const parameters = (declared: RouteDeclaration[]): [string, string][] => [
  ...[...LIST_PARAMETERS, ...LANGUAGE_PARAMETERS, ...HEADERS].map((name): [string, string] => ['common', name]),
  ...resources().flatMap((spec) => Object.keys(spec.filters).map((name): [string, string] => [spec.name, name])),
  ...declared.flatMap(({ operation, resource = operation, parameters = [], path }) =>
    [...parameters, ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)].map((name): [string, string] => [
      resource,
      name,
    ]),
  ),
];

const parameterTexts = (declared: RouteDeclaration[], present: ReadonlySet<string>): string[] =>
  parameters(declared).map(([resource, name]) =>
    present.has(`${resource}.${name}`) ? `${resource}.${name}` : `common.${name}`,
  );

/** Keys that the program asks for, by namespace. */
const wantedTexts = async (texts: ReadonlyMap<string, ReadonlySet<string>>): Promise<Map<string, Set<string>>> => {
  const declared = await routes();
  const vocabularies = Object.keys(VOCABULARIES) as VocabularyName[];
  const wanted: Record<string, string[]> = {
    problems: [
      ...Object.keys(PROBLEMS).flatMap((code) => [`${code}.title`, `${code}.detail`]),
      ...FIELD_ERRORS.map((code) => `errors.${code}`),
    ],
    vocabularies: vocabularies.flatMap((name) => [
      `${name}.title`,
      ...codesOf(name).map((code) => `${name}.codes.${code}`),
    ]),
    resources: resources().flatMap(({ name }) => RESOURCE_FORMS.map((form) => `${name}.${form}`)),
    operations: declared.flatMap(({ operation, answer }) => [
      `${operation}.summary`,
      `${operation}.description`,
      ...(answer === 'stream' || (typeof answer === 'object' && !('schema' in answer)) ? [`${operation}.answer`] : []),
    ]),
    parameters: parameterTexts(declared, texts.get('parameters') ?? new Set()),
    fields: fieldTexts(declared),
    documentation: Object.entries(DOCUMENTATION).flatMap(([part, keys]) => keys.map((key) => part + key)),
    notifications: [
      ...NOTIFICATION_KINDS.flatMap((kind) => [`${kind}.title`, `${kind}.text`]),
      ...['title', 'digest', 'question', 'button', 'done'].map((key) => `unsubscribe.${key}`),
    ],
    mail: LETTER_KINDS.flatMap((kind) => [`${kind}.subject`, `${kind}.text`]),
    'translation-checks': [
      ...CHECKS.map(({ id }) => `checks.${id}`),
      ...FINDING_MESSAGES.map((message) => `messages.${message}`),
      ...['error', 'warning'].map((severity) => `severities.${severity}`),
      ...LANGUAGES.map((language) => `languages.${language}`),
      ...['place', 'suggestion', 'remove', 'summary', 'usage', 'unreadable', 'example'].map((key) => `report.${key}`),
    ],
    'locale-checks': ['passed', ...LOCALE_FAULTS.map((code) => `faults.${code}`)],
  };
  return new Map(Object.entries(wanted).map(([namespace, keys]) => [namespace, new Set(keys)]));
};

const flatKeys = (tree: object, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : flatKeys(value as object, `${path}${key}.`),
  );

const readTexts = (language: Language): Map<string, Set<string>> => {
  const folder = join(projectFolder, 'locales', language);
  return new Map(
    readdirSync(folder).map((file) => [
      file.replace(/\.json$/, ''),
      new Set(flatKeys(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object)),
    ]),
  );
};

/**
 * Compares the locale files with the program, both ways. The console's texts are asked for by name in many places
 * and are not looked at.
 * @returns a line for every text that is missing or that nothing asks for
 */
export const missingTexts = async (): Promise<string[]> => {
  const lines: string[] = [];
  for (const language of LANGUAGES) {
    const texts = readTexts(language);
    for (const [namespace, wanted] of await wantedTexts(texts)) {
      const present = texts.get(namespace) ?? new Set();
      for (const key of wanted) if (!present.has(key)) lines.push(`${language} ${namespace}:${key} is missing`);
      for (const key of present)
        if (!wanted.has(key)) lines.push(`${language} ${namespace}:${key} is asked for by nothing`);
    }
  }
  return lines;
};
