import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../kernel/problems.js';
import { readJsonBody } from './json-body.js';

type Headers = Record<string, string | undefined>;

const LIMIT = 262_144;

/** As much of a request as the reader looks at. */
const read = (body: string | Uint8Array, headers: Headers = {}): Promise<unknown> => {
  const bytes = Buffer.from(body);
  const request = Object.assign(Readable.from([bytes], { objectMode: false }), {
    headers: { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers },
  });
  return readJsonBody(request as never, LIMIT).then((body) => body?.value);
};

const refusal = async (body: string | Uint8Array, headers?: Headers): Promise<string> => {
  try {
    return `read ${JSON.stringify(await read(body, headers))}`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = (error.options.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
    return [error.code, ...errors].join(' | ');
  }
};

describe('a JSON body', () => {
  it('is what JSON.parse reads, for every value of JSON that can be kept', async () => {
    const value = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(value, async (one) => {
        const text = JSON.stringify(one);
        const answer = await refusal(text);
        const kept = JSON.stringify(JSON.parse(text));
        if (answer.startsWith('read')) expect(answer).toBe(`read ${kept}`);
        else expect(answer).toMatch(/number-not-exact|forbidden-characters|unknown-property|invalid-value/);
      }),
    );
  });

  it('C44 has the last of two members of one name', async () => {
    expect(await read('{"a": 1, "b": 0, "a": 2}')).toEqual({ a: 2, b: 0 });
  });

  it('may begin with a byte order mark and be in either of the two media types', async () => {
    expect(await read('\uFEFF{}')).toEqual({});
    expect(await read('{}', { 'content-type': 'application/merge-patch+json' })).toEqual({});
    expect(await read('{}', { 'content-type': 'Application/JSON ; Charset="UTF-8"' })).toEqual({});
    expect(await read('{}', { 'content-encoding': 'identity' })).toEqual({});
  });

  it('C42 is nothing where nothing was sent', async () => {
    expect(await read('', { 'content-length': '0' })).toBeUndefined();
    expect(await read('', { 'content-length': undefined, 'transfer-encoding': 'chunked' })).toBeUndefined();
  });

  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/jsonp'],
    ['application/problem+json'],
    ['text/json'],
    [''],
    [undefined],
    ['application/json; charset=gb18030'],
    ['application/json; charset=windows-1251'],
    ['application/json;charset="utf-16"'],
  ])('C41 is refused as %s', async (type) => {
    expect(await refusal('{}', { 'content-type': type })).toBe('request.unsupported-media-type');
  });

  it.each(['gzip', 'br', 'deflate', 'gzip, identity', 'x'])('C53 is refused in encoding %s', async (encoding) => {
    expect(await refusal('{}', { 'content-encoding': encoding })).toBe('request.unsupported-encoding');
  });

  it('C40 is refused above the limit, announced or not, and taken at it', async () => {
    const fits = JSON.stringify('x'.repeat(LIMIT - 2));
    expect(await refusal(fits)).toMatch(/^read/);
    expect(await refusal(`${fits} `)).toBe('request.too-large');
    expect(await refusal(`${fits} `, { 'content-length': undefined, 'transfer-encoding': 'chunked' })).toBe(
      'request.too-large',
    );
  });

  it.each([
    ['half a value', '{"a": '],
    ['a trailing comma', '[1,]'],
    ['two values', '{} {}'],
    ['single quotes', "{'a': 1}"],
    ['a comment', '{} // x'],
    ['NaN', '{"a": NaN}'],
    ['a control character in a string', '{"a": "\n"}'],
    ['a closing bracket too many', '[]]'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['GB 18030', Buffer.from([0x22, 0xba, 0xcf, 0xd7, 0xf7, 0x22])],
    ['windows-1251', Buffer.from([0x22, 0xcf, 0xee, 0xf0, 0xf2, 0x22])],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['UTF-16', Buffer.from('{"a": 1}', 'utf16le')],
  ])('is malformed: %s', async (_, body) => {
    expect(await refusal(body)).toBe('request.malformed');
  });
});

describe('the faults of a JSON body', () => {
  it.each([
    ['lists', '['.repeat(40_000) + ']'.repeat(40_000)],
    ['objects', '{"a":'.repeat(40_000)],
    ['both', '[{"a":'.repeat(20_000)],
    ['twenty-one', `${'['.repeat(21)}${']'.repeat(21)}`],
  ])('C39 is its depth, before it is parsed: %s', async (_, body) => {
    expect(await refusal(body)).toBe('request.invalid |  too-deep');
  });

  it('C39 is not the brackets inside a string, nor twenty levels', async () => {
    expect(await refusal(JSON.stringify({ a: `${'[{'.repeat(500)}\\"` }))).toMatch(/^read/);
    expect(await refusal(`${'['.repeat(20)}${']'.repeat(20)}`)).toMatch(/^read/);
  });

  it('is a list, or a whole, with more members than any record has', async () => {
    const list = (length: number) => `[${'0,'.repeat(length - 1)}0]`;
    expect(await refusal(`{"a": ${list(200)}}`)).toMatch(/^read/);
    expect(await refusal(`{"a": ${list(201)}}`)).toBe('request.invalid | /a too-many');
    expect(await refusal(`[${`${list(100)},`.repeat(110)}0]`)).toBe('request.invalid |  too-many');
  });

  it.each([
    ['__proto__', '{"a": [{"__proto__": {"polluted": 1}}]}', '/a/0/__proto__'],
    ['constructor', '{"constructor": {"prototype": {"polluted": 1}}}', '/constructor'],
    ['prototype', '{"a": {"prototype": 1}}', '/a/prototype'],
    ['toString', '{"a": {"toString": 1}}', '/a/toString'],
    ['hasOwnProperty', '{"hasOwnProperty": null}', '/hasOwnProperty'],
    ['__defineGetter__', '{"__defineGetter__": 1}', '/__defineGetter__'],
  ])('C43 is the name %s at any depth', async (_, body, pointer) => {
    expect(await refusal(body)).toContain(`${pointer} unknown-property`);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each(['\\u0000', '\\u0001', '\\u0008', '\\u000b', '\\u000c', '\\r', '\\u001f'])(
    'C45 is the control %s',
    async (written) => {
      expect(await refusal(`{"a": ["x${written}y"]}`)).toBe('request.invalid | /a/0 forbidden-characters');
    },
  );

  it.each(['\\ud800', 'x\\udc00', '\\udc00\\ud800', '\\ud83d x'])('C46 is the lone surrogate %s', async (written) => {
    expect(await refusal(`{"a": "${written}"}`)).toBe('request.invalid | /a forbidden-characters');
  });

  it.each([
    '1e400',
    '-1e400',
    '1e-400',
    '9007199254740993',
    '-9007199254740993',
    '9007199254740992',
    '-0',
    '-0.0',
    '0.1000000000000000055',
    '1.00000000000000000001',
    '1e22',
    '1'.repeat(400),
  ])('C47 is the number %s, which a double does not hold', async (number) => {
    expect(await refusal(`{"a": ${number}}`)).toBe('request.invalid | /a number-not-exact');
  });

  it.each([
    ['0', 0],
    ['0.0', 0],
    ['0e5', 0],
    ['1.50', 1.5],
    ['15e-1', 1.5],
    ['1.5E+3', 1500],
    ['9007199254740991', 9007199254740991],
    ['0.30000000000000004', 0.30000000000000004],
    ['1e-7', 1e-7],
  ])('C47 is not the number %s', async (text, number) => {
    expect(await read(`{"a": ${text}}`)).toEqual({ a: number });
  });

  it('C47 is no number that JavaScript itself wrote, unless it is a zero below zero or an unsafe integer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (number) => {
        fc.pre(!Object.is(number, -0) && (!Number.isInteger(number) || Number.isSafeInteger(number)));
        expect(await read(`[${number}]`)).toEqual([number]);
      }),
    );
  });

  it('F97 is a row of marks that normalizing would choke on', async () => {
    expect(await refusal(JSON.stringify({ a: `a${'\u0301\u0323'.repeat(60_000)}` }))).toBe(
      'request.invalid | /a too-many-marks',
    );
    expect(await refusal(JSON.stringify({ a: `a${'\u0301'.repeat(30)}` }))).toMatch(/^read/);
  });

  it('C55 is found in time that grows with the length alone', async () => {
    const began = performance.now();
    const units = ['a', '1', '0', '\\', '"', '[', ',', '\u0301', '{"a":', '1.', '-'];
    for (const unit of units) {
      await refusal(`{"a": ${unit.repeat(50_000)}!}`);
      await refusal(JSON.stringify({ a: `${unit.repeat(50_000)}!` }));
    }
    await refusal(`[1${'0'.repeat(100_000)}1]`);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('is told for each member, with the slash and the tilde of its name escaped', async () => {
    expect(await refusal('{"a/b": {"c~d": [1e400, "\\u0000"]}}')).toBe(
      'request.invalid | /a~1b/c~0d/0 number-not-exact | /a~1b/c~0d/1 forbidden-characters',
    );
  });
});
