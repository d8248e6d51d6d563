import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProblemCode } from '../../src/kernel/problems.js';
import { createDatabase, dropDatabase } from '../support/portal.js';
import { type BuiltPortal, type Exchange, exchange, startBuiltPortal } from './built-portal.js';
import { statusOf } from './support.js';

const ACTOR = {
  kind: 'account',
  id: '01900000-0000-7000-8000-000000000001',
  roles: ['official'],
  translatesInto: [],
  side: 'cn',
  organizationId: '01900000-0000-7000-8000-000000000001',
};
const HEAD = `Host: portal\r\nX-Test-Actor: ${JSON.stringify(ACTOR)}\r\n`;
const GET = `GET /api/v1/leads?limit=1 HTTP/1.1\r\n${HEAD}\r\n`;
const post = (headers: string, body = ''): string =>
  `POST /api/v1/leads HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\n${headers}\r\n${body}`;
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

let databaseUrl: string;
let portal: BuiltPortal;
beforeAll(async () => {
  databaseUrl = await createDatabase('portal_empty');
  portal = await startBuiltPortal('impatient', databaseUrl);
});
afterAll(async () => {
  await portal?.stop();
  await dropDatabase(databaseUrl);
});

const send = (
  pieces: string | readonly (string | Buffer)[],
  options?: Parameters<typeof exchange>[2],
): Promise<Exchange> => exchange(portal.port, typeof pieces === 'string' ? [pieces] : pieces, options);

/** One problem and nothing after it, in both languages where no header could say in which, and others are served. */
const expectRefusal = async (answer: Exchange, status: number, code: ProblemCode): Promise<void> => {
  expect([answer.statuses, answer.error, answer.text.slice(0, 200)]).toEqual([
    [status],
    undefined,
    answer.text.slice(0, 200),
  ]);
  expect(answer.text).toMatch(/^Content-Type: application\/problem\+json; charset=utf-8\r$/im);
  const body = JSON.parse(answer.text.slice(answer.text.indexOf('\r\n\r\n') + 4)) as Record<string, unknown>;
  expect(body).toMatchObject({ status, code, requestId: expect.any(String) });
  expect(body.title).toMatch(/\p{Script=Han}.* \/ .*\p{Script=Cyrillic}/u);
  expect(await statusOf(`${portal.url}/api/v1/leads`)).toBe(200);
};

describe('a client that takes its time', () => {
  it('C51 has limits to it, and is looked for often enough', () => {
    const limits = portal.told.limits as Record<string, number>;
    expect(limits.headersTimeout).toBeLessThanOrEqual(15_000);
    expect(limits.requestTimeout).toBeLessThanOrEqual(60_000);
    expect(limits.keepAliveTimeout).toBeLessThanOrEqual(60_000);
    expect(limits.connectionsCheckingInterval).toBeLessThanOrEqual(2_000);
  });

  it('C51 sending a body byte by byte is cut off, and nobody else waits for it', async () => {
    const slow = send([post('Content-Length: 1000\r\n'), ...Array(100).fill('1')], { gapMs: 100 });
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await statusOf(`${portal.url}/api/v1/leads`)).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const answer = await slow;
    expect(answer.closed).toBe(true);
    await expectRefusal({ ...answer, error: undefined }, 408, 'request.timeout');
  });

  it.each([
    ['half a line', 'GET /api/v1/le'],
    ['headers without an end', `GET /api/v1/leads HTTP/1.1\r\n${HEAD}`],
    ['nothing', ''],
  ])('C51 sending %s is cut off', async (_, text) => {
    const answer = await send(text === '' ? [] : [text], { patienceMs: 5_000 });
    expect(answer.closed).toBe(true);
    await expectRefusal(answer, 408, 'request.timeout');
  });

  it('C51 may stand there a hundred times', async () => {
    const stuck = Array.from({ length: 100 }, () => send(['GET /api/v1/le'], { patienceMs: 5_000 }));
    for (let turn = 0; turn < 10; turn += 1) expect(await statusOf(`${portal.url}/api/v1/leads`)).toBe(200);
    for (const answer of await Promise.all(stuck)) expect(answer.closed).toBe(true);
  });
});

describe('a request that is too large', () => {
  it('C52 by a header of 20 KB', async () => {
    await expectRefusal(
      await send(`GET /api/v1/leads HTTP/1.1\r\n${HEAD}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
      431,
      'request.headers-too-large',
    );
  });

  it('C52 by three thousand headers', async () => {
    const headers = Array.from({ length: 3_000 }, (_, index) => `X-${index}: ${'x'.repeat(10)}\r\n`).join('');
    await expectRefusal(
      await send(`GET /api/v1/leads HTTP/1.1\r\n${HEAD}${headers}\r\n`),
      431,
      'request.headers-too-large',
    );
  });

  it('C52 by an address of 9 KB', async () => {
    await expectRefusal(
      await send(`GET /api/v1/leads?q=${'x'.repeat(9_000)} HTTP/1.1\r\n${HEAD}\r\n`),
      414,
      'request.uri-too-long',
    );
  });

  it('C40 by a body that says so', async () => {
    await expectRefusal(await send(post('Content-Length: 400000\r\n', 'x'.repeat(400_000))), 413, 'request.too-large');
  });

  it('C40 by a body that comes in pieces', async () => {
    const pieces = Array.from({ length: 10 }, () => chunk('x'.repeat(65_536)));
    await expectRefusal(
      await send([post('Transfer-Encoding: chunked\r\n'), ...pieces, '0\r\n\r\n']),
      413,
      'request.too-large',
    );
  });

  it('C40 by a body without an end, which is not read without end', async () => {
    const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${portal.process.pid}/status`, 'utf8'))![1]);
    const before = memory();
    const piece = chunk('x'.repeat(1_048_576));
    const answer = await send([post('Transfer-Encoding: chunked\r\n'), ...Array(40).fill(piece)], { gapMs: 10 });
    expect(answer.closed).toBe(true);
    expect([[], [413]]).toContainEqual(answer.statuses);
    expect(memory() - before).toBeLessThan(50_000);
    expect(await statusOf(`${portal.url}/api/v1/leads`)).toBe(200);
  });

  it('C53 only after it is unpacked, which nobody does', async () => {
    const bomb = gzipSync('0'.repeat(10_000_000));
    const head = post(`Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n`);
    await expectRefusal(await send([head, bomb]), 415, 'request.unsupported-encoding');
  });
});

describe('a request that could be read in two ways', () => {
  it.each([
    ['a length and pieces', post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')],
    ['two lengths', post('Content-Length: 5\r\nContent-Length: 6\r\n', 'abcdef')],
    ['a list of lengths', post('Content-Length: 5, 5\r\n', 'abcde')],
    ['a negative length', post('Content-Length: -1\r\n')],
    ['a length that is no number', post('Content-Length: 0x10\r\n')],
    ['pieces and something else', post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n')],
    ['a folded header', `GET /api/v1/leads HTTP/1.1\r\n${HEAD}X-A: b\r\n c\r\n\r\n`],
    ['a space before the colon', `GET /api/v1/leads HTTP/1.1\r\n${HEAD}X-A : b\r\n\r\n`],
    ['NUL in a header', `GET /api/v1/leads HTTP/1.1\r\n${HEAD}X-A: b\u0000c\r\n\r\n`],
    ['a bare line feed', `GET /api/v1/leads HTTP/1.1\n${HEAD}X-A: b\n\n`],
    ['bytes that are not ASCII in the address', 'GET /api/v1/leads?q=同江 HTTP/1.1\r\nHost: portal\r\n\r\n'],
    ['a method nobody knows', 'STEAL /api/v1/leads HTTP/1.1\r\nHost: portal\r\n\r\n'],
    ['another protocol', '\u0016\u0003\u0001\u0002 hello\r\n\r\n'],
    ['a version to come', `GET /api/v1/leads HTTP/9.9\r\n${HEAD}\r\n`],
  ])('is refused and the connection closed: %s', async (_, text) => {
    const answer = await send([text, GET], { gapMs: 30 });
    expect(answer.closed).toBe(true);
    await expectRefusal({ ...answer, error: undefined }, 400, 'request.malformed');
  });

  it('is refused when a piece of its body is no piece', async () => {
    const answer = await send([post('Transfer-Encoding: chunked\r\n'), 'XYZ\r\nabc\r\n0\r\n\r\n', GET], { gapMs: 30 });
    expect([answer.statuses[0], answer.statuses.length, answer.closed]).toEqual([400, 1, true]);
  });

  it('has no second request in the body of the first, whether that is refused or not', async () => {
    const inner = `GET /api/v1/regions HTTP/1.1\r\nHost: portal\r\n\r\n`;
    const asked = [
      `POST /api/v1/leads HTTP/1.1\r\nHost: portal\r\nContent-Type: application/json\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
      `POST /nothing HTTP/1.1\r\nHost: portal\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
      `GET /api/v1/leads HTTP/1.1\r\nHost: portal\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
      post(`Content-Encoding: gzip\r\nContent-Length: ${inner.length}\r\n`, inner),
    ];
    const statuses = [];
    for (const text of asked) statuses.push((await send(text)).statuses);
    expect(statuses).toEqual([[401], [404], [200], [415]]);
  });

  it('is none when two requests follow each other on one connection', async () => {
    expect((await send([GET + GET, GET])).statuses).toEqual([200, 200, 200]);
    const refused = post('Content-Length: 2\r\n', '[]');
    expect((await send([refused + GET])).statuses).toEqual([400, 200]);
  });
});

describe('a client that leaves', () => {
  it('in the middle of its body is no fault of the database, nor of anybody', async () => {
    const before = portal.log().length;
    for (const pieces of [
      [post('Content-Length: 5000\r\n'), '{"a": '],
      [post('Transfer-Encoding: chunked\r\n'), chunk('{"a": ')],
    ])
      await send(pieces, { patienceMs: 50 });
    await send([GET], { patienceMs: 0 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(
      portal
        .log()
        .slice(before)
        .filter(({ level }) => level !== 'info'),
    ).toEqual([]);
    expect(await statusOf(`${portal.url}/api/v1/leads`)).toBe(200);
  });
});
