import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHECKS, checkPair } from './checks.js';
import type { Finding, TranslationPair } from './finding.js';
import { compileGlossary, type Term } from './glossary-index.js';

const term = (zh: string, ru: string, more: Partial<Term> = {}): Term => ({
  ...{ zh, ru, domain: 'zone', grade: '', proper: false, use: 'required' },
  ...{ zhVariants: [], zhForms: [], zhExcept: [], zhDeprecated: [], zhForbidden: [] },
  ...{ ruVariants: [], ruDeprecated: [], ruForbidden: [], ruForms: [] },
  ...more,
});

const glossary = compileGlossary([
  term('超前发展区', 'территория опережающего развития', {
    grade: 'A',
    zhDeprecated: ['跨越式发展区'],
    ruVariants: ['ТОР'],
  }),
  term('口岸', 'пункт пропуска (через государственную границу)', { ruForbidden: ['порт (unless 港)', 'КПП'] }),
  term('公路口岸', 'автомобильный пункт пропуска'),
  term('同江市', 'город Тунцзян', {
    domain: 'place.cn',
    proper: true,
    zhVariants: ['同江'],
    ruForbidden: ['Тунцзянь'],
  }),
  term('抚远市', 'город Фуюань', { domain: 'place.cn', proper: true, zhVariants: ['抚远'], ruForbidden: ['Фуюан'] }),
  term('下列宁斯阔耶', 'Нижнеленинское', { domain: 'place.ru', proper: true, grade: 'A' }),
]);

const findings = (zh: string, ru: string, more: Partial<TranslationPair> = {}): Finding[] =>
  checkPair({ zh, ru, source: 'zh', glossary, ...more });
const ids = (zh: string, ru: string, more: Partial<TranslationPair> = {}): string[] =>
  findings(zh, ru, more).map(({ check }) => check);

describe('found are', () => {
  test('Latin TOP for ТОР, with the word to type', () => {
    expect(findings('超前发展区制度', 'Режим TOP')).toMatchObject([
      { check: 'look-alikes', severity: 'error', language: 'ru', start: 6, end: 9, suggestion: 'ТОР' },
    ]);
  });

  test('a half-width comma between ideographs', () => {
    expect(findings('贸易,物流', 'Торговля, логистика')).toMatchObject([
      { check: 'inner-punctuation', language: 'zh', start: 2, end: 3, suggestion: '，' },
    ]);
  });

  test('2.47亿 against 2,47 млрд, which is 24.7亿', () => {
    expect(findings('投资2.47亿元', 'Инвестиции – 2,47\u00A0млрд юаней')).toMatchObject([
      { check: 'quantities', severity: 'error', message: 'quantity-differs', suggestion: '247\u00A0млн' },
    ]);
    expect(ids('投资24.7亿元', 'Инвестиции – 2,47\u00A0млрд юаней')).toEqual([]);
  });

  test('2 декабря against 12月3日', () => {
    expect(findings('会议定于12月3日举行', 'Заседание назначено на 2\u00A0декабря')).toMatchObject([
      { check: 'dates', severity: 'error', excerpt: '2\u00A0декабря' },
    ]);
  });

  test('a missing {{count}}', () => {
    expect(findings('已保存{{count}}个文件', 'Файлы сохранены')).toMatchObject([
      { check: 'placeholders', severity: 'error', excerpt: '{{count}}' },
    ]);
  });

  test('the deprecated 跨越式发展区 outside a quotation only', () => {
    expect(findings('跨越式发展区政策', 'Режим территорий опережающего развития')).toMatchObject([
      { check: 'glossary', severity: 'warning', message: 'term-deprecated', suggestion: '超前发展区' },
    ]);
    expect(ids('“跨越式发展区”政策', 'Режим «跨越式发展区»')).toEqual([]);
  });

  test('a term of grade A as an error, another one as a warning', () => {
    expect(findings('超前发展区建设', 'Строительство зон')).toMatchObject([{ check: 'glossary', severity: 'error' }]);
    expect(findings('口岸建设', 'Строительство дорог')).toMatchObject([{ check: 'glossary', severity: 'warning' }]);
  });

  test('forbidden forms, told from the right name by their endings', () => {
    expect(findings('抚远', 'в пределах Фуюана')[0]).toMatchObject({
      message: 'term-forbidden',
      suggestion: 'город Фуюань',
    });
    expect(ids('抚远', 'в пределах Фуюаня')).toEqual([]);
    expect(findings('口岸', 'порт')[0]).toMatchObject({ message: 'term-forbidden' });
    expect(ids('港口口岸', 'порт и пункт пропуска')).toEqual([]);
  });

  test('another wording of a text that is approved', () => {
    const approved = ['Основные направления работы'];
    expect(ids('工作要点', 'Ключевые задачи', { approved })).toEqual(['consistency']);
    expect(ids('工作要点', 'Основные направления работы', { approved })).toEqual([]);
  });
});

describe('nothing is found in', () => {
  test.each([
    ['在超前发展区', 'на территориях опережающего развития'],
    ['同江代表团', 'Делегация Тунцзяна'],
    ['在同江', 'в Тунцзяне'],
    ['同江片区', 'Тунцзянский участок'],
    ['在下列宁斯阔耶', 'в Нижнеленинском'],
    ['公路口岸', 'автомобильные пункты пропуска'],
    ['建筑面积12万平方米。', 'Площадь застройки – 120\u00A0тыс.\u00A0м².'],
    ['面积1.5至2平方千米', 'Площадь – 1,5–2\u00A0км²'],
    ['北京时间12月2日23:30', '3\u00A0декабря 01:30 (UTC+10)'],
    ['2019年12月2日', '02.12.2019'],
    ['同政发〔2019〕32号', '№\u00A032 (2019)'],
    ['第三十次', '30-я'],
  ])('%s = %s', (zh, ru) => expect(findings(zh, ru)).toEqual([]));
});

describe('whatever the texts', () => {
  const piece = fc.constantFrom(
    ...[
      '中',
      '〔2019〕32号',
      '12月3日',
      '24.7亿',
      '《',
      '》',
      '“',
      '（',
      '，',
      ',',
      '«',
      '»',
      '"',
      '№ ',
      '2,47 млрд',
      'ТОР',
      'TOP',
    ],
    ...[
      '{{count}}',
      '{{',
      '$t(',
      '_one ',
      '\n',
      ' ',
      '\u00A0',
      '\u200B',
      'и\u0306',
      '国',
      '國',
      'г.',
      '9:00',
      'UTC+8',
      '百分之',
      '十四五',
    ],
    ...['Тунцзянь', '跨越式发展区', '9'.repeat(40), '１', '\uD800', 'https://a.b/', '`', 'два', '三十'],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  );
  const source = fc.constantFrom('zh', 'ru', 'both') as fc.Arbitrary<TranslationPair['source']>;

  test('no check throws, and every position lies inside its text', () => {
    fc.assert(
      fc.property(text, text, source, (zh, ru, from) => {
        const texts = { zh: zh.normalize('NFC'), ru: ru.normalize('NFC') };
        for (const { language, start, end } of findings(zh, ru, { source: from, approved: [ru, zh] })) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(texts[language].length);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('the findings are those of the normalized texts', () => {
    fc.assert(
      fc.property(text, text, source, (zh, ru, from) => {
        const composed = findings(zh.normalize('NFC'), ru.normalize('NFC'), { source: from });
        expect(findings(zh.normalize('NFD'), ru.normalize('NFD'), { source: from })).toEqual(composed);
      }),
    );
  });

  /**
   * Work grows with the length of a text. Four times the text may take some six times as long on a busy machine, but not
   * sixteen; what is over in a blink is not measured at all.
   */
  test.each([
    '“',
    '（',
    '{{ ',
    '$t(',
    ' ',
    '1',
    '1,',
    '9:',
    '中',
    '一',
    'a',
    'ы',
    '同江',
    '口岸',
    '№ ',
    '12月',
    '2019年',
    '2 мая ',
    'два ',
    'пункт ',
    '国國',
    '5亿',
  ])('50 000 characters of %j take no more than their share', (unit) => {
    const timeOf = (length: number): number => {
      const long = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
      const from = performance.now();
      for (const { run } of CHECKS) run({ zh: long, ru: long, source: 'both', glossary });
      return performance.now() - from;
    };
    const shortest = (length: number): number => Math.min(timeOf(length), timeOf(length));
    const blink = 100;
    expect(shortest(50_000) / Math.max(shortest(12_500), blink)).toBeLessThan(12);
  });
});
