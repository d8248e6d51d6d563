import type { Side } from '../../../kernel/actor.js';
import { languagesOfCopy, type Pair } from '../../../kernel/alternat.js';
import type { Language, LanguageMap } from '../../../kernel/languages.js';

/** The portal's own words: a text by its key in `locales/{zh,ru}`. */
type Words = (language: Language, key: string, values?: Record<string, unknown>) => string;

/** The copy that is laid out: for whom, and with which words. */
export type Copy = { copyFor: Language; words: Words };

/** Words of one language in one tone. */
export type Run = { language: Language; text: string; tone?: 'strong' | 'note' | 'missing' };

/** One paragraph. */
export type Line = readonly Run[];

/** What a row is in the paper; how that looks is the renderer's business. */
export type RowStyle = 'title' | 'subtitle' | 'fact' | 'heading' | 'clause' | 'formula' | 'signatory' | 'signature';

/** Left or right of a row: the text of one language, or the block of one side. */
export type Cell = { of: Language | Side; lines: readonly Line[] };

/** A row of the paper; the same key names the same row in both copies. */
export type Row = { key: string; style: RowStyle; cells: Pair<Cell> };

const inBothCells = <From, To>([first, second]: Pair<From>, turn: (value: From) => To): Pair<To> => [
  turn(first),
  turn(second),
];

/** A row with the text of each language in its column, that of the copy left. */
export const rowOf = (
  { copyFor }: Copy,
  key: string,
  style: RowStyle,
  lines: (language: Language) => readonly Line[],
): Row => ({
  key,
  style,
  cells: inBothCells(languagesOfCopy(copyFor), (language) => ({ of: language, lines: lines(language) })),
});

/** A row with a block of each side, that of the copy left. */
export const rowOfSides = (
  key: string,
  style: RowStyle,
  sides: Pair<Side>,
  lines: (side: Side) => readonly Line[],
): Row => ({ key, style, cells: inBothCells(sides, (side) => ({ of: side, lines: lines(side) })) });

/** The portal's own words in one language. */
export const word = (
  { words }: Copy,
  language: Language,
  key: string,
  values?: Record<string, unknown>,
  tone?: Run['tone'],
): Run => ({ language, text: words(language, key, values), ...(tone && { tone }) });

/** Says for readers of both languages that a text is missing in one: no cell is silently blank. */
const missing = (copy: Copy, language: Language): Run[] =>
  languagesOfCopy(copy.copyFor).flatMap((reader, n): Run[] => [
    { language: reader, text: n === 0 ? '[' : ' / ', tone: 'missing' },
    word(copy, reader, `papers:missing.${language}`, {}, 'missing'),
    ...(n === 1 ? [{ language: reader, text: ']', tone: 'missing' } as const] : []),
  ]);

/** A text of the record in one language, word for word; where it lacks that language, the cell says so. */
export const said = (copy: Copy, text: LanguageMap, language: Language, tone?: Run['tone']): Run[] =>
  text[language] === undefined ? missing(copy, language) : [{ language, text: text[language], ...(tone && { tone }) }];

/** The same with a paragraph for each line of the text. */
export const saidInLines = (copy: Copy, text: LanguageMap, language: Language): Line[] =>
  text[language] === undefined
    ? [missing(copy, language)]
    : text[language].split('\n').map((line) => [{ language, text: line }]);

const COMMA = { zh: '、', ru: ', ' } as const;
/** What parts a name from what is named, as each language writes it. */
export const COLON = { zh: '：', ru: ': ' } as const;

/** Several texts of records in a row. */
export const saidInARow = (copy: Copy, texts: readonly LanguageMap[], language: Language): Run[] =>
  texts.flatMap((text, n) => [...(n > 0 ? [{ language, text: COMMA[language] }] : []), ...said(copy, text, language)]);

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Something with its name before it: 责任单位：…, Ответственный исполнитель: …
 * @param more values of the name's placeholders, and a tone for all of it instead of a strong name
 */
export const labelled = (
  copy: Copy,
  language: Language,
  key: string,
  runs: readonly Run[],
  { values, tone }: { values?: Record<string, unknown>; tone?: Run['tone'] } = {},
): Line => {
  const label = `${capitalized(copy.words(language, key, values))}${COLON[language]}`;
  return [
    { language, text: label, tone: tone ?? 'strong' },
    ...runs.map((run) => (tone && !run.tone ? { ...run, tone } : run)),
  ];
};
