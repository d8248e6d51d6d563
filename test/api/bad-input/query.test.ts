import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../../src/app.module.js';
import { resources } from '../../../src/resource/spec.js';
import { actorOf } from '../../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';
import { expectProblem, faultsOf, IN_RUSSIAN } from './problems.js';

const RANDOM_ID = '01900000-0000-7000-8000-00000000ffff';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

const ask = (path: string, headers: Record<string, string> = IN_RUSSIAN): Promise<Answer> =>
  portal.ask(path, { headers });

/** What must be refused: the code of the problem and the fault of the parameter. */
const refused = async (path: string, parameter: string, code = 'invalid-value'): Promise<void> => {
  const answer = await ask(path);
  expectProblem(answer, [400, 'request.invalid-parameter']);
  expect([path, faultsOf(answer)]).toEqual([path, [`${parameter} ${code}`]]);
};

describe('parameters that do not exist', () => {
  it.each([
    'filter[createdBy.passwordHash][startsWith]',
    'sort[createdBy.passwordHash]',
    'fields',
    'fields[lead]',
    'include',
    'group',
    'populate',
    'where',
    'select',
    '$where',
    'createdBy',
    'passwordHash',
    'withdrawalReason',
    'constructor',
    '__proto__',
    'hasOwnProperty',
    'LIMIT',
    'limit[]',
    'limit[$gt]',
    '',
  ])('B22 refuses ?%s= by name', async (name) => {
    await refused(`/leads?${encodeURIComponent(name)}=1`, name, 'unknown-parameter');
  });

  it('B23 refuses a filter on a member that nobody is shown as if there were no such member', async () => {
    const [hidden, unknown] = [await ask('/leads?withdrawalReason=x'), await ask('/leads?withdrawalReasom=x')];
    const alike = ({ text }: Answer) => text.replace(/withdrawalReaso[nm]/g, '…').replace(/"requestId":"[^"]*"/, '');
    expect(alike(hidden)).toBe(alike(unknown));
  });

  it.each(['x=1', 'limit=1', 'fields=name', 'q=x'])(
    'B34 refuses ?%s on a single record, in the language asked for',
    async (query) => {
      const list = await ask('/regions?limit=1');
      const answer = await ask(`/regions/${list.body.items[0].id}?${query}`, { 'Accept-Language': 'zh-CN' });
      expectProblem(answer, [400, 'request.unknown-parameter'], 'zh');
      expect(faultsOf(answer)).toEqual([`${query.split('=')[0]} unknown-parameter`]);
    },
  );

  it('B34 refuses them on writes before anybody is asked who they are', async () => {
    for (const [method, path] of [
      ['POST', '/leads'],
      ['PATCH', `/leads/${RANDOM_ID}`],
      ['DELETE', `/leads/${RANDOM_ID}`],
    ] as const) {
      const answer = await portal.ask(`${path}?force=true`, { method, json: {}, headers: IN_RUSSIAN });
      expectProblem(answer, [400, 'request.unknown-parameter']);
    }
  });

  it('B32 answers for thirty of them at once, and names no more than a person reads', async () => {
    const names = Array.from({ length: 900 }, (_, index) => `x${index}`);
    const thirty = await ask(`/leads?${names.slice(0, 30).join('=1&')}`);
    expectProblem(thirty, [400, 'request.invalid-parameter']);
    expect(thirty.body.errors).toHaveLength(30);
    const many = await ask(`/leads?${names.join('&')}`);
    expect([many.status, many.body.errors.length]).toEqual([400, 50]);
    const long = await ask(`/leads?${'y'.repeat(5_000)}=1`);
    expectProblem(long, [400, 'request.invalid-parameter']);
    expect(long.text.length).toBeLessThan(1_000);
  });
});

describe('parameters that stand twice', () => {
  it.each([
    ['as they are', 'limit=1&limit=1', 'limit'],
    ['one of them escaped', 'limit=1&%6c%69mit=2', 'limit'],
    ['a filter', 'stage=signed&stage=producing', 'stage'],
    ['one of them empty', 'q=x&q', 'q'],
    ['unknown ones', 'x=1&x=2', 'x'],
  ])('B34 refuses %s', async (_, query, name) => {
    const answer = await ask(`/leads?${query}`);
    expectProblem(answer, [400, 'request.repeated-parameter']);
    expect(faultsOf(answer)).toEqual([`${name} repeated-parameter`]);
  });

  it('B34 is not what several values of one parameter are', async () => {
    expect((await ask('/leads?stage=signed,producing')).status).toBe(200);
  });
});

describe('sorts that are none', () => {
  it.each([
    'title;drop table meeting--',
    '(select pg_sleep(5))',
    "name'",
    'name,createdAt',
    'name.en',
    'createdAt.zh',
    '--name',
    'name ',
    'id',
    'search_text',
    'owner.name',
    'toString',
    '1',
    'x'.repeat(5_000),
  ])('B24, B25 refuses sort=%s at once, and the table lives', async (sort) => {
    const began = performance.now();
    await refused(`/meetings?sort=${encodeURIComponent(sort)}`, 'sort');
    expect(performance.now() - began).toBeLessThan(4_000);
    expect((await portal.sql(`select to_regclass('meeting') is not null as alive`))[0]).toEqual({ alive: true });
  });
});

describe('languages that are none', () => {
  it.each([
    ["zh' or 1=1--"],
    [`ZH-hans-cn-x-${'a'.repeat(5_000)}`],
    ['../../etc/passwd'],
    ['__proto__'],
    ['zh-CN'],
    ['ZH'],
    ['zh,ru'],
    ['*'],
    [' zh'],
    [''],
    ['en'],
  ])('B26 refuses lang=%s', async (lang) => {
    for (const path of ['/leads', `/leads/${RANDOM_ID}`])
      await refused(`${path}?lang=${encodeURIComponent(lang)}`, 'lang');
  });

  it('B26 never looks for one in a cookie or a header of its own', async () => {
    const plain = await ask('/leads?limit=1', {});
    const led = await ask('/leads?limit=1', {
      Cookie: 'lang=../../etc/passwd; i18next=ru',
      'X-Lang': 'ru',
      'X-Language': 'zh',
    });
    expect(led.text).toBe(plain.text);
  });
});

describe('values that do not fit', () => {
  it.each([
    ['limit', ['0', '-1', '101', '1e9', '10abc', '', ' 10', '1.0', '٣', '１０', '0x10']],
    ['count', ['', '1', 'TRUE', 'yes', 'constructor', '__proto__', 'toString']],
    ['missing', ['', 'en', 'zh,ru', 'ZH', '__proto__']],
    ['fallback', ['', 'yes', 'None']],
    [
      'ids',
      ['', ',', 'x', RANDOM_ID.toUpperCase(), `${RANDOM_ID},`, `{${RANDOM_ID}}`, Array(101).fill(RANDOM_ID).join()],
    ],
    [
      'q',
      ['', '   ', 'x'.repeat(201), '𠀀'.repeat(201), '\u0000', 'a\u202Eb', 'a\nb', '\u200B', `e${'\u0301'.repeat(20)}`],
    ],
    ['stage', ['', 'x', 'constructor', 'signed ', 'SIGNED', "signed'--", Array(51).fill('signed').join()]],
    ['zone', ['', 'x', RANDOM_ID.slice(1), `${RANDOM_ID}'`, Array(51).fill(RANDOM_ID).join()]],
    ['investmentMin', ['', '-1', '1e9', '1,5', 'NaN', 'Infinity', '12345678901234567', '5; select 1', '0x10']],
  ])('B30, B32 refuses each such value of %s', async (name, values) => {
    for (const value of values) await refused(`/leads?${name}=${encodeURIComponent(value)}`, name);
  });

  it('B32 refuses a text filter that no text could match, and takes fifty values', async () => {
    for (const value of ['', '\u0000', 'a\nb', 'x'.repeat(101), ',', Array(51).fill('1').join()])
      await refused(`/regions?gbt2260=${encodeURIComponent(value)}`, 'gbt2260');
    const fifty = Array.from({ length: 50 }, (_, index) => String(230_000 + index)).join();
    expect((await ask(`/regions?gbt2260=${fifty}`)).status).toBe(200);
  });

  it('names every parameter at fault at once', async () => {
    const answer = await ask('/leads?limit=0&sort=x&stage=y&ids=z&x=1');
    expect(faultsOf(answer).sort()).toEqual([
      'ids invalid-value',
      'limit invalid-value',
      'sort invalid-value',
      'stage invalid-value',
      'x unknown-parameter',
    ]);
  });

  it('never fails on any declared filter of any resource, whatever its value', async () => {
    const values = [
      '',
      ',',
      "'",
      '\\',
      '%',
      '\u0000',
      '-1',
      '1e400',
      '9999999999',
      '2026-02-30',
      'null',
      '[]',
      '{}',
      '🙂',
      'x'.repeat(300),
    ];
    for (const spec of resources()) {
      for (const name of Object.keys(spec.filters)) {
        const answers = await Promise.all(
          values.map((value) => ask(`/${spec.path}?${name}=${encodeURIComponent(value)}&limit=1`)),
        );
        for (const answer of answers) expect([spec.path, name, answer.status < 500]).toEqual([spec.path, name, true]);
      }
    }
  });
});

describe('a search', () => {
  it.each(['%', '_', '\\', '%%', '_%', "'", '"', '\\%', '$1', '{{name}}', '*', ':*', '&', '!(', "a' | 'b"])(
    'B33 takes %s as it is written',
    async (sign) => {
      const answer = await ask(`/regions?q=${encodeURIComponent(sign)}&limit=100`);
      expect(answer.status).toBe(200);
      for (const { name, shortName } of answer.body.items) expect(JSON.stringify([name, shortName])).toContain(sign);
    },
  );

  it('B33 finds the sign where it stands, and only there', async () => {
    const actor = await actorOf(portal, 'org-tongjiang-gov');
    const json = (name: string) => ({ sourceLanguage: 'ru', level: 'settlement', name: { ru: name } });
    for (const name of ['Доля 50% участка', 'Доля 500 участка', 'Код а_б', 'Код аxб', 'Путь а\\б'])
      expect((await portal.ask('/regions', { method: 'POST', actor, json: json(name) })).status).toBe(201);
    const found = async (q: string): Promise<string[]> =>
      (await portal.ask(`/regions?q=${encodeURIComponent(q)}`, { actor })).body.items.map(
        (item: { name: { ru: string } }) => item.name.ru,
      );
    expect(await found('50%')).toEqual(['Доля 50% участка']);
    expect(await found('а_б')).toEqual(['Код а_б']);
    expect(await found('а\\б')).toEqual(['Путь а\\б']);
  });

  it('B33 counts the length in code points: two hundred rare ideographs are looked for', async () => {
    expect((await ask(`/regions?q=${encodeURIComponent('𠀀'.repeat(200))}`)).status).toBe(200);
  });
});
