import { blot } from './days.js';
import type { Check, Found } from './finding.js';
import { withoutCode } from './masking.js';

/** 同政发〔2019〕32号: the year in hexagonal brackets, then the number without 第 and without leading zeros. */
const CHINESE = /([〔﹝［【[（(])((?:19|20)\d{2})年?([〕﹞］】\]）)])\s?(第?)(0{0,5})(\d{1,6})号/g;
const RUSSIAN = /№[ \u00A0]?(0{0,5})(\d{1,6})/g;
/** The Chinese form kept in a Russian text: 〔2019〕32, [2019] № 32. */
const KEPT = /[〔[(](?:19|20)\d{2}[〕\])][ \u00A0]?(?:№[ \u00A0]?)?(\d{1,6})(?!\d)/g;
const WITH_YEAR = /№[ \u00A0]?0{0,5}(\d{1,6})[ \u00A0]\((?:19|20)\d{2}\)/g;

type Numbered = { number: string; start: number; end: number };
type ChineseNumber = Numbered & { year: string; brackets: string; zeros: string; prefix: string };

const chineseNumbers = (text: string): ChineseNumber[] =>
  [...text.matchAll(CHINESE)].map(
    ({ 0: whole, 1: open, 2: year, 3: close, 4: prefix, 5: zeros, 6: number, index }) => ({
      number: number!,
      year: year!,
      brackets: `${open}${close}`,
      prefix: prefix!,
      zeros: zeros!,
      start: index,
      end: index + whole.length,
    }),
  );

const russianNumbers = (text: string): (Numbered & { zeros: string })[] => [
  ...[...text.matchAll(RUSSIAN)].map(({ 0: whole, 1: zeros, 2: number, index }) => ({
    number: number!,
    zeros: zeros!,
    start: index,
    end: index + whole.length,
  })),
  ...[...text.matchAll(KEPT)].map(({ 0: whole, 1: number, index }) => ({
    number: number!,
    zeros: '',
    start: index,
    end: index + whole.length,
  })),
];

/** «№ 32 (2019)» and the like: a number with its year. */
const datedNumbers = (text: string): Numbered[] =>
  [...text.matchAll(WITH_YEAR)].map(({ 0: whole, 1: number, index }) => ({
    number: number!,
    start: index,
    end: index + whole.length,
  }));

const formFaults = (numbers: readonly ChineseNumber[]): Found[] =>
  numbers.flatMap(({ start, end, year, number, brackets, prefix, zeros }): Found[] => {
    const common = { severity: 'warning', language: 'zh', start, end, suggestion: `〔${year}〕${number}号` } as const;
    return [
      ...(brackets === '〔〕' ? [] : [{ ...common, message: 'number-brackets' as const }]),
      ...(prefix || zeros ? [{ ...common, message: 'number-form' as const }] : []),
    ];
  });

const hasFigures = (text: string): ((figures: string) => boolean) => {
  const all = new Set(text.match(/\d+/g));
  return (figures) => all.has(figures);
};

/** Blots out document numbers of both texts, which are no quantities. */
export const withoutDocumentNumbers = (pair: { zh: string; ru: string }): { zh: string; ru: string } => {
  const chinese = chineseNumbers(pair.zh);
  const zh = blot(pair.zh, chinese);
  const elsewhere = hasFigures(zh);
  const numbered = [...datedNumbers(pair.ru), ...(chinese.length > 0 ? russianNumbers(pair.ru) : [])];
  return {
    zh,
    ru: blot(
      pair.ru,
      numbered.filter(({ number }) => !elsewhere(number)),
    ),
  };
};

const crossFaults = (zh: string, ru: string, numbers: readonly ChineseNumber[]): Found[] => {
  const russian = russianNumbers(ru);
  const present = new Set(russian.map(({ number }) => number));
  const figures = hasFigures(ru);
  const wanted = new Set(numbers.map(({ number }) => number));
  const elsewhere = hasFigures(blot(zh, numbers));
  const strays = russian.filter(({ number }) => !wanted.has(number) && !elsewhere(number));
  return numbers.flatMap(({ number, year, start, end }): Found[] => {
    const suggestion = `№\u00A0${number} (${year})`;
    if (present.has(number) && figures(year)) return [];
    const stray = present.has(number) ? russian.find((one) => one.number === number) : strays.shift();
    if (stray && !(present.has(number) && !/(?:19|20)\d\d/.test(ru)))
      return [
        {
          severity: 'error',
          language: 'ru',
          start: stray.start,
          end: stray.end,
          message: 'number-differs',
          suggestion,
        },
      ];
    return [{ severity: 'warning', language: 'zh', start, end, message: 'number-missing', suggestion }];
  });
};

const russianFaults = (zh: string, ru: string): Found[] => {
  const elsewhere = hasFigures(zh);
  return [
    ...russianNumbers(ru)
      .filter(({ zeros }) => zeros !== '')
      .map(
        ({ number, start, end }): Found => ({
          severity: 'warning',
          language: 'ru',
          start,
          end,
          message: 'number-form',
          suggestion: `№\u00A0${number}`,
        }),
      ),
    ...datedNumbers(ru)
      .filter(({ number }) => !elsewhere(number))
      .map(({ start, end }): Found => ({ severity: 'warning', language: 'ru', start, end, message: 'number-missing' })),
  ];
};

/** Numbers of documents: their Chinese form, and the same number and year in the Russian text. */
export const documentNumbers: Check = {
  id: 'document-numbers',
  run: (pair) => {
    const [zh, ru] = [withoutCode(pair.zh), withoutCode(pair.ru)];
    const numbers = chineseNumbers(zh);
    const crossed = crossFaults(zh, ru, numbers);
    const reported = new Set(crossed.filter(({ language }) => language === 'ru').map(({ start }) => start));
    return [
      ...formFaults(numbers),
      ...crossed,
      ...russianFaults(zh, ru).filter(({ start, message }) => message !== 'number-missing' || !reported.has(start)),
    ];
  },
};
