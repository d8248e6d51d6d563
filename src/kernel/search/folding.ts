import { simplified } from '../simplified.js';

/** As the function `folded_text` of the migrations has it: one form for width, case, ё and traditional characters. */
export const fold = (text: string): string => simplified(text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е'));

const YEAR = '(?:19|20)[0-9]{2}';

/**
 * Forms of a document number in a folded text, and the one form they are searched in: with a year in any brackets,
 * after № or 第, before 号. `search_canonical` of the migrations takes the same steps.
 */
const NUMBERS: readonly [pattern: RegExp, by: string][] = [
  [
    new RegExp(`[〔[(【〈《<{] ?(${YEAR})年? ?[\\]〕)】〉》>}] ?第? ?(?:no\\.? ?)?0*([0-9]{1,6})(?![0-9]) ?号?`, 'g'),
    ' n$1n$2 ',
  ],
  [/(?:(?<![\p{L}\p{N}_])no\.? ?|第 ?)0*([0-9]{1,6})(?![0-9]) ?号?/gu, ' n$1 '],
  [/(?<![\p{L}\p{N}_])0*([0-9]{1,6})号/gu, ' n$1 '],
];

/** A folded text with its document numbers in one form: 同政发〔2019〕32号 → 同政发 n2019n32. */
export const canonicalNumbers = (folded: string): string =>
  NUMBERS.reduce((text, [pattern, by]) => text.replace(pattern, by), folded);

/** A document number in that form. */
export const isNumberForm = (word: string): boolean => /^n(?:(?:19|20)\d{2}n)?\d{1,6}$/.test(word);

/** Where document numbers stand in a folded text, and every form that finds each. */
export const numberPlaces = (folded: string): { forms: string[]; start: number; end: number }[] =>
  NUMBERS.flatMap(([pattern], kind) =>
    [...folded.matchAll(pattern)].map(({ 0: whole, 1: first, 2: serial, index }) => ({
      forms: kind === 0 ? [`n${first}n${serial}`, `n${serial}`] : [`n${first}`],
      start: index,
      end: index + whole.trimEnd().length,
    })),
  );

/** Longest name that is compared as a whole, in code points. */
const LONGEST_NAME = 200;

/** The lexeme of a whole name, as `search_exact` of the migrations makes it. */
export const exactLexeme = (text: string): string =>
  `=${[
    ...canonicalNumbers(fold(text))
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  ]
    .slice(0, LONGEST_NAME)
    .join('')}`;

/** The ranges of Chinese characters that `han_grams` in the migrations knows. */
const HAN = '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3fffd}';
const HAN_OR_WORD = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');
const HAN_RUN = new RegExp(`^[${HAN}]`, 'u');

/** A run of Chinese characters, or a word or figure of any other writing. */
export type Token = { han: boolean; text: string; start: number; end: number };

/** The tokens of a folded text in their order. */
export const tokensOf = (folded: string): Token[] =>
  [...folded.matchAll(HAN_OR_WORD)].map(({ 0: text, index }) => ({
    han: HAN_RUN.test(text),
    text,
    start: index,
    end: index + text.length,
  }));

/** The pairs of neighbours in a run of Chinese characters; of a single one, itself. */
export const hanGrams = (run: string): string[] => {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return [...new Set(characters.slice(1).map((next, n) => `${characters[n]}${next}`))];
};

/** A folded text with the place in the original of each of its units, so that what was found can be shown. */
export const foldedPlaces = (text: string): { folded: string; places: number[] } => {
  const places: number[] = [];
  let folded = '';
  let at = 0;
  for (const character of text) {
    const part = fold(character);
    for (let n = 0; n < part.length; n += 1) places.push(at);
    folded += part;
    at += character.length;
  }
  return { folded, places: [...places, at] };
};
