import type { Language } from '../languages.js';
import { approximately } from './decimals.js';
import { chineseNumeral } from './numerals.js';

/** A day, a month or a year as a text names it. */
export type Day = { year?: number; month?: number; day?: number; start: number; end: number };

const ZH_NUMBER = '[〇零一二三四五六七八九十]';
const ZH_DATE = new RegExp(
  `(?:(?<!\\d)(\\d{4}|[〇零一二三四五六七八九]{4})年)?(?<!\\d)(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|(?:(\\d{1,2}|${ZH_NUMBER}{1,3})(?:[日号])?(?:[至—–~～、和-]|到))?(\\d{1,2}|${ZH_NUMBER}{1,3})[日号])?`,
  'g',
);
const ZH_YEARS = /(?<!\d)(\d{4})(?:年?[至—–~～、和-](\d{4})){0,4}年(?!代)|[（(](\d{4})[）)]/g;
const ZH_WORD_YEAR = /[一二][〇零一二三四五六七八九]{3}年/g;
const ISO = /(?<![\d.])((?:19|20)\d{2})([-./])(\d{1,2})\2(\d{1,2})(?![\d.])/g;

const MONTHS = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'ма',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
];
const MONTH =
  '(январ|феврал|март|апрел|ма(?=[йяюе])|июн|июл|август|сентябр|октябр|ноябр|декабр)(?:ь|я|ю|е|ём|ем|а|у|ом|й)?(?!\\p{L})';
const GAP = '[ \\u00A0]';
const RU_DATE = new RegExp(
  `(?:(?<!\\d)[«"]?(\\d{1,2})[»"]?(?:-?го)?(?:(?:${GAP}?[–—-]${GAP}?|${GAP}(?:и|по|до)${GAP}|,${GAP})(\\d{1,2}))?${GAP})?(?<!\\p{L})${MONTH}(?:${GAP}(\\d{4})(?!\\d)(?:${GAP}?(?:г\\.|год\\p{L}{0,3}))?)?`,
  'giu',
);
const RU_YEARS =
  /(?<!\d)\d{4}(?:(?:[ \u00A0]?[–—-][ \u00A0]?|[ \u00A0]и[ \u00A0]|,[ \u00A0])\d{4}){0,5}(?:[ \u00A0]?(?:гг?\.|год\p{L}{0,3}(?!\p{L}))|-[мйг]\p{L}{0,2})|\(\d{4}\)/gu;
const DOTTED = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ \u00A0]?г\.)?(?!\d)/g;

const numberOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const value = chineseNumeral(text);
  return value && approximately(value);
};

const day = (
  year: number | undefined,
  month: number | undefined,
  at: number | undefined,
  span: [number, number],
): Day => ({
  ...(year !== undefined && { year }),
  ...(month !== undefined && { month }),
  ...(at !== undefined && { day: at }),
  start: span[0],
  end: span[1],
});

const spanOf = (match: RegExpMatchArray): [number, number] => [match.index!, match.index! + match[0].length];

const plausible = ({ month = 1, day = 1 }: Day): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

const isoDays = (text: string): Day[] =>
  [...text.matchAll(ISO)].map((match) => day(Number(match[1]), Number(match[3]), Number(match[4]), spanOf(match)));

const dottedDays = (text: string): Day[] =>
  [...text.matchAll(DOTTED)].map((match) => day(Number(match[3]), Number(match[2]), Number(match[1]), spanOf(match)));

/** Every four-figure number of a match is a year. */
const yearsIn = (match: RegExpMatchArray): Day[] =>
  [...match[0].matchAll(/\d{4}/g)]
    .map(([year]) => day(Number(year), undefined, undefined, spanOf(match)))
    .filter(({ year = 0 }) => year >= 1800 && year < 2200);

const chineseDays = (text: string): Day[] => {
  const dates = [...text.matchAll(ZH_DATE)].flatMap((match) => {
    const [, year, month, first, last] = match;
    return [first, last ?? (first === undefined ? '' : undefined)]
      .filter((one) => one !== undefined)
      .map((one) => day(numberOf(year), numberOf(month), one === '' ? undefined : numberOf(one), spanOf(match)));
  });
  const rest = blot(text, dates);
  const years = [...rest.matchAll(ZH_YEARS)].flatMap(yearsIn);
  const wordYears = [...rest.matchAll(ZH_WORD_YEAR)].map((match) =>
    day(numberOf(match[0].slice(0, -1)), undefined, undefined, spanOf(match)),
  );
  return [...dates, ...years, ...wordYears, ...isoDays(rest), ...dottedDays(rest)];
};

const russianDays = (text: string): Day[] => {
  const dates = [...text.matchAll(RU_DATE)].flatMap((match) => {
    const [, first, last, stem, year] = match;
    const month = MONTHS.indexOf(stem!.toLowerCase()) + 1;
    const days = [first, last].filter((one) => one !== undefined);
    return (days.length > 0 ? days : [undefined]).map((one) =>
      day(numberOf(year), month, numberOf(one), spanOf(match)),
    );
  });
  const dotted = dottedDays(text);
  const iso = isoDays(text);
  const rest = blot(text, [...dates, ...dotted, ...iso]);
  return [...dates, ...dotted, ...iso, ...[...rest.matchAll(RU_YEARS)].flatMap(yearsIn)];
};

/** Every day, month and year that a text names; numbers that cannot be one are none. */
export const daysIn = (language: Language, text: string): Day[] =>
  (language === 'zh' ? chineseDays(text) : russianDays(text)).filter(plausible).sort((a, b) => a.start - b.start);

/** Blots out spans of a text, character for character. */
export const blot = (text: string, spans: readonly { start: number; end: number }[]): string => {
  let [result, last] = ['', 0];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= last) continue;
    const from = Math.max(start, last);
    result += text.slice(last, from) + '\uFFFC'.repeat(end - from);
    last = end;
  }
  return result + text.slice(last);
};
