import { stemOf } from '../checks/russian-words.js';
import { foldedPlaces, hanGrams, numberPlaces, type Token, tokensOf } from './folding.js';
import type { Alternative, Piece, SearchPart } from './search-words.js';

/** A stretch of a text. */
export type Mark = { start: number; end: number };

/** What of a search a text holds: where it stands, and for each part the way in which it is said, if it is. */
export type TextMatch = { marks: readonly Mark[]; said: readonly (Alternative | undefined)[] };

type ReadText = { folded: string; places: readonly number[]; tokens: readonly Token[] };

const read = (text: string): ReadText => {
  const { folded, places } = foldedPlaces(text);
  return { folded, places, tokens: tokensOf(folded) };
};

const everywhere = (folded: string, run: string): Mark[] => {
  const found: Mark[] = [];
  for (let at = folded.indexOf(run); at >= 0; at = folded.indexOf(run, at + run.length)) {
    found.push({ start: at, end: at + run.length });
  }
  return found;
};

const chinesePlaces = (folded: string, run: string): Mark[] => {
  const whole = everywhere(folded, run);
  if (whole.length > 0) return whole;
  const pairs = hanGrams(run).map((pair) => everywhere(folded, pair));
  return pairs.every(({ length }) => length > 0) ? pairs.flat() : [];
};

/** Shortest beginning of a word that finds it; the index says the same. */
const SHORTEST_BEGINNING = 4;

const sameWord = (wanted: string, found: string, begins: boolean): boolean => {
  if (wanted === found) return true;
  const stem = stemOf(wanted);
  if (stem === stemOf(found)) return true;
  const beginning = begins ? stem : wanted;
  return beginning.length >= SHORTEST_BEGINNING && found.startsWith(beginning);
};

const piecePlaces = ({ kind, text }: Piece, begins: boolean, { folded, tokens }: ReadText): Mark[] => {
  if (kind === 'han') return chinesePlaces(folded, text);
  if (kind === 'number') return numberPlaces(folded).filter(({ forms }) => forms.includes(text));
  return tokens.filter((token) => !token.han && sameWord(text, token.text, begins));
};

const alternativePlaces = ({ pieces, begins }: Alternative, text: ReadText): Mark[] => {
  const places = pieces.map((piece) => piecePlaces(piece, begins, text));
  return places.every(({ length }) => length > 0) ? places.flat() : [];
};

/** Stretches in their order, those that touch made one. */
const joined = (marks: readonly Mark[]): Mark[] => {
  const result: Mark[] = [];
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && mark.start <= last.end) last.end = Math.max(last.end, mark.end);
    else result.push({ start: mark.start, end: mark.end });
  }
  return result;
};

/** Looks for the parts of a search in a text as it was written. */
export const matchText = (text: string, parts: readonly SearchPart[]): TextMatch => {
  const prepared = read(text);
  const found = parts.map(({ alternatives }) =>
    alternatives
      .map((one) => ({ one, marks: alternativePlaces(one, prepared) }))
      .filter(({ marks }) => marks.length > 0),
  );
  const marks = found.flatMap((ways) => ways.flatMap((way) => way.marks));
  const place = (at: number): number => prepared.places[at]!;
  return {
    marks: joined(marks.map(({ start, end }) => ({ start: place(start), end: place(end) }))),
    said: found.map(([first]) => first?.one),
  };
};

/** A piece of an excerpt: plain text, either found or around what was found. */
export type ExcerptPart = { text: string; marked: boolean };

const EXCERPT_LENGTH = 160;
const LEAD = 40;

/** A place that does not part the two halves of a rare character. */
const whole = (text: string, at: number): number =>
  at > 0 && at < text.length && /[\uDC00-\uDFFF]/.test(text[at]!) ? at - 1 : at;

/** Cuts a text to what stands around the first mark, in pieces that need no markup to be shown. */
export const excerptOf = (text: string, marks: readonly Mark[]): ExcerptPart[] => {
  const first = marks[0]?.start ?? 0;
  const begin =
    text.length <= EXCERPT_LENGTH ? 0 : whole(text, Math.max(0, Math.min(first - LEAD, text.length - EXCERPT_LENGTH)));
  const end = whole(text, Math.min(text.length, begin + EXCERPT_LENGTH));
  const parts: ExcerptPart[] = [];
  const add = (piece: string, marked: boolean) => piece !== '' && parts.push({ text: piece, marked });
  let at = begin;
  add(begin > 0 ? '…' : '', false);
  for (const mark of marks.filter(({ start }) => start >= begin && start < end)) {
    add(text.slice(at, mark.start), false);
    add(text.slice(mark.start, Math.min(mark.end, end)), true);
    at = Math.min(mark.end, end);
  }
  add(text.slice(at, end), false);
  add(end < text.length ? '…' : '', false);
  return parts;
};

const pairsOf = (word: string): string[] => [...word].slice(1).map((letter, n) => `${[...word][n]}${letter}`);

/** How alike two words are, by the pairs of letters they share: 1 for the same. */
const likeness = (a: string, b: string): number => {
  const [left, right] = [pairsOf(a), pairsOf(b)];
  const shared = left.filter((pair) => right.includes(pair)).length;
  return left.length + right.length === 0 ? 0 : (2 * shared) / (left.length + right.length);
};

/** Least likeness of a word that is shown as the one that was meant. */
const LEAST_LIKENESS = 0.4;

/** The words of a text that are most like those that were typed, for a search that was mistyped. */
export const similarMarks = (text: string, typed: string): { likeness: number; marks: Mark[] } => {
  const { tokens, places } = read(text);
  const wanted = tokensOf(foldedPlaces(typed).folded);
  const best = wanted.flatMap((word) => {
    const rated = tokens.map((token) => ({ token, likeness: likeness(word.text, token.text) }));
    const [first] = rated.sort((a, b) => b.likeness - a.likeness);
    return first && first.likeness >= LEAST_LIKENESS ? [first] : [];
  });
  return {
    likeness: best.reduce((sum, one) => sum + one.likeness, 0),
    marks: joined(best.map(({ token }) => ({ start: places[token.start]!, end: places[token.end]! }))),
  };
};
