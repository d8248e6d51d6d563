import { randomInt, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../../src/app.module.js';
import type { Actor } from '../../../src/kernel/actor.js';
import { fieldsOf } from '../../../src/resource/field.js';
import { resources } from '../../../src/resource/spec.js';
import { actorOf } from '../../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';
import { sampleBody } from '../../support/sample-body.js';
import { expectProblem, faultsOf, IN_RUSSIAN } from './problems.js';

let portal: TestPortal;
let actor: Actor;
beforeAll(async () => {
  portal = await startPortal();
  actor = await actorOf(portal, 'org-tongjiang-gov');
});
afterAll(() => portal.close());

const create = (path: string, json: object, headers: Record<string, string> = IN_RUSSIAN): Promise<Answer> =>
  portal.ask(path, { method: 'POST', actor, json, headers });

const region = (more: object): object => ({ sourceLanguage: 'zh', level: 'settlement', name: { zh: '样例' }, ...more });
const lead = (more: object): object => ({ sourceLanguage: 'zh', kind: 'investment', name: { zh: '样例' }, ...more });

const refused = async (path: string, json: object, faults: string[]): Promise<void> => {
  const answer = await create(path, json);
  expectProblem(answer, [400, 'request.invalid']);
  expect(faultsOf(answer)).toEqual(faults);
};

describe('characters that nobody sees', () => {
  it('F88 are refused in both languages with their code points', async () => {
    const json = region({ name: { zh: '同\u202E江\u200B' } });
    for (const [language, header] of [
      ['zh', 'zh-CN'],
      ['ru', 'ru-RU'],
      ['all', ''],
    ] as const) {
      const answer = await create('/regions', json, { 'Accept-Language': header });
      expectProblem(answer, [400, 'request.invalid'], language);
      expect(answer.body.errors[0]).toMatchObject({ pointer: '/name/zh', code: 'forbidden-characters' });
      expect(answer.body.errors[0].message).toMatch(/U\+202E, U\+200B/);
    }
  });

  it.each([
    ['a name', region({ name: { ru: 'Хэй\u200Bхэ' } }), '/name/ru'],
    ['another name of a list', region({ aliases: { zh: ['黑河', '黑\u2067河'] } }), '/aliases/zh'],
    ['an identifier', region({ timeZone: 'Asia/\u202EShanghai' }), '/timeZone'],
    ['a remark of several lines', region({ remark: { zh: '一\n二\u{E0041}' } }), '/remark/zh'],
  ])('F88 are refused in %s', async (_, json, pointer) => {
    await refused('/regions', json, [`${pointer} forbidden-characters`]);
  });

  it('F88 are refused inside the elements of a list', async () => {
    await refused('/leads', lead({ stageLog: [{ text: { ru: 'до\u00ADговор' } }] }), [
      '/stageLog/0/text/ru forbidden-characters',
    ]);
  });

  it.each([
    ['NUL', '\u0000'],
    ['a C0 control', '\u0007'],
    ['a C1 control', '\u0085'],
    ['a carriage return', '\r\n'],
    ['a line feed in a name', '\n'],
    ['a line separator', '\u2028'],
  ])('C45 %s is refused', async (_, character) => {
    await refused('/regions', region({ name: { zh: `同${character}江` } }), ['/name/zh forbidden-characters']);
  });

  it('C45 line feed and tab are kept in a text of several lines', async () => {
    const remark = { zh: '一、\n\t二。' };
    expect((await create('/regions', region({ remark }))).body.remark).toEqual(remark);
  });

  it('C46 half a surrogate pair is refused', async () => {
    const response = await fetch(`${portal.url}/api/v1/regions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Test-Actor': JSON.stringify(actor) },
      body: JSON.stringify(region({ name: { zh: 'LONE' } })).replace('LONE', '\\ud83d'),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/name/zh', code: 'forbidden-characters' }] });
  });
});

describe('letters that look alike', () => {
  it('F89 mixed in a code are refused by its format', async () => {
    const json = { sourceLanguage: 'ru', code: 'dеmо-соdе', name: { ru: 'Отрасль' } };
    await refused('/industries', json, ['/code invalid-format']);
  });

  it('F89 mixed in a number are refused as such', async () => {
    const number = { display: '№ 32-pп от 02.12.2019' };
    const json = { sourceLanguage: 'ru', type: 'notice', title: { ru: 'Уведомление' }, number };
    await refused('/documents', json, ['/number/display mixed-scripts']);
    const printed = await create('/documents', { ...json, number: { display: '№ 32-рп', asPrinted: number.display } });
    expect([printed.status, printed.body.number.asPrinted]).toEqual([201, number.display]);
  });

  it('F89 mixed in a name are kept: whether they are meant is for the check of its translation to ask', async () => {
    const name = { ru: 'Рocатом' };
    expect((await create('/regions', region({ name }))).body.name).toEqual(name);
  });
});

describe('letters that are the same', () => {
  const found = async (path: string, q: string): Promise<string[]> =>
    (await portal.ask(`${path}?q=${encodeURIComponent(q)}`, { actor })).body.items.map(({ id }: { id: string }) => id);

  it('F90 are stored in one form, and found in either', async () => {
    const { body } = await create(
      '/regions',
      region({ sourceLanguage: 'ru', name: { ru: 'Краи\u0306 зеле\u0308ныи\u0306' } }),
    );
    expect(body.name).toEqual({ ru: 'Край зелёный' });
    for (const q of ['край зелёный', 'краи\u0306 зеле\u0308ныи\u0306', 'КРАЙ ЗЕЛЕНЫЙ', 'зеленый', 'ЗЕЛЁНЫЙ']) {
      expect([q, await found('/regions', q)]).toEqual([q, [body.id]]);
    }
  });

  it('F91 are found by their usual form, and stored as they were written', async () => {
    const name = { zh: '\u2FA6属加工 ２０２６' };
    const { body } = await create('/leads', lead({ name }));
    expect(body.name).toEqual(name);
    for (const q of ['金属加工', '\u2FA6属', '2026', '２０２６', '金属加工 2026']) {
      expect([q, (await found('/leads', q)).includes(body.id)]).toEqual([q, true]);
    }
  });

  it.each(['/leads', '/regions'])('F91 are found in traditional and in simplified writing, in %s', async (path) => {
    const make = path === '/leads' ? lead : region;
    const [simple, quoted] = [
      await create(path, make({ name: { zh: `开发区业务${path.length}` } })),
      await create(path, make({ name: { zh: `開發區業務${path.length}` } })),
    ];
    expect(quoted.body.name.zh).toBe(`開發區業務${path.length}`);
    for (const q of ['开发区业务', '開發區業務', '開发区業务', '區业务']) {
      const ids = await found(path, q);
      expect([q, ids.includes(simple.body.id), ids.includes(quoted.body.id)]).toEqual([q, true, true]);
    }
  });

  it('F90 filter alike, whether composed or not', async () => {
    for (const isoCode of ['RU-AMU', 'ru-amu'])
      expect((await portal.ask(`/regions?isoCode=${isoCode}`)).status).toBe(200);
    const decomposed = await portal.ask(`/regions?isoCode=${encodeURIComponent('и\u0306')}`);
    expect([decomposed.status, decomposed.body.items]).toEqual([200, []]);
  });
});

/** A text that steps alone write, together with what it explains. */
const BY_STEP = new Set(['statusReason']);

/** What a record must have besides its texts, so that it may have all of them. */
const BESIDES: Record<string, () => object> = {
  industry: () => ({ code: `rare-${randomUUID()}` }),
  decision: () => ({ outcome: 'dropped', outcomeOn: '2026-06-30' }),
};

describe('how long a text is', () => {
  it('F92 is counted in characters that people see as one', async () => {
    await refused('/regions', region({ name: { zh: '𠀀'.repeat(201) } }), ['/name/zh too-long']);
    expect((await create('/regions', region({ name: { zh: '𠀀'.repeat(200) } }))).status).toBe(201);
    await refused('/regions', region({ name: { zh: `葛${'\u{E0100}'.repeat(2_000)}` } }), ['/name/zh too-many-marks']);
  });

  it('F97 is not stretched with marks', async () => {
    for (const marks of [6, 30, 1_000, 20_000])
      await refused('/regions', region({ name: { ru: `е${'\u0301'.repeat(marks)}` } }), ['/name/ru too-many-marks']);
  });

  it.each([
    ['spaces', '   '],
    ['full-width spaces', '\u3000\u3000'],
    ['a mark alone', '\u0301'],
    ['nothing', ''],
  ])('is not that of %s', async (_, text) => {
    await refused('/regions', region({ name: { zh: text } }), ['/name/zh too-short']);
  });

  it.each(resources().map((spec) => [spec.path, spec] as const))(
    'F92 may be the greatest there is, of the rarest characters, in every text at once: %s',
    async (path, spec) => {
      const rare = (length: number): string =>
        Array.from({ length }, () => String.fromCodePoint(0x20000 + randomInt(42_000))).join('');
      const long = fieldsOf(spec.entity)
        .filter(({ kind, name, options }) => kind === 'localized' && !options.readOnly && !BY_STEP.has(name))
        .map(({ name, options }) => [name, { zh: rare(options.max!), ru: rare(options.max!) }]);
      const json = { ...(await sampleBody(spec, portal, actor)), ...Object.fromEntries(long) };
      Object.assign(json, BESIDES[spec.name]?.());
      const created = await create(`/${path}`, json, {});
      expect([path, created.status, faultsOf(created)]).toEqual([path, 201, []]);
      // Compared outside `expect`, which would print all of it.
      for (const [name, text] of long)
        expect([name, isDeepStrictEqual(created.body[name as string], text)]).toEqual([name, true]);
      for (const sort of Object.keys(spec.sorts))
        expect((await portal.ask(`/${path}?sort=${sort}&limit=1`, { actor })).status).toBe(200);
    },
  );
});

describe('a text that is there in one language only', () => {
  it('F95 is served in the other one under its own key, and said to be missing', async () => {
    const { body } = await create('/regions', region({ name: { zh: '仅有中文' } }));
    for (const path of [`/regions/${body.id}?lang=ru`, `/regions?ids=${body.id}&lang=ru`]) {
      const answer = await portal.ask(path, { actor });
      const item = answer.body.items?.[0] ?? answer.body;
      expect(item.name).toEqual({ zh: '仅有中文' });
      expect(item.languages).toMatchObject({ zh: { state: 'source' }, ru: { state: 'missing' } });
      expect(answer.headers.get('content-language')).toMatch(/zh-Hans/);
      expect(answer.text).not.toMatch(/"(zh|ru)" ?: ?""/);
    }
    const none = await portal.ask(`/regions/${body.id}?lang=ru&fallback=none`, { actor });
    expect(none.body.name).toEqual({});
  });

  it('F95 cannot be given as an empty one', async () => {
    await refused('/regions', region({ name: { zh: '中文', ru: '' } }), ['/name/ru too-short']);
    await refused('/regions', region({ name: {} }), ['/name no-language']);
    await refused('/regions', region({ name: { zh: null } }), ['/name no-language']);
  });
});
