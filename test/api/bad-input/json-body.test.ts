import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../../src/app.module.js';
import { type AccountActor, type Actor, organizationOf } from '../../../src/kernel/actor.js';
import type { ProblemCode } from '../../../src/kernel/problems.js';
import { writableFields } from '../../../src/resource/body.js';
import { fieldsOf } from '../../../src/resource/field.js';
import { resources } from '../../../src/resource/spec.js';
import { actorOf } from '../../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';
import { Records } from '../../support/records.js';
import { expectProblem, faultsOf, IN_RUSSIAN } from './problems.js';

let portal: TestPortal;
let actor: Actor;
beforeAll(async () => {
  portal = await startPortal();
  actor = await actorOf(portal, 'org-tongjiang-gov');
});
afterAll(() => portal.close());

type Sent = { path?: string; method?: string; type?: string | undefined; headers?: Record<string, string> };

/** Sends bytes as they are. */
const send = async (
  body: string | Uint8Array<ArrayBuffer>,
  { path = '/industries', method = 'POST', headers = {}, ...sent }: Sent = {},
): Promise<Answer> => {
  const type = 'type' in sent ? sent.type : 'application/json';
  const response = await fetch(`${portal.url}/api/v1${path}`, {
    method,
    body,
    headers: {
      ...IN_RUSSIAN,
      'X-Test-Actor': JSON.stringify(actor),
      ...(type && { 'Content-Type': type }),
      ...headers,
    },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : undefined };
};

const refused = async (
  body: string | Uint8Array<ArrayBuffer>,
  code: ProblemCode,
  faults: string[],
  sent?: Sent,
): Promise<void> => {
  const answer = await send(body, sent);
  expectProblem(answer, [
    code === 'request.too-large' ? 413 : code.startsWith('request.unsupported') ? 415 : 400,
    code,
  ]);
  expect(faultsOf(answer)).toEqual(faults);
};

/** A body that is good, with a code nobody has yet. */
const industry = (more: object = {}): object => ({
  sourceLanguage: 'zh',
  code: `bad-input-${randomUUID()}`,
  name: { zh: '样例' },
  ...more,
});
const lead = (more: object = {}): object => ({
  sourceLanguage: 'zh',
  kind: 'investment',
  name: { zh: '样例' },
  ...more,
});

describe('a body that is none', () => {
  it.each(['null', '[]', '"x"', '1', 'true', '[{}]', ''])(
    'C42 is refused where an object is needed: %j',
    async (body) => {
      const answer = await send(body);
      expectProblem(answer, [400, 'request.body-required']);
    },
  );

  it('C42 is refused on PATCH and DELETE, too', async () => {
    const { body } = await portal.ask('/industries', { method: 'POST', actor, json: industry() });
    for (const method of ['PATCH', 'DELETE']) {
      const answer = await portal.ask(`/industries/${body.id}`, {
        method,
        actor,
        headers: { 'If-Match': '"v1-all"', ...IN_RUSSIAN },
      });
      expectProblem(answer, [400, 'request.body-required']);
    }
  });

  it.each([
    ['text/plain', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['multipart', 'multipart/form-data; boundary=x'],
    ['no type', undefined],
    ['another character set', 'application/json; charset=gb18030'],
  ])('C41 is refused as %s', async (_, type) => {
    await refused(new TextEncoder().encode('{}'), 'request.unsupported-media-type', [], { type });
  });

  it('C53 is refused when it is compressed', async () => {
    await refused('{}', 'request.unsupported-encoding', [], { headers: { 'Content-Encoding': 'gzip' } });
  });

  it('C40 is refused above the limit, with its length announced or in pieces, and the connection is of use afterwards', async () => {
    const large = JSON.stringify({ name: { zh: 'x'.repeat(300_000) } });
    await refused(large, 'request.too-large', []);
    const pieces = new ReadableStream({ start: (to) => [to.enqueue(new TextEncoder().encode(large)), to.close()] });
    const answer = await fetch(`${portal.url}/api/v1/industries`, {
      method: 'POST',
      body: pieces,
      duplex: 'half',
      headers: { 'Content-Type': 'application/json', 'X-Test-Actor': JSON.stringify(actor) },
    } as RequestInit);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'request.too-large']);
    expect((await portal.ask('/industries?limit=1')).status).toBe(200);
  });

  it.each(['{', '{"a":}', "{'a':1}", '{} {}', '{"a": NaN}', '\u0000'])('is malformed: %j', async (body) => {
    await refused(body, 'request.malformed', []);
  });
});

describe('a body that means harm', () => {
  it('C39 nested forty thousand deep is refused before it is parsed', async () => {
    const began = performance.now();
    await refused('['.repeat(40_000) + ']'.repeat(40_000), 'request.invalid', [' too-deep']);
    await refused('{"name":'.repeat(20_000), 'request.invalid', [' too-deep']);
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it.each([
    ['a list of sixty thousand', () => `{"stageLog": [${'{},'.repeat(60_000)}{}]}`, [' too-many']],
    ['a list of two thousand', () => `{"stageLog": [${'{},'.repeat(2_000)}{}]}`, ['/stageLog too-many']],
    [
      'ten thousand marks in a row',
      () => JSON.stringify({ name: { ru: `е${'\u0301\u0323'.repeat(20_000)}` } }),
      ['/name/ru too-many-marks'],
    ],
  ])('is refused at once: %s', async (_, body, faults) => {
    const began = performance.now();
    await refused(body(), 'request.invalid', faults, { path: '/leads' });
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('names fifty faults at most, each as long as it takes to recognize it', async () => {
    const members = Array.from({ length: 5_000 }, (_, index) => `"member-${index}": 1`);
    const many = await send(`{${members.join()}}`);
    expect([many.status, many.body.errors.length]).toEqual([400, 50]);
    const long = await send(JSON.stringify(industry({ ['𠀀'.repeat(50_000)]: 1 })));
    expectProblem(long, [400, 'request.invalid']);
    expect(long.text.length).toBeLessThan(1_500);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'C43 with a member %s is refused at any depth',
    async (name) => {
      const inner = `{"${name}": {"polluted": true}}`;
      await refused(inner, 'request.invalid', [`/${name} unknown-property`]);
      await refused(`{"name": ${inner}}`, 'request.invalid', [`/name/${name} unknown-property`]);
      await refused(
        `{"stageLog": [{"text": ${inner}}]}`,
        'request.invalid',
        [`/stageLog/0/text/${name} unknown-property`],
        { path: '/leads' },
      );
      const later = await portal.ask('/industries?limit=1');
      expect([later.status, later.text.includes('polluted')]).toEqual([200, false]);
    },
  );

  it('C44 with two members of one name has the last of them', async () => {
    const body = JSON.stringify(industry()).replace('"sourceLanguage"', '"name": {"zh": "先"}, "sourceLanguage"');
    const answer = await send(body);
    expect([answer.status, answer.body.name]).toEqual([201, { zh: '样例' }]);
  });

  it('C50 as multipart is refused before it is read, and takes neither memory nor files', async () => {
    const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${portal.process.pid}/status`, 'utf8'))![1]);
    const [before, files] = [memory(), readdirSync(tmpdir()).length];
    const part = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n`;
    const bodies = [
      part(`a${'[b]'.repeat(5_000)}`),
      part('a').repeat(10_000),
      part('a'),
      `--x\r\n${'y'.repeat(1_000_000)}`,
    ];
    for (const body of [...bodies, ...bodies, ...bodies])
      await refused(body, 'request.unsupported-media-type', [], { type: 'multipart/form-data; boundary=x' });
    expect(memory() - before).toBeLessThan(50_000);
    expect(Math.abs(readdirSync(tmpdir()).length - files)).toBeLessThan(20);
  });
});

describe('members that a request may not set', () => {
  const forbidden = [
    'id',
    'role',
    'side',
    'organisationId',
    'organizationId',
    'ownerId',
    'state',
    'status',
    'createdBy',
    'version',
    'publishedAt',
    'updatedAt',
    'passwordHash',
    'languages',
    'withdrawalReason',
    'reason',
  ];

  it('B28 are refused by name on PATCH, and nothing is written', async () => {
    const { body: created } = await portal.ask('/industries', { method: 'POST', actor, json: industry() });
    const json = Object.fromEntries(forbidden.map((name) => [name, 'x']));
    const answer = await portal.ask(`/industries/${created.id}`, {
      method: 'PATCH',
      actor,
      json: { ...json, name: { zh: '改' } },
      headers: { 'If-Match': '"v1-all"', ...IN_RUSSIAN },
    });
    expectProblem(answer, [400, 'request.invalid']);
    expect(faultsOf(answer).sort()).toEqual(forbidden.map((name) => `/${name} unknown-property`).sort());
    const after = await portal.ask(`/industries/${created.id}`, { actor });
    expect(after.body).toEqual(created);
  });

  it.each<[string, object, string[]]>([
    ['a text', { name: { zh: '样', id: 'x', en: 'x' } }, ['/name/id', '/name/en']],
    ['a reference', { owner: { id: 'OWNER', name: { zh: '别' }, side: 'ru' } }, ['/owner/name', '/owner/side']],
    [
      'a sum',
      { totalInvestment: { amount: '1', currency: 'CNY', exactness: 'exact', value: 1 } },
      ['/totalInvestment/value'],
    ],
    [
      'an element of a list',
      { stageLog: [{ stage: 'signed' }, { stage: 'signed', state: 'published', id: 'x' }] },
      ['/stageLog/1/state', '/stageLog/1/id'],
    ],
    [
      'a list inside one',
      {
        capacities: [
          { name: { zh: '量', role: 'x' }, quantity: { value: 1, unit: 't', exactness: 'exact', amount: 1 } },
        ],
      },
      ['/capacities/0/name/role', '/capacities/0/quantity/amount'],
    ],
  ])('B29 are refused inside %s', async (_, more, pointers) => {
    const owner = organizationOf(actor)!;
    const json = JSON.stringify(lead(more)).replace('OWNER', owner);
    await refused(
      json,
      'request.invalid',
      pointers.map((pointer) => `${pointer} unknown-property`),
      { path: '/leads' },
    );
  });
});

describe('numbers and times that are none', () => {
  it.each([
    ['1e400', 'number-not-exact'],
    ['9007199254740993', 'number-not-exact'],
    ['-0', 'number-not-exact'],
    ['"5"', 'wrong-type'],
    ['2147483648', 'too-large'],
    ['0', 'too-small'],
    ['-1', 'too-small'],
    ['1.5', 'not-an-integer'],
    ['true', 'wrong-type'],
    ['[5]', 'wrong-type'],
    ['{}', 'wrong-type'],
  ])('C47 %s in place of a whole number', async (number, code) => {
    const body = JSON.stringify(lead({ phases: 'N' })).replace('"N"', number);
    const expected = number === '2147483648' ? ['/numberInSeries too-large'] : [`/phases ${code}`];
    const meeting = `{"sourceLanguage":"zh","kind":"plenary","status":"draft","title":{"zh":"会"},"numberInSeries":${number}}`;
    if (number === '2147483648') await refused(meeting, 'request.invalid', expected, { path: '/meetings' });
    else await refused(body, 'request.invalid', expected, { path: '/leads' });
  });

  it.each([
    ['startsAt', '2026-02-30T10:00:00Z', 'invalid-instant'],
    ['startsAt', '2026-05-20T24:61:00Z', 'invalid-instant'],
    ['startsAt', '2026-05-20T10:00:00', 'invalid-instant'],
    ['startsAt', '0000-05-20T10:00:00Z', 'invalid-instant'],
    ['startsAt', '+275761-01-01T00:00:00Z', 'invalid-instant'],
    ['startsAt', 1_779_000_000, 'invalid-instant'],
    ['heldOn', '2026-02-30', 'invalid-date'],
    ['heldOn', '20.05.2026', 'invalid-date'],
    ['heldOn', '2026-05-20T00:00:00Z', 'invalid-date'],
    ['timeZone', 'UTC+8', 'invalid-time-zone'],
    ['year', 275_761, 'too-large'],
  ])('C48 %s %s', async (name, value, code) => {
    const json = { sourceLanguage: 'zh', kind: 'plenary', status: 'draft', title: { zh: '会' }, [name]: value };
    await refused(JSON.stringify(json), 'request.invalid', [`/${name} ${code}`], { path: '/meetings' });
  });

  it('C48 an end before its start, also where a change brings it about', async () => {
    const times = { startsAt: '2026-05-20T10:00:00+09:00', endsAt: '2026-05-20T09:30:00+08:00' };
    const json = { sourceLanguage: 'zh', kind: 'plenary', status: 'draft', title: { zh: '会' }, ...times };
    const { status, body } = await portal.ask('/meetings', { method: 'POST', actor, json });
    expect(status).toBe(201);
    const patch = { method: 'PATCH', actor, headers: { 'If-Match': '"v1-all"', ...IN_RUSSIAN } };
    const answer = await portal.ask(`/meetings/${body.id}`, {
      ...patch,
      json: { endsAt: '2026-05-20T08:59:00+08:00' },
    });
    expectProblem(answer, [400, 'request.invalid']);
    expect(faultsOf(answer)).toEqual(['/endsAt order-of-dates']);
  });
});

describe('every declared member of every resource', () => {
  const wrong = [
    true,
    -1,
    1.5,
    '',
    'x',
    [],
    [null],
    [[]],
    [{}],
    {},
    { id: 1 },
    { zh: [] },
    { zh: 'x', ru: 5 },
    { value: 'x' },
  ];

  it.each(resources().map((spec) => [spec.path, spec] as const))(
    'is taken or refused, whatever stands in it: %s',
    async (path, spec) => {
      const sample = await new Records(portal).body(spec, actor as AccountActor);
      for (const name of writableFields(spec)) {
        const asked = wrong.map((value) =>
          portal.ask(`/${path}`, { method: 'POST', actor, json: { ...sample, [name]: value }, headers: IN_RUSSIAN }),
        );
        for (const [index, answer] of (await Promise.all(asked)).entries()) {
          const isForeseen = [201, 400, 403, 404, 409].includes(answer.status);
          expect([name, wrong[index], answer.status, isForeseen]).toEqual([name, wrong[index], answer.status, true]);
          if (answer.status === 400) expectProblem(answer, [400, 'request.invalid']);
        }
      }
    },
  );

  it.each(resources().map((spec) => [spec.path, spec] as const))(
    'C55 is checked in time that grows with its length alone, in %s',
    async (path, spec) => {
      const began = performance.now();
      for (const name of ['id', ...fieldsOf(spec.entity).map((field) => field.name)]) {
        for (const text of [`${'a'.repeat(50_000)}!`, `${'1'.repeat(50_000)}.`, `${'a-'.repeat(25_000)}-`]) {
          const answer = await send(JSON.stringify({ [name]: text }), { path: `/${path}` });
          expect([path, name, answer.status]).toEqual([path, name, 400]);
        }
      }
      expect(performance.now() - began).toBeLessThan(30_000);
    },
  );
});
