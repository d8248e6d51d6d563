import type { Language } from './languages.js';

/** Numbers and days as papers write them in words: 第三次, третье; 2026年5月8日, 8 мая 2026 г. */

const DIGITS = '零一二三四五六七八九';
const PLACES = ['千', '百', '十', ''];

/** The highest number that is written in Chinese words; larger ones keep their figures. */
const HIGHEST_CHINESE = 9_999;

/** A whole number in Chinese words: 3 → 三, 12 → 十二, 103 → 一百零三. */
export const chineseNumeral = (value: number): string => {
  if (value > HIGHEST_CHINESE) return String(value);
  const digits = String(value).padStart(PLACES.length, '0');
  const words = PLACES.map((place, n) => (digits[n] === '0' ? '零' : `${DIGITS[Number(digits[n])]}${place}`)).join('');
  const plain = words.replace(/零+$/, '').replace(/^零+/, '').replace(/零+/g, '零');
  return plain.replace(/^一十/, '十') || '零';
};

const STEMS = (
  'перв втор треть четвёрт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат ' +
  'шестнадцат семнадцат восемнадцат девятнадцат'
).split(' ');
const ROUND_STEMS = 'двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност'.split(' ');
const TENS = 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'.split(' ');

const neuter = (stem: string): string => (stem === 'треть' ? 'третье' : `${stem}ое`);

/** A Russian ordinal of the neuter gender, as `заседание` wants it: третье, двадцать первое; from 100 on 101-е. */
export const russianOrdinal = (value: number): string => {
  if (value < 1 || value > 99) return `${value}-е`;
  if (value <= STEMS.length) return neuter(STEMS[value - 1]!);
  const [tens, ones] = [Math.floor(value / 10) - 2, value % 10];
  return ones === 0 ? neuter(ROUND_STEMS[tens]!) : `${TENS[tens]} ${neuter(STEMS[ones - 1]!)}`;
};

const ROMAN: readonly (readonly [number, string])[] = [
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

/** A small number in Roman figures, as Russian papers number their parts. */
export const romanNumeral = (value: number): string => {
  const found = ROMAN.find(([least]) => least <= value);
  return found ? found[1] + romanNumeral(value - found[0]) : '';
};

const MONTHS = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');

/**
 * A day as a paper writes it; the year is not parted from its «г.» by the end of a line.
 * @param date `YYYY-MM-DD`
 */
export const writtenDate = (language: Language, date: string): string => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return language === 'zh' ? `${year}年${month}月${day}日` : `${day} ${MONTHS[month - 1]} ${year}\u00A0г.`;
};
