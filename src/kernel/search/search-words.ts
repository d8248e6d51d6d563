import type { LanguageMap } from '../languages.js';
import { canonicalNumbers, fold, isNumberForm, tokensOf } from './folding.js';
import { chineseTermsAt, russianTermsAt, type SearchGlossary, type SearchTermEntry } from './search-glossary.js';

/** A piece of a name that must be there: Chinese characters in a row, a word in any form, a document number. */
export type Piece = { kind: 'han' | 'word' | 'number'; text: string };

/** One way to say a part of what was typed. */
export type Alternative = {
  text: string;
  pieces: readonly Piece[];
  /** The pair of the glossary that brought it; none for what was typed. */
  term?: Required<LanguageMap>;
  /** Whether words that begin with the stem count: forms of a name, and what is derived from it. */
  begins: boolean;
};

/** A part of what was typed, with every way to say it, the typed one first; all parts must be found. */
export type SearchPart = { alternatives: readonly Alternative[] };

/** Most ways to say one part (hardening: a search has a bounded cost). */
const MOST_ALTERNATIVES = 16;
/** Most parts that are looked for; whoever types more is found by the first of them. */
const MOST_PARTS = 24;

/** Words that say nothing beside others. */
const FUNCTION_WORDS = new Set(
  'в во на и с со по для от до из к ко о об обо при у за не что как или а но же под над между через без'.split(' '),
);

const pieceOf = ({ han, text }: { han: boolean; text: string }): Piece => ({
  kind: han ? 'han' : isNumberForm(text) ? 'number' : 'word',
  text,
});

const alternative = (text: string, term?: SearchTermEntry): Alternative => ({
  text,
  pieces: tokensOf(canonicalNumbers(fold(text))).map(pieceOf),
  begins: term?.proper ?? false,
  ...(term && { term: term.shown }),
});

/** Two ways that find the same; a name is found in more forms than the word that was typed. */
const keyOf = ({ text, begins, pieces }: Alternative): string =>
  `${fold(text)}/${begins && pieces.some(({ kind }) => kind === 'word')}`;

const part = (typed: string, entries: readonly SearchTermEntry[]): SearchPart => {
  const names = entries.flatMap((entry) => [...entry.zh, ...entry.ru].map((name) => alternative(name, entry)));
  const different = new Map<string, Alternative>();
  for (const one of [alternative(typed), ...names]) {
    if (one.pieces.length > 0 && !different.has(keyOf(one))) different.set(keyOf(one), one);
  }
  return { alternatives: [...different.values()].slice(0, MOST_ALTERNATIVES) };
};

/** Terms of a run of Chinese characters, and what stands between them as it was typed. */
const chineseParts = (run: string, glossary: SearchGlossary): SearchPart[] => {
  const parts: SearchPart[] = [];
  let typed = '';
  const flush = () => {
    if (typed !== '') parts.push(part(typed, []));
    typed = '';
  };
  for (let at = 0; at < run.length; ) {
    const { length, entries } = chineseTermsAt(glossary, run.slice(at));
    if (length > 0) {
      flush();
      parts.push(part(run.slice(at, at + length), entries));
    } else typed += [...run.slice(at)][0]!;
    at += length > 0 ? length : [...run.slice(at)][0]!.length;
  }
  flush();
  return parts;
};

/** Terms of a row of words, and the words between them. */
const wordParts = (words: readonly string[], glossary: SearchGlossary): SearchPart[] => {
  const parts: SearchPart[] = [];
  for (let at = 0; at < words.length; ) {
    const { length, entries } = russianTermsAt(glossary, words.slice(at));
    const taken = Math.max(1, length);
    const typed = words.slice(at, at + taken).join(' ');
    if (length > 0 || words.length === 1 || !FUNCTION_WORDS.has(typed)) parts.push(part(typed, entries));
    at += taken;
  }
  return parts;
};

/**
 * What a search is for: the parts of what was typed, each with the ways to say it in both languages.
 * @returns nothing where neither a letter nor a figure was typed
 */
export const searchParts = (q: string, glossary: SearchGlossary): SearchPart[] => {
  const tokens = tokensOf(canonicalNumbers(fold(q)));
  const parts: SearchPart[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (tokens[at]!.han) {
      parts.push(...chineseParts(tokens[at]!.text, glossary));
      at += 1;
      continue;
    }
    const end = tokens.findIndex((token, n) => n > at && token.han);
    const words = tokens.slice(at, end < 0 ? undefined : end);
    const alone = tokens.length === 1;
    const row = wordParts(
      words.map(({ text }) => text),
      glossary,
    );
    parts.push(...(row.length > 0 || !alone ? row : [part(words[0]!.text, [])]));
    at += words.length;
  }
  return parts.slice(0, MOST_PARTS);
};

/** Names under which the whole of what was typed is known, for records that are called exactly so. */
export const wholeNames = (q: string, parts: readonly SearchPart[]): string[] =>
  parts.length === 1 ? [q, ...parts[0]!.alternatives.map(({ text }) => text)] : [q];

const SIGN = '[%_\\\\*&$@#+=^~|]';
const WITH_SIGNS = new RegExp(
  `[\\p{L}\\p{N}]*(?:${SIGN}+[\\p{L}\\p{N}]+|[\\p{L}\\p{N}]${SIGN})(?:${SIGN}|[\\p{L}\\p{N}])*`,
  'gu',
);

/** What holds signs within or beside its letters and is looked for to the letter: `50%`, `а_б` (hardening B33). */
export const literalsOf = (q: string): string[] => fold(q).match(WITH_SIGNS) ?? [];
