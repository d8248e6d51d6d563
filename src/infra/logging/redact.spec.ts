import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redact } from './redact.js';

const SECRET_NAMES = [
  'authorization',
  'Authorization',
  'Proxy-Authorization',
  'cookie',
  'Set-Cookie',
  'password',
  'newPassword',
  'password_hash',
  'token',
  'refreshToken',
  'access_token',
  'X-Api-Key',
  'apiKey',
  'PORTAL_SECRET_KEY',
  'clientSecret',
  'credentials',
];

const OPEN_NAMES = [
  'requestId',
  'path',
  'status',
  'title',
  'keyboard',
  'secretariats',
  'author',
  'pass',
  'organization',
];

describe('what is left out of a log', () => {
  it('is a member that would give the copy another prototype', () => {
    const copy = redact(JSON.parse('{"__proto__":{"polluted":true},"path":"/"}'));
    expect(copy).toEqual({ path: '/' });
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  it('D70 is the secret of an API key, and not the prefix that names it', () => {
    const text = `refused hap_0123456789ab_${'x'.repeat(43)} twice`;
    expect(redact({ message: text })).toEqual({ message: 'refused hap_0123456789ab_[redacted] twice' });
  });

  it.each(SECRET_NAMES)('G103 is the value of %s', (name) => {
    expect(redact({ [name]: 'x' })).toEqual({ [name]: '[redacted]' });
    expect(redact({ [name]: { deeper: ['x'] } })).toEqual({ [name]: '[redacted]' });
  });

  it('G103 is every secret, wherever it lies', () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null));
    const tree = fc.letrec((tie) => ({
      node: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('node'), { maxLength: 3 }), tie('object')),
      object: fc.dictionary(fc.constantFrom(...OPEN_NAMES, ...SECRET_NAMES), tie('node'), { maxKeys: 4 }),
    })).object as fc.Arbitrary<Record<string, unknown>>;
    const secret = 'unmistakable-secret';
    const plant = (value: unknown, name = ''): unknown => {
      if (SECRET_NAMES.includes(name)) return secret;
      if (Array.isArray(value)) return value.map((inner) => plant(inner));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plant(inner, key)]));
    };
    fc.assert(
      fc.property(tree, (value) => {
        const planted = plant(value);
        const before = JSON.stringify(planted);
        const text = JSON.stringify(redact(planted));
        expect(text).not.toContain(secret);
        expect(JSON.stringify(planted)).toBe(before);
        expect(JSON.stringify(redact(JSON.parse(text)))).toBe(text);
      }),
    );
  });

  it('is nothing of what holds no secret', () => {
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.integer(),
        fc.boolean(),
        fc.constant('a: b'),
        fc.array(tie('node')),
        tie('object'),
      ),
      object: fc.dictionary(fc.constantFrom(...OPEN_NAMES), tie('node'), { maxKeys: 4 }),
    })).object;
    fc.assert(
      fc.property(tree, (value) => {
        expect(redact(value)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ['Bearer eyJhbGciOi.J9.x_y-z rest', 'Bearer [redacted] rest'],
    ['postgres://portal:s3cret@127.0.0.1:5432/portal', 'postgres://[redacted]@127.0.0.1:5432/portal'],
    ['basic cG9ydGFsOng=', 'basic [redacted]'],
  ])('is a secret inside a text: %s', (text, clean) => {
    expect(redact({ reason: text })).toEqual({ reason: clean });
  });

  it('is the statement and the values of a database error, whose code stays', () => {
    const driver = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (email)=(a@b.cn)' });
    const error = Object.assign(new Error('insert failed', { cause: driver }), {
      query: 'insert into',
      parameters: ['x'],
    });
    const told = redact({ err: error }) as { err: Record<string, unknown> };
    expect(told.err).toMatchObject({ type: 'Error', message: 'insert failed', cause: { code: '23505' } });
    expect(JSON.stringify(told)).not.toMatch(/insert into|a@b\.cn|parameters/);
  });

  it('is what a line cannot bear: circles, depths, lengths, bytes', () => {
    const circle: Record<string, unknown> = { status: 1 };
    circle.self = { circle };
    expect(redact(circle)).toEqual({ status: 1, self: { circle: '[circular]' } });
    let deep: unknown = 'bottom';
    for (let level = 0; level < 100; level += 1) deep = { deep };
    expect(JSON.stringify(redact(deep)).length).toBeLessThan(200);
    expect((redact('x'.repeat(100_000)) as string).length).toBeLessThan(5_000);
    expect((redact(Array(10_000).fill(1)) as unknown[]).length).toBe(100);
    expect(redact({ body: Buffer.from('abc'), size: 5n })).toEqual({ body: '[3 bytes]', size: '5' });
  });

  it('is not what merely stands twice', () => {
    const shared = { path: '/x' };
    expect(redact({ a: shared, b: shared })).toEqual({ a: shared, b: shared });
  });
});
