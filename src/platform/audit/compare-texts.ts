import { diffArrays } from 'diff';
import type { Language } from '../../kernel/languages.js';

/** A piece of text that stayed, went or came. */
export type TextPart = { op: 'equal' | 'removed' | 'added'; text: string };

/** Chinese is written without spaces: only a dictionary of the language knows its words. */
const SEGMENTERS: Record<Language, Intl.Segmenter> = {
  zh: new Intl.Segmenter('zh', { granularity: 'word' }),
  ru: new Intl.Segmenter('ru', { granularity: 'word' }),
};

/** Texts with more differences than this are different texts: they are shown one after the other. */
const MOST_DIFFERENCES = 2_000;

const wordsOf = (language: Language, text: string): string[] =>
  [...SEGMENTERS[language].segment(text)].map(({ segment }) => segment);

const part = (op: TextPart['op'], text: string): TextPart[] => (text === '' ? [] : [{ op, text }]);

/**
 * Compares two texts of one language word by word. What is equal and removed makes up the text before, what is equal
 * and added the text after.
 */
export const compareTexts = (language: Language, before: string, after: string): TextPart[] => {
  const differences = diffArrays(wordsOf(language, before), wordsOf(language, after), {
    maxEditLength: MOST_DIFFERENCES,
  });
  if (!differences) return [...part('removed', before), ...part('added', after)];
  return differences.flatMap(({ added, removed, value }) =>
    part(added ? 'added' : removed ? 'removed' : 'equal', value.join('')),
  );
};
