import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../kernel/problems.js';
import { type Body, mergePatch, validateBody } from './body.js';
import { Code, Flag, Items, Localized, Refs, Sum, Text } from './fields.js';
import { PortalRecord } from './record.js';
import type { ResourceSpec } from './spec.js';

const json = (depth: number): fc.Arbitrary<unknown> =>
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: depth },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.string(),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'zh', 'ru', 'toString', '__proto__'), tie('value'), {
      maxKeys: 4,
    }),
  })).value;

const object = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), json(3), { maxKeys: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)) as Body);

/** RFC 7396 as its section 2 puts it, for objects. */
const byTheBook = (target: unknown, patch: unknown): unknown => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const isMap = typeof target === 'object' && target !== null && !Array.isArray(target);
  const result = new Map<string, unknown>(isMap ? Object.entries(target as Body) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, byTheBook(result.get(name), value));
  }
  return Object.fromEntries(result);
};

describe('merge patch', () => {
  it.each<[Body, Body, Body]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [{ a: 'x' }, { a: { b: { c: null, d: 1 } } }, { a: { b: { d: 1 } } }],
  ])('RFC 7396, appendix A: %j and %j give %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  it('does what the RFC says to any two objects', () => {
    fc.assert(
      fc.property(object, object, (target, patch) =>
        expect(mergePatch(target, patch)).toEqual(byTheBook(target, patch)),
      ),
    );
  });

  it('changes nothing when it is empty, and nothing more when it is sent again', () => {
    fc.assert(
      fc.property(object, object, (target, patch) => {
        expect(mergePatch(target, {})).toEqual(target);
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  it('leaves target, patch and every other object as they were', () => {
    fc.assert(
      fc.property(object, object, (target, patch) => {
        const before = JSON.stringify([target, patch]);
        mergePatch(target, patch);
        expect(JSON.stringify([target, patch])).toBe(before);
      }),
    );
    mergePatch({}, JSON.parse('{"__proto__": {"polluted": 1}, "a": {"__proto__": {"polluted": 1}}}') as Body);
    expect(({} as Body).polluted).toBeUndefined();
  });

  it('replaces as a whole what says one thing in several members', () => {
    const target = { area: { min: 1, max: 2, exactness: 'range' }, name: { zh: '区', ru: 'зона' } };
    const patch = { area: { value: 3, exactness: 'about', max: null }, name: { ru: null } };
    expect(mergePatch(target, patch, new Set(['area']))).toEqual({
      area: { value: 3, exactness: 'about' },
      name: { zh: '区' },
    });
  });
});

class Stage {
  @Code('leadStage')
  stage: string | null;

  @Flag({ initially: false })
  planned: boolean;
}

class SampleRecord extends PortalRecord {
  @Localized({ required: true, max: 10 })
  title: Body;

  @Text({ max: 10, pattern: /^[A-Z]+$/ })
  code: string | null;

  @Sum()
  sum: Body | null;

  @Refs('region')
  places: Body[];

  @Items(() => Stage)
  stages: Stage[];
}

const spec: ResourceSpec = {
  name: 'sample',
  path: 'samples',
  entity: SampleRecord,
  filters: {},
  sorts: { title: { kind: 'localized', field: 'title' } },
  defaultSort: 'title',
  searchable: ['title'],
  rules: [(body) => ((body.title as Body).zh === '错' ? { field: 'title', code: 'invalid-value' } : undefined)],
};

const good: Body = { sourceLanguage: 'zh', title: { zh: '样例' } };

const faults = (body: unknown): string[] => {
  try {
    validateBody(spec, body as Body);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.options.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
  }
};

describe('the body of a record', () => {
  it('is completed with the initial values of what it leaves out, in lists too', () => {
    expect(validateBody(spec, { ...good, stages: [{ stage: 'signed' }], code: null })).toEqual({
      ...good,
      audience: 'public',
      stages: [{ stage: 'signed', planned: false }],
    });
  });

  it('F90 is kept in normal form', () => {
    expect(validateBody(spec, { ...good, title: { ru: 'Краи\u0306' } }).title).toEqual({ ru: 'Край' });
  });

  it.each<[string, Body, string[]]>([
    [
      'B28 what the portal sets',
      { id: 'x', version: 1, state: 'published' },
      ['/id unknown-property', '/version unknown-property', '/state unknown-property'],
    ],
    [
      'B28 what nobody declared',
      { role: 'administrator', 'a/b~c': 1 },
      ['/role unknown-property', '/a~1b~0c unknown-property'],
    ],
    ['B29 the same inside a text', { title: { zh: '样', id: 'x' } }, ['/title/id unknown-property']],
    ['B29 the same inside a list', { stages: [{}, { state: 'x' }] }, ['/stages/1/state unknown-property']],
    [
      'B29 the same inside a reference',
      { places: [{ id: '01900000-0000-7000-8000-000000000001', name: 'x' }] },
      ['/places/0/name unknown-property'],
    ],
    ['a list in place of an object', { title: [] }, ['/title wrong-type']],
    ['a list in place of an element', { stages: [[]] }, ['/stages wrong-type']],
    ['nothing in place of an element', { stages: [null] }, ['/stages/0 wrong-type']],
    ['a text in place of an element', { places: ['x'] }, ['/places/0 wrong-type']],
    ['an object in place of a list', { stages: { 0: {} } }, ['/stages wrong-type', '/stages/0 unknown-property']],
    ['a number in place of a text', { code: 5 }, ['/code wrong-type']],
    ['a text of no language', { title: {} }, ['/title no-language']],
    ['a format', { code: 'ab' }, ['/code invalid-format']],
    [
      'the same place twice',
      { places: Array(2).fill({ id: '01900000-0000-7000-8000-000000000001' }) },
      ['/places repeated-reference'],
    ],
    [
      'a sum that says two things',
      { sum: { amount: '1', min: '1', currency: 'CNY', exactness: 'exact' } },
      ['/sum/exactness invalid-quantity'],
    ],
    ['a rule of the resource', { title: { zh: '错' } }, ['/title invalid-value']],
  ])('is refused for %s, by its pointer', (_, more, expected) => {
    expect(faults({ ...good, ...more })).toEqual(expected);
  });

  it('asks a rule of the resource only about members of the right type', () => {
    expect(faults({ sourceLanguage: 'zh' })).toEqual(['/title required']);
    expect(faults({ ...good, title: 5 })).toContain('/title wrong-type');
  });

  it('names the code points of forbidden characters, over all languages of the member', () => {
    try {
      validateBody(spec, { ...good, title: { zh: 'a\u202Eb\u200B' } });
    } catch (error) {
      expect((error as Problem).options.errors).toEqual([
        { pointer: '/title/zh', code: 'forbidden-characters', values: { codePoints: 'U+202E, U+200B' } },
      ]);
    }
    expect.assertions(1);
  });

  it('is accepted or refused, and nothing else, whatever stands in it', () => {
    const member = fc.constantFrom(
      'title',
      'code',
      'sum',
      'places',
      'stages',
      'owner',
      'audience',
      'remark',
      'toString',
    );
    fc.assert(
      fc.property(fc.dictionary(member, json(4), { maxKeys: 5 }), (body) => {
        expect(Array.isArray(faults({ ...good, ...JSON.parse(JSON.stringify(body)) }))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
