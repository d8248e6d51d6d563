import { simplified } from '../kernel/simplified.js';
import { snakeCase } from './field.js';
import type { ResourceSpec } from './spec.js';

/** Escapes what LIKE takes for a wildcard, so that `%` and `_` are searched literally (hardening B33). */
const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** As the function `folded_text` of the migrations has it: one form for width, case, ё and traditional characters. */
const fold = (text: string): string => simplified(text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е'));

/** The text that `q` looks into: every searchable field in both languages, folded like `q`. */
const searchedText = (spec: ResourceSpec, alias: string): string => {
  const texts = spec.searchable.flatMap((field) =>
    ['_zh', '_ru'].map((part) => `${alias}."${snakeCase(field)}${part}"`),
  );
  return `folded_text(concat_ws(' ', ${texts.join(', ')}))`;
};

/** The ranges of Chinese characters that `han_grams` in the migrations knows. */
const HAN = '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3fffd}';
const HAN_RUNS = new RegExp(`[${HAN}]+`, 'gu');
const ONE_OR_TWO_HAN = new RegExp(`^[${HAN}]{1,2}$`, 'u');

/** The pairs of neighbouring Chinese characters of a text, and the characters that stand alone. */
export const hanGrams = (text: string): string[] => {
  const runs = text.match(HAN_RUNS) ?? [];
  const grams = runs.flatMap((run) => {
    const characters = [...run];
    return characters.length === 1 ? characters : characters.slice(1).map((next, n) => `${characters[n]}${next}`);
  });
  return [...new Set(grams)];
};

/** What trigrams need to find anything: three letters or digits in a row. */
const THREE_IN_A_ROW = /[\p{L}\p{N}]{3}/u;

/**
 * Conditions that say the same of `q`: one that is quick to decide for a row at hand and, where an index can help,
 * one that it answers. Trigrams, which PostgreSQL brings along, need three characters; most Chinese words have two,
 * so Chinese is looked up by pairs of characters (bilingual.md, "Search").
 * @returns functions, since each puts the values it needs into the statement
 */
export type Search = { ofRow: () => string; byIndex?: () => string };

/** @param add puts a value into the statement and returns its placeholder */
export const searchFor = (spec: ResourceSpec, q: string, alias: string, add: (value: unknown) => string): Search => {
  const text = fold(q);
  if (!spec.searchIndexed) return { ofRow: () => `strpos(${searchedText(spec, alias)}, ${add(text)}) > 0` };
  const ofRow = () => `strpos(${alias}.search_text, ${add(text)}) > 0`;
  const byTrigrams = () => `${alias}.search_text like ${add(likePattern(text))}`;
  const grams = hanGrams(text);
  if (grams.length === 0) return THREE_IN_A_ROW.test(text) ? { ofRow, byIndex: byTrigrams } : { ofRow };
  const byGrams = () => `han_grams(${alias}.search_text) @> ${add(grams)}::text[]`;
  return { ofRow, byIndex: ONE_OR_TWO_HAN.test(text) ? byGrams : () => `${byGrams()} and ${byTrigrams()}` };
};
