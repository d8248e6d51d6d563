import { FULL_WIDTH } from './checks/inner-punctuation.js';
import type { Language } from './languages.js';
import { placeholdersOf, withProse } from './locale-text-checks.js';

/** Mends of locale texts that need no judgement: no word changes. */

type Tree = { [key: string]: Tree | string };

const NO_BREAK = '\u00A0';
const MENDS: Record<Language, (prose: string) => string> = {
  zh: (prose) =>
    prose
      .replace(/(?<=\p{Script=Han})[,;:!?()]|[,;:!?(](?=\p{Script=Han})/gu, (mark) => FULL_WIDTH[mark]!)
      .replace(/(?<=\p{Script=Han})\.(?=\s|$)/gu, '。'),
  ru: (prose) =>
    prose
      .replace(/№ ?(?=[\d\p{L}\uFFFC])/gu, `№${NO_BREAK}`)
      .replace(/(?<=[\d\uFFFC]) ?(?=гг?\.(?!\p{L}))/gu, NO_BREAK),
};

/**
 * One text without the faults that have one mend only: doubled spaces, invisible characters of no use, half-width marks
 * between Chinese characters, spaces that must not break.
 */
export const mendedText = (language: Language, text: string): string => {
  const plain = text.replace(/[\u200B\u2060\uFEFF\u00AD]/gu, '');
  const mended = withProse(plain, (prose) => MENDS[language](prose.replace(/(?<=\S) {2,}/gu, ' ')));
  // A mend must never lose what the program fills in.
  return placeholdersOf(mended).size === placeholdersOf(text).size ? mended : text;
};

/** A whole file, mended text by text. */
export const mendedTree = (language: Language, tree: unknown): unknown => {
  if (typeof tree === 'string') return mendedText(language, tree);
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return tree;
  return Object.fromEntries(Object.entries(tree as Tree).map(([key, value]) => [key, mendedTree(language, value)]));
};
