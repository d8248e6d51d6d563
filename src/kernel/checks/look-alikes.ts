import { LANGUAGES, type Language } from '../languages.js';
import { TWIN_ABBREVIATIONS } from '../locale-text-checks.js';
import type { Check, Found } from './finding.js';
import { withoutCode } from './masking.js';

const LATIN = 'ABCEHKMOPTXaceopxyäëï';
const CYRILLIC = 'АВСЕНКМОРТХасеорхуäёї';
const TO_CYRILLIC = new Map([...LATIN].map((letter, n) => [letter, CYRILLIC[n]!]));
const TO_LATIN = new Map([...CYRILLIC].map((letter, n) => [letter, LATIN[n]!]));

const WORD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{M}]+/gu;
/** Russian words of one letter that a Latin keyboard writes as well. */
const SHORT_WORDS = new Set('acoyACOYKB');
/** «TOP 10», «TOP-100» are English. */
const RANKING = /^[ \u00A0-]?\d/;

const typed = (word: string, letters: ReadonlyMap<string, string>): string =>
  [...word].map((letter) => letters.get(letter) ?? letter).join('');

/** Rewrites in Cyrillic every word that could have been meant so, letter for letter. */
export const inCyrillic = (text: string): string =>
  text.replace(WORD, (word) => {
    const cyrillic = typed(word, TO_CYRILLIC);
    return /\p{Script=Latin}/u.test(cyrillic) ? word : cyrillic;
  });

const scriptsOf = (word: string): [latin: number, cyrillic: number] => [
  word.match(/\p{Script=Latin}/gu)?.length ?? 0,
  word.match(/\p{Script=Cyrillic}/gu)?.length ?? 0,
];

/** A word typed on two keyboards, rewritten for the one that the rest of it comes from. */
const mixed = (language: Language, word: string, start: number): Found[] => {
  const [latin, cyrillic] = scriptsOf(word);
  if (latin === 0 || cyrillic === 0) return [];
  const whole = typed(word, TO_CYRILLIC);
  const suggestion = language === 'ru' || cyrillic >= latin ? whole : typed(word, TO_LATIN);
  return [{ severity: 'error', language, start, end: start + word.length, message: 'mixed-word', suggestion }];
};

/** A word all of whose letters have a Cyrillic twin, and whose twin is a Russian word. */
const twin = (text: string, word: string, start: number, abbreviations: ReadonlySet<string>): Found[] => {
  const end = start + word.length;
  const cyrillic = typed(word, TO_CYRILLIC);
  if (/\p{Script=Latin}/u.test(cyrillic) || cyrillic === word) return [];
  const abbreviation = TWIN_ABBREVIATIONS.has(word) || abbreviations.has(cyrillic);
  const between = /[\p{Script=Cyrillic},] $/u.test(text.slice(Math.max(0, start - 2), start)) || start === 0;
  const short = SHORT_WORDS.has(word) && between && /^ \p{Script=Cyrillic}/u.test(text.slice(end, end + 3));
  if (!short && (!abbreviation || RANKING.test(text.slice(end, end + 3)))) return [];
  return [{ severity: 'error', language: 'ru', start, end, message: 'look-alike-word', suggestion: cyrillic }];
};

/** Latin letters inside Cyrillic words and the reverse, and whole words such as Latin `TOP` for ТОР. */
export const lookAlikes: Check = {
  id: 'look-alikes',
  run: (pair) =>
    LANGUAGES.flatMap((language) => {
      const text = withoutCode(pair[language]);
      return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => [
        ...mixed(language, word, index),
        ...(language === 'ru' ? twin(text, word, index, pair.glossary.abbreviations) : []),
      ]);
    }),
};
