import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../src/app.module.js';
import { projectFolder } from '../../src/infra/config/config.js';
import { LANGUAGES } from '../../src/kernel/languages.js';
import { PROBLEMS } from '../../src/kernel/problems.js';
import {
  createExample,
  EXAMPLES_FILE,
  type Example,
  patchExample,
  readExamples,
} from '../../src/platform/openapi/examples.js';
import { validateBody } from '../../src/resource/body.js';
import { resources } from '../../src/resource/spec.js';
import { exampleId, fillKeys, LONGEST_SHOWN, type SeedIds, seedIds, steady } from '../support/openapi-examples.js';
import { validateAnswer } from '../support/openapi-validator.js';
import { startPortal, type TestPortal } from '../support/portal.js';

type Part = { [member: string]: unknown };
type Document = {
  tags: Part[];
  paths: Record<string, Record<string, Part>>;
  components: Record<string, Record<string, Part>>;
};

const golden = (language: string): Document =>
  JSON.parse(readFileSync(join(projectFolder, 'docs', `openapi.${language}.json`), 'utf8')) as Document;

/** Titles, codes and the registers of one side, which the other side calls by their own letters. */
const OWN_NAMES = /[“«《][^”»》]*[”»》]|`[^`]*`|（[^）]*）/g;

const isObject = (value: unknown): value is Part => typeof value === 'object' && value !== null;

/** Where two values first differ, for a message that a person can act on. */
const firstDifference = (a: unknown, b: unknown, at = '#'): string | undefined => {
  if (!isObject(a) || !isObject(b)) return a === b ? undefined : `${at}: ${JSON.stringify(a)} ≠ ${JSON.stringify(b)}`;
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[name], b[name], `${at}/${name}`);
    if (found) return found;
  }
  return undefined;
};

const operationsOf = (document: Document): [string, Part][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Part] => [`${method} ${path}`, operation]),
  );

let portal: TestPortal;
let ids: SeedIds;

beforeAll(async () => {
  portal = await startPortal();
  ids = await seedIds(portal);
});
afterAll(() => portal?.close());

describe.each(LANGUAGES)('the %s document', (language) => {
  it('is the one that is checked in (npm run openapi writes it)', async () => {
    const response = await fetch(`${portal.url}/openapi.${language}.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(firstDifference(golden(language), await response.json())).toBeUndefined();
  });

  it('is confirmed with 304 and names its language', async () => {
    const url = `${portal.url}/openapi.${language}.json`;
    const first = await fetch(url);
    expect(first.headers.get('content-language')).toBe(language === 'zh' ? 'zh-Hans' : 'ru');
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"/);
    const again = await fetch(url, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('describes every operation, parameter, property, code and answer', () => {
    const lacking: string[] = [];
    const must = (part: Part, at: string) => {
      if (typeof part.description !== 'string' || part.description.trim() === '') lacking.push(at);
    };
    const walkSchema = (schema: unknown, at: string): void => {
      if (Array.isArray(schema)) for (const inner of schema) walkSchema(inner, at);
      if (!isObject(schema)) return;
      for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, Part>)) {
        must(property, `${at}.${name}`);
        walkSchema(property, `${at}.${name}`);
      }
      for (const keyword of ['items', 'allOf', 'oneOf']) walkSchema(schema[keyword], `${at}/${keyword}`);
    };
    const document = golden(language);
    for (const tag of document.tags) must(tag, `tag ${tag.name}`);
    for (const [name, operation] of operationsOf(document)) {
      must(operation, name);
      expect(typeof operation.summary).toBe('string');
      for (const parameter of operation.parameters as Part[])
        if (!parameter.$ref) must(parameter, `${name}?${parameter.name}`);
      for (const [status, response] of Object.entries(operation.responses as Record<string, Part>)) {
        if (!response.$ref) must(response, `${name} → ${status}`);
      }
    }
    for (const section of ['parameters', 'headers', 'responses', 'securitySchemes']) {
      for (const [name, part] of Object.entries(document.components[section]!)) must(part, `${section}/${name}`);
    }
    for (const [name, schema] of Object.entries(document.components.schemas!)) {
      walkSchema(schema, name);
      const labels = schema['x-enum-descriptions'] as string[] | undefined;
      if (schema.enum) expect([name, labels?.length]).toEqual([name, (schema.enum as string[]).length]);
      for (const label of labels ?? []) expect(schema.description).toContain(label);
    }
    expect(lacking).toEqual([]);
  });

  it('lists every problem there is', () => {
    expect(golden(language).components.schemas!.ProblemCode!.enum).toEqual(Object.keys(PROBLEMS));
  });

  it('has no word of the other language but the names of the languages', () => {
    const foreign = language === 'zh' ? /[А-Яа-яЁё]{3,}/ : /[\u4e00-\u9fff]/;
    const texts: string[] = [];
    const walk = (value: unknown, name = ''): void => {
      // Examples are the portal's content, where the other language may stand in.
      if (name === 'example' || name === 'pattern') return;
      if (typeof value === 'string') texts.push(value);
      else if (isObject(value)) for (const [member, inner] of Object.entries(value)) walk(inner, member);
    };
    walk(golden(language));
    const stray = texts.filter((text) => foreign.test(text.replace(OWN_NAMES, '')));
    expect(stray).toEqual([]);
  });
});

describe('the two documents', () => {
  it('have the same operations, parameters and schemas', () => {
    const bones = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(bones);
      if (!isObject(value)) return value;
      const words = [
        'description',
        'summary',
        'title',
        'example',
        'x-enum-descriptions',
        'x-displayName',
        'x-language',
      ];
      const isText = (name: string, inner: unknown) =>
        words.includes(name) && !(name !== 'example' && isObject(inner) && !Array.isArray(inner));
      return Object.fromEntries(
        Object.entries(value)
          .filter(([name, inner]) => !isText(name, inner))
          .map(([name, inner]) => [name, bones(inner)]),
      );
    };
    expect(firstDifference(bones(golden('zh')), bones(golden('ru')))).toBeUndefined();
  });
});

describe('the examples', () => {
  const examples = readExamples();
  /** Whether an operation can be asked without an account. */
  const isOpen = (operation: Part): boolean =>
    (operation.security as Part[]).some((scheme) => Object.keys(scheme).length === 0);
  /** Whether an operation answers with a document; streams and the stations of signing in do not. */
  const isDocument = ({ responses }: Part): boolean =>
    (responses as Record<string, { content?: object }>)['200']?.content?.['application/json' as never] !== undefined;
  const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  /** Reads of single records that are never public: their lists alone can be asked without an account. */
  const confidential = resources()
    .filter(({ widestAudience }) => widestAudience !== undefined)
    .flatMap(({ name }) => [`${camel(name)}Get`, `${camel(name)}History`]);
  const reads = operationsOf(golden('zh')).filter(
    ([name, read]) =>
      name.startsWith('get ') && isOpen(read) && isDocument(read) && !confidential.includes(read.operationId as string),
  );

  /** Versions are kept where two sides agree, contacts between two offices: the first content holds neither. */
  const WITHOUT = ['minutesVerification', 'minutesVersion', 'contactGet', 'contactHistory'];

  it('stand at every open read', () => {
    const ids = reads.map(([, operation]) => operation.operationId as string).filter((id) => !WITHOUT.includes(id));
    expect(Object.keys(examples).sort()).toEqual(ids.sort());
  });

  /** Asks for an example anew; `UPDATE_EXAMPLES=1` writes down what is answered now. */
  const answer = async (id: string, { path }: Example): Promise<Example> => {
    const asked = fillKeys(path, (key) => ids.idOf.get(key) ?? `no seed row ${key}`);
    const answers: Part = {};
    // Bodies are made of records in both languages.
    for (const choice of id.endsWith('Get') ? ([...LANGUAGES, 'all'] as const) : LANGUAGES) {
      const { status, body } = await portal.ask(
        `${asked.replace('/api/v1', '')}${path.includes('?') ? '&' : '?'}lang=${choice}`,
      );
      expect([path, status]).toEqual([path, 200]);
      expect(validateAnswer('GET', asked, status, body)).toEqual([]);
      // A calendar is asked for and not shown: it is no JSON, and bears the time of the content.
      if (body !== undefined) answers[choice] = steady(body, ids);
    }
    if (Object.keys(answers).length === 0) return { path, request: fillKeys(path, exampleId) };
    const isLong = JSON.stringify(answers.zh).length > LONGEST_SHOWN;
    return { path, request: fillKeys(path, exampleId), ...(!isLong && { answers: answers as Example['answers'] }) };
  };

  it('are what the portal answers', async () => {
    const now: Record<string, Example> = {};
    for (const [id, example] of Object.entries(examples)) now[id] = await answer(id, example);
    if (process.env.UPDATE_EXAMPLES) writeFileSync(EXAMPLES_FILE, `${JSON.stringify(now, null, 2)}\n`);
    else expect(firstDifference(examples, now)).toBeUndefined();
  });

  it('are bodies that would be accepted', () => {
    for (const spec of resources()) {
      const example = examples[`${camel(spec.name)}Get`];
      const body = createExample(spec, example);
      if (!body) continue;
      expect(() => validateBody(spec, body)).not.toThrow();
      expect(() => validateBody(spec, { ...body, ...patchExample(spec, example) })).not.toThrow();
    }
  });
});

describe('answers', () => {
  it.each(resources().map((spec) => spec.path))('of /%s are as documented', async (path) => {
    const faults = new Set<string>();
    const check = async (asked: string) => {
      const { status, body } = await portal.ask(asked);
      for (const fault of validateAnswer('GET', `/api/v1${asked}`, status, body)) faults.add(fault);
      return body;
    };
    const whole = await check(`/${path}?limit=100&count=true`);
    for (const query of ['lang=zh', 'lang=ru&fallback=none', 'limit=0', 'unknown=1', 'cursor=1.x.y']) {
      await check(`/${path}?limit=3&${query}`);
    }
    for (const { id } of whole.items) await check(`/${path}/${id}?lang=ru`);
    await check(`/${path}/01900000-0000-7000-8000-00000000ffff`);
    expect([...faults].slice(0, 5)).toEqual([]);
  });

  it('with a member that is not documented are found out', async () => {
    const { body } = await portal.ask('/leads?limit=1');
    const path = '/api/v1/leads?limit=1';
    const [lead] = body.items;
    const list = (item: object) => ({ ...body, items: [item] });
    expect(validateAnswer('GET', path, 200, body)).toEqual([]);
    expect(validateAnswer('GET', path, 200, { ...body, more: 1 })).not.toEqual([]);
    expect(validateAnswer('GET', path, 200, list({ ...lead, more: 1 }))).not.toEqual([]);
    expect(validateAnswer('GET', path, 200, list({ ...lead, name: { en: 'x' } }))).not.toEqual([]);
    expect(validateAnswer('GET', path, 200, list({ ...lead, stage: 'unknown' }))).not.toEqual([]);
    expect(validateAnswer('GET', path, 200, list({ ...lead, id: 1 }))).not.toEqual([]);
    expect(validateAnswer('GET', path, 204, undefined)).not.toEqual([]);
  });
});
