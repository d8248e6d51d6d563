/** Words of a Russian text and the stems by which their inflected forms are told to be one. */

export type RussianWord = { raw: string; stem: string; start: number; end: number };

const ENDING =
  /(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ией|иях|иям|ием|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ую|юю|ов|ев|ам|ям|ах|ях|ом|ем|ым|им|ых|их|ью|ия|ию|ии|ья|ью|[аяоеуюыиьй])$/;
/** Shorter words are compared whole. */
const SHORTEST_STEM = 3;
/** «участок» loses its vowel in «участка». */
const FLEETING = /(?<=[бвгджзклмнпрстфхчшщ])[ое]к$/;
/** Longest word that is looked at; nobody wrote a longer one. */
const LONGEST_WORD = 60;
const WORD = /[\p{L}\p{M}]+/gu;

const stripped = (word: string): string => {
  const stem = word.replace(ENDING, '');
  return stem.length >= SHORTEST_STEM ? stem : word;
};

/** What the forms of a noun or an adjective have in common: «территориях», «территория» → территор. */
export const stemOf = (word: string): string => {
  if (word.length > LONGEST_WORD) return word;
  // Twice, because the nominative may itself end like an ending: «остров», «острова».
  const stem = stripped(stripped(word.toLowerCase().replaceAll('ё', 'е')));
  return stem.replace(FLEETING, 'к');
};

/** The words of a text in order; a hyphen parts words. */
export const russianWords = (text: string): RussianWord[] =>
  [...text.matchAll(WORD)].map(({ 0: raw, index }) => ({
    raw,
    stem: stemOf(raw),
    start: index,
    end: index + raw.length,
  }));

/**
 * A term as a row of stems; an abbreviation is compared letter by letter. An open phrase, «таможен-», takes any word that
 * begins so.
 */
export type Phrase = { text: string; words: RussianWord[]; derives: boolean; open: boolean };

/** @param derives whether an adjective made from the word counts: 同江片区 is «Тунцзянский участок» */
export const phraseOf = (text: string, derives = false): Phrase => ({
  text,
  words: russianWords(text),
  derives,
  open: text.endsWith('-'),
});

const isAbbreviation = ({ raw }: RussianWord): boolean => raw.length > 1 && raw === raw.toUpperCase();

/** What an adjective made from a place name has after the stem of the name. */
export const ADJECTIVE = /^(?:[анеоиы]?в?[иоеа]?н?ск|инск|овск|енск)/;

/** Whether a word of a text is a form of a word of a term. */
const sameWord = (wanted: RussianWord, found: RussianWord, { derives, open }: Phrase): boolean => {
  if (open)
    return found.raw.toLowerCase().replaceAll('ё', 'е').startsWith(wanted.raw.toLowerCase().replaceAll('ё', 'е'));
  if (isAbbreviation(wanted)) {
    const rest = found.raw.slice(wanted.raw.length);
    return found.raw.startsWith(wanted.raw) && rest.length <= 3 && rest === rest.toLowerCase();
  }
  if (wanted.stem === found.stem) return true;
  return derives && found.stem.startsWith(wanted.stem) && ADJECTIVE.test(found.stem.slice(wanted.stem.length));
};

/** How many words may stand between two words of a term: «пункты пропуска» in «пункты взаимного пропуска». */
const MOST_BETWEEN = 2;

/**
 * Where a phrase ends if it begins at a word.
 * @param loose lets other words stand between
 * @returns the index of its last word, or `undefined`
 */
export const phraseEnd = (
  phrase: Phrase,
  words: readonly RussianWord[],
  from: number,
  loose: boolean,
): number | undefined => {
  let at = from;
  if (!words[at] || !sameWord(phrase.words[0]!, words[at]!, phrase)) return undefined;
  for (const wanted of phrase.words.slice(1)) {
    const reach = loose ? MOST_BETWEEN + 1 : 1;
    const next = words.slice(at + 1, at + 1 + reach).findIndex((word) => sameWord(wanted, word, phrase));
    if (next < 0) return undefined;
    at += 1 + next;
  }
  return at;
};

/** Whether a text holds a phrase, in any of its forms. */
export const holds = (words: readonly RussianWord[], phrase: Phrase): boolean =>
  phrase.words.length > 0 && words.some((_, at) => phraseEnd(phrase, words, at, true) !== undefined);

const SOFT_CASES = /^(?:ь|я|ю|ем|ём)$/;
const HARD_CASES = /^(?:|а|у|ом)$/;

/**
 * Whether a word is a form of a misspelt name and of nothing else. The stems of «Фуюан» and «Фуюань» are one, so that
 * there the endings decide: «Фуюана» is wrong, «Фуюаня» right, and «Фуюане» may be either.
 */
export const isMisspelt = (wrong: RussianWord, found: RussianWord, right: readonly Phrase[]): boolean => {
  if (wrong.stem !== found.stem) return false;
  const alike = right.some(({ words }) => words.some(({ stem }) => stem === wrong.stem));
  if (!alike) return true;
  const [form, bad] = [found.raw.toLowerCase(), wrong.raw.toLowerCase()];
  const soft = bad.endsWith('ь');
  const base = soft ? bad.slice(0, -1) : bad;
  if (!form.startsWith(base)) return false;
  return (soft ? SOFT_CASES : HARD_CASES).test(form.slice(base.length));
};
