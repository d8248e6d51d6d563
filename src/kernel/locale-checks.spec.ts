import { describe, expect, test } from '@jest/globals';
import type { Language } from './languages.js';
import { canonicalJson, type LocaleFile, localeFaults, localeTexts, swapFaults } from './locale-checks.js';
import { placeholdersOf, textFaults } from './locale-text-checks.js';

const file = (language: Language, tree: unknown, name = 'a.json'): LocaleFile => ({
  language,
  name,
  text: typeof tree === 'string' ? tree : canonicalJson(tree),
});

/** `language key code` of every fault. */
const found = (...files: LocaleFile[]): string[] =>
  localeFaults(files).map(({ language, key, code }) => `${language} ${key} ${code}`);

const both = (zh: unknown, ru: unknown): string[] => found(file('zh', zh), file('ru', ru));
const wording = (language: Language, text: string): string[] => textFaults(language, text).map(({ code }) => code);

describe('a set of locale files', () => {
  test('that agree have no faults', () => {
    expect(both({ title: '标题', a: { b: '共 {{n}} 项' } }, { title: 'Заголовок', a: { b: 'Всего: {{n}}' } })).toEqual(
      [],
    );
  });

  test('counts its texts', () => {
    expect(localeTexts([file('zh', { a: '甲', b: { c: '乙' } }), file('ru', 'not json')])).toBe(2);
  });

  test('misses a file of one language', () => {
    expect(found(file('zh', { a: '甲' }))).toEqual(['ru  missing-file']);
  });

  test('misses a key on either side', () => {
    expect(both({ a: '甲', b: { c: '乙' } }, { a: 'а', d: 'д' })).toEqual(['zh d missing-key', 'ru b.c missing-key']);
  });

  test('holds nothing empty and nothing but texts', () => {
    expect(both({ a: ' ', b: {}, c: 1, d: ['x'] }, { a: 'а' })).toEqual([
      'zh a empty',
      'zh b empty',
      'zh c not-text',
      'zh d not-text',
    ]);
  });

  test('is JSON', () => {
    expect(both('{', { a: 'а' })).toEqual(['zh  not-json']);
  });

  test('has no key that i18next takes apart', () => {
    expect(both({ 'a.b': '甲' }, { 'a.b': 'а' })).toEqual(['zh a.b bad-key', 'ru a.b bad-key']);
  });
});

describe('the form of a file', () => {
  const good = '{\n  "200a": "甲",\n  "201": "乙"\n}\n';

  test.each([
    ['keys out of order', '{\n  "201": "乙",\n  "200a": "甲"\n}\n', 2],
    ['a repeated key', '{\n  "200a": "丙",\n  "200a": "甲",\n  "201": "乙"\n}\n', 2],
    ['other indentation', '{\n    "200a": "甲",\n    "201": "乙"\n}\n', 2],
    ['no line feed at the end', '{\n  "200a": "甲",\n  "201": "乙"\n}', 5],
    ['carriage returns', good.replaceAll('\n', '\r\n'), 1],
  ])('with %s is refused at its line', (_, text, line) => {
    const faults = localeFaults([file('zh', text), file('ru', { '200a': 'а', '201': 'б' })]);
    expect(faults).toEqual([{ language: 'zh', file: 'a.json', key: '', code: 'not-canonical', values: { line } }]);
  });

  test('keeps number-like keys in their place', () => {
    expect(canonicalJson(JSON.parse(good))).toBe(good);
  });
});

describe('plural forms', () => {
  const ru = {
    n_one: '{{count}} вопрос',
    n_few: '{{count}} вопроса',
    n_many: '{{count}} вопросов',
  };

  test('are one in Chinese and three in Russian', () => {
    expect(both({ n_other: '{{count}} 个' }, ru)).toEqual([]);
  });

  test('are neither too few nor too many', () => {
    const { n_few: _, ...incomplete } = ru;
    expect(both({ n_one: '一个', n_other: '{{count}} 个' }, incomplete)).toEqual([
      'zh n plural-set',
      'ru n plural-set',
    ]);
  });

  test('all hold the other placeholders', () => {
    expect(both({ n_other: '{{count}} 个：{{names}}' }, { ...ru, n_few: '{{count}} вопроса: {{names}}' })).toEqual([
      'ru n_many placeholders',
      'ru n_one placeholders',
    ]);
  });

  test('are not meant by a key that only ends like one', () => {
    expect(both({ side_other: '其他' }, { side_other: 'другие' })).toEqual([
      'zh side_other plural-by-accident',
      'ru side_other plural-by-accident',
    ]);
  });
});

describe('a set that is to take the place of the one that serves', () => {
  const serving = [file('zh', { a: '甲', b: '共 {{n}} 项' }), file('ru', { a: 'а', b: 'Всего: {{n}}' })];
  const codes = (zh: unknown, ru: unknown): string[] =>
    swapFaults(serving, [file('zh', zh), file('ru', ru)]).map(
      ({ language, key, code }) => `${language} ${key} ${code}`,
    );

  test('may change words and add texts', () => {
    expect(codes({ a: '乙', b: '共计 {{n}} 项', c: '丙' }, { a: 'б', b: 'Итого: {{n}}', c: 'в' })).toEqual([]);
  });

  test('holds every text that the program asks for', () => {
    expect(codes({ a: '甲' }, { a: 'а' })).toEqual(['zh b removed-key', 'ru b removed-key']);
    expect(swapFaults(serving, [file('zh', { a: '甲', b: '{{n}}' })]).map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('asks for nothing that the program does not fill in', () => {
    expect(codes({ a: '{{who}}', b: '{{n}}' }, { a: '{{who}}', b: '{{n}}' })).toEqual([
      'zh a new-placeholder',
      'ru a new-placeholder',
    ]);
  });
});

describe('placeholders', () => {
  test('are told with their formats and nestings', () => {
    expect([...placeholdersOf('{{ a }} {{n, number}} $t(v:x.{{state}})')]).toEqual([
      '{{a}}',
      '{{n, number}}',
      '{{state}}',
      '$t(v:x.{{state}})',
    ]);
  });

  test('are the same in both languages', () => {
    expect(both({ a: '{{max}} $t(x)' }, { a: '{{maх}}' })).toEqual(['zh a placeholders', 'ru a placeholders']);
  });

  test('may stand in the case that the sentence needs', () => {
    expect(both({ a: '新建{{one}}' }, { a: 'Список {{genitive}}' })).toEqual([]);
    expect(both({ a: '新建{{one}}' }, { a: 'Список {{genitiveMany}}' })).toEqual([
      'zh a placeholders',
      'ru a placeholders',
    ]);
  });
});

describe('the wording of a text', () => {
  test.each<[string, Language, string, string[]]>([
    ['a Latin letter in a Russian word', 'ru', 'Пpоект', ['look-alike']],
    ['an abbreviation typed in Latin', 'ru', 'Резидент TOP', ['look-alike']],
    ['Cyrillic in Chinese', 'zh', '项目 проект', ['foreign-script']],
    ['Han in Russian', 'ru', 'Проект 项目', ['foreign-script']],
    ['a zero-width space', 'ru', 'Про\u200Bект', ['forbidden-characters']],
    ['two spaces', 'ru', 'Один  два', ['double-space']],
    ['two no-break spaces', 'ru', 'Один\u00A0\u00A0два', ['double-space']],
    ['a half-width full stop after Han', 'zh', '记录已撤回.', ['ascii-punctuation']],
    ['a half-width bracket before Han', 'zh', 'ETag (版本)', ['ascii-punctuation']],
    ['straight quotes', 'ru', 'Статус "черновик"', ['straight-quote']],
    ['a plain space after №', 'ru', '№ 32', ['no-break-space']],
    ['no space after №', 'ru', '№32', ['no-break-space']],
    ['a plain space before г.', 'ru', '2019 г.', ['no-break-space']],
    ['a placeholder before гг.', 'ru', '{{from}}–{{to}} гг.', ['no-break-space']],
  ])('is at fault with %s', (_, language, text, codes) => {
    expect(wording(language, text)).toEqual(codes);
  });

  test.each<[string, Language, string]>([
    ['quoted Russian in Chinese', 'zh', '编号“№\u00A032 от 02.12.2019”'],
    ['an original name in Chinese brackets', 'zh', '全俄经济活动分类（ОКВЭД 2）'],
    ['a quoted Chinese number in Russian', 'ru', 'Номер «同政发〔2019〕32号»'],
    ['Latin words beside Russian ones', 'ru', 'Заголовок ETag и JSON-объект'],
    ['no-break spaces', 'ru', '№\u00A032, 2019\u00A0г., 2013–2015\u00A0гг., г.\u00A0Хэйхэ'],
    ['an indented line', 'ru', 'Запуск:\n  API: да'],
    ['code', 'zh', '以 `{"zh": "…"}` 的形式返回'],
    ['an address', 'zh', '形如 postgres://用户:密码@主机:5432/库 的地址'],
    ['placeholders', 'ru', 'Статус «$t(v:recordState.codes.{{state}})»'],
  ])('is right with %s', (_, language, text) => {
    expect(wording(language, text)).toEqual([]);
  });
});
