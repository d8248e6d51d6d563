import type { Side } from './actor.js';
import type { Language } from './languages.js';

/**
 * The alternat: of a paper that both sides sign, each side keeps the copy in which it stands first – in titles,
 * columns and signature blocks. The two copies say the same; only the order within each pair differs.
 */

/** What stands left and right, or first and second. */
export type Pair<Value> = readonly [Value, Value];

/** Something that each side has. */
export type BySide<Value> = Readonly<Record<Side, Value>>;

/** Something that each language has. */
export type ByLanguage<Value> = Readonly<Record<Language, Value>>;

/** The order of the sides in a copy, which is named after the language of the side that keeps it. */
export const sidesOfCopy = (copyFor: Language): Pair<Side> => (copyFor === 'zh' ? ['cn', 'ru'] : ['ru', 'cn']);

/** The order of the languages in a copy: that of the side that keeps it stands left. */
export const languagesOfCopy = (copyFor: Language): Pair<Language> => (copyFor === 'zh' ? ['zh', 'ru'] : ['ru', 'zh']);

/** What both sides have, in the order of a copy. */
export const bySideOfCopy = <Value>(copyFor: Language, values: BySide<Value>): Pair<Value> => {
  const [first, second] = sidesOfCopy(copyFor);
  return [values[first], values[second]];
};

/** What is said in both languages, in the order of a copy. */
export const byLanguageOfCopy = <Value>(copyFor: Language, values: ByLanguage<Value>): Pair<Value> => {
  const [first, second] = languagesOfCopy(copyFor);
  return [values[first], values[second]];
};

/** Two places across the border from each other, as each language joins them: 黑河—布拉戈维申斯克, Благовещенск – Хэйхэ. */
export const placePair = (language: Language, [first, second]: Pair<string>): string =>
  language === 'zh' ? `${first}—${second}` : `${first} – ${second}`;
