import { stemOf } from '../../kernel/checks/russian-words.js';
import { exactLexeme, hanGrams } from '../../kernel/search/folding.js';
import type { Alternative, Piece, SearchPart } from '../../kernel/search/search-words.js';

/** Puts a value into a statement and returns its placeholder. */
export type Add = (value: unknown) => string;

const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, '$&$&')}'`;

const anyOf = (lexemes: readonly string[]): string => lexemes.map(quoted).join(' | ');

/** Shortest beginning of a word that finds the word: shorter ones would find half of the language. */
const SHORTEST_BEGINNING = 4;

const beginning = (text: string): string => (text.length < SHORTEST_BEGINNING ? quoted(text) : `${quoted(text)}:*`);

/** A query of lexemes that are known as they are; the stems of words are PostgreSQL's to know. */
const pieceSql = ({ kind, text }: Piece, begins: boolean, loose: boolean, add: Add): string => {
  if (kind === 'han') return `${add(hanGrams(text).map(quoted).join(' & '))}::tsquery`;
  if (kind === 'number') return `${add(quoted(text))}::tsquery`;
  const stem = stemOf(text);
  const lexeme = begins && stem.length >= SHORTEST_BEGINNING ? stem : text;
  const word = begins || loose ? beginning(lexeme) : quoted(text);
  return `(plainto_tsquery('pg_catalog.russian', ${add(text)}) || ${add(word)}::tsquery)`;
};

const alternativeSql = ({ pieces, begins }: Alternative, loose: boolean, add: Add): string =>
  `(${pieces.map((piece) => pieceSql(piece, begins, loose, add)).join(' && ')})`;

/** The query of one part: any of its alternatives, or the name of one of these records. */
const partSql = ({ alternatives }: SearchPart, through: readonly string[], add: Add): string => {
  const said = alternatives.map((one) => alternativeSql(one, true, add));
  const referred = through.length === 0 ? [] : [`${add(anyOf(through.map((id) => `@${id}`)))}::tsquery`];
  return `(${[...said, ...referred].join(' || ')})`;
};

/**
 * What is looked for as an expression of type tsquery: all parts, in any of their ways.
 * @param through for each part the records that it names, which find what refers to them
 */
export const partsSql = (parts: readonly SearchPart[], through: readonly (readonly string[])[], add: Add): string =>
  parts.map((part, n) => partSql(part, through[n] ?? [], add)).join(' && ');

/**
 * What a name of another record has to hold: the words of one part in any of their forms. Words that merely begin so do
 * not name a place, and looking for them would make the index read every word of the kind.
 */
export const namingSql = ({ alternatives }: SearchPart, add: Add): string =>
  `(${alternatives.map((one) => alternativeSql(one, false, add)).join(' || ')})`;

/** That a record is of one of these resources. */
export const resourcesSql = (resources: readonly string[], add: Add): string =>
  `${add(anyOf(resources.map((name) => `#${name}`)))}::tsquery`;

/** That a record is called exactly so. */
export const namesSql = (names: readonly string[], add: Add): string =>
  `${add(anyOf([...new Set(names.map(exactLexeme))]))}::tsquery`;
