import { type Decimal, decimal } from './decimals.js';

/** Numbers written in words: 三十, 二〇二六, «тридцать», «трёхлетний», XXX. */

const DIGITS = '〇一二三四五六七八九';
const digitOf = (character: string): number =>
  character === '零' ? 0 : character === '两' || character === '俩' ? 2 : DIGITS.indexOf(character);
const SMALL: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };
const LARGE: Record<string, number> = { 万: 10_000, 亿: 100_000_000 };

/** Longest numeral that is read; a longer run is no number anybody wrote. */
const LONGEST = 20;

/** A Chinese numeral, by places (三千五百) or by digits (二〇一九); nothing where the run is neither. */
export const chineseNumeral = (run: string): Decimal | undefined => {
  if (run.length > LONGEST) return undefined;
  if (run.length > 1 && [...run].every((character) => digitOf(character) >= 0))
    return decimal([...run].map(digitOf).join(''));
  let [total, section, digit] = [0, 0, 0];
  for (const character of run) {
    const value = digitOf(character);
    if (value >= 0) {
      if (digit > 0) return undefined;
      digit = value;
    } else if (SMALL[character]) {
      section += (digit || 1) * SMALL[character];
      digit = 0;
    } else if (LARGE[character]) {
      total = (total + section + digit) * LARGE[character];
      [section, digit] = [0, 0];
    } else return undefined;
  }
  return decimal(String(total + section + digit));
};

/** Splits a run of numerals that is no number into those that are: 十四五 is 十四 and 五. */
export const chineseNumerals = (run: string): { text: string; value: Decimal }[] => {
  const parts: { text: string; value: Decimal }[] = [];
  for (let at = 0; at < run.length; ) {
    let length = Math.min(run.length - at, LONGEST);
    while (length > 1 && !chineseNumeral(run.slice(at, at + length))) length -= 1;
    const text = run.slice(at, at + length);
    const value = chineseNumeral(text);
    if (value) parts.push({ text, value });
    at += length;
  }
  return parts;
};

/** Stems of Russian number words; each also stands for the ordinal and for «трёхлетний», «двусторонний». */
const STEMS: readonly [value: number, stems: string][] = [
  [1, 'один|одна|одно|одну|одной|одного|одном|перв|единожды'],
  [2, 'два|две|двух|двум|двумя|втор|двое|дву|оба|обе|обеих|обоих'],
  [3, 'три|трех|трем|тремя|трет|трое|троих'],
  [4, 'четыр|четверт|четвер'],
  [5, 'пять|пяти|пят'],
  [6, 'шесть|шести|шест'],
  [7, 'семь|семи|седьм|семер'],
  [8, 'восемь|восьм'],
  [9, 'девять|девяти|девят'],
  [10, 'десять|десяти|десят'],
  [11, 'одиннадцат'],
  [12, 'двенадцат'],
  [13, 'тринадцат'],
  [14, 'четырнадцат'],
  [15, 'пятнадцат'],
  [16, 'шестнадцат'],
  [17, 'семнадцат'],
  [18, 'восемнадцат'],
  [19, 'девятнадцат'],
  [20, 'двадцат'],
  [30, 'тридцат'],
  [40, 'сорок'],
  [50, 'пятьдесят|пятидесят'],
  [60, 'шестьдесят|шестидесят'],
  [70, 'семьдесят|семидесят'],
  [80, 'восемьдесят|восьмидесят'],
  [90, 'девяност'],
  [100, 'сто|ста|сотн|сотый|сотая'],
  [200, 'двести|двухсот'],
  [300, 'триста|трехсот'],
  [500, 'пятьсот|пятисот'],
  [1000, 'тысяч'],
];
const BY_LENGTH = STEMS.flatMap(([value, stems]) =>
  stems.split('|').map((stem): [string, number] => [stem, value]),
).sort(([left], [right]) => right.length - left.length);
/** Words that begin like a number and are none. */
const NO_NUMBERS =
  /^(столиц|стол[аеуоы]|стол$|сторон|стои|стоя|ставк|стан|стат|стаб|стадио|стади|станци|строи|стро|тридцатк|семья|семей|семин|семен|трети[йх]ск|второстеп|пятн[аоу]|шестерен|шеств|стоп|столб|стоимо|трибун|триум|обеспеч|обед|обесп|обещ|перспект|двер|двиг|двор|дверн|двести$)/;
const WHOLE = /^(сто|ста|два|две|три|оба|обе|дву)$/;

const rootOf = (word: string): [value: number, stem: string] | undefined => {
  if (NO_NUMBERS.test(word) && word !== 'двести') return undefined;
  const found = BY_LENGTH.find(([stem]) => word.startsWith(stem));
  if (!found) return undefined;
  const [stem, value] = found;
  if (WHOLE.test(stem) && word !== stem && !/^дву(?!х)/.test(word)) return undefined;
  return [value, stem];
};

/** Value of a Russian word of number; nothing for any other word. */
export const russianNumeral = (word: string): number | undefined =>
  rootOf(word.toLowerCase().replaceAll('ё', 'е'))?.[0];

/** Whether a Russian word of number is a cardinal, which is counted with: «восемь», «пятью», not «восьмой». */
export const isCardinal = (word: string): boolean =>
  /^(трех|трем|тремя|три|четырех|четырьмя|четырем|четыре|(пят|шест|сем|восем|восьм|девят|десят|[а-я]+надцат|двадцат|тридцат)(ь|и|ью)|сорока?)$/.test(
    word.toLowerCase().replaceAll('ё', 'е'),
  );

const ROMAN: Record<string, number> = { I: 1, V: 5, X: 10, L: 50 };

/** A Roman number up to 89, as in «XXX встреча». */
export const romanNumeral = (word: string): number | undefined => {
  if (!/^[IVXL]{1,8}$/.test(word)) return undefined;
  return [...word].reduce((total, letter, at) => {
    const value = ROMAN[letter]!;
    return value < (ROMAN[word[at + 1] ?? ''] ?? 0) ? total - value : total + value;
  }, 0);
};
