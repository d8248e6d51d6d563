import { russianWords } from '../../kernel/checks/russian-words.js';
import { LIST_FIELDS, type TermValues } from './term-values.js';

/** Patterns for `like`, by which texts are found that may hold a term; whether they do is for the check to say. */
export type WordPatterns = { zh: string[]; ru: string[] };

const CONDITION = / \(unless .*\)$/;

const literal = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const formsOf = (terms: readonly TermValues[], language: 'zh' | 'ru'): string[] => [
  ...new Set(
    terms.flatMap((term) => [
      ...(term.name[language] ? [term.name[language]] : []),
      ...LIST_FIELDS.flatMap((field) => term[field]?.[language] ?? []),
    ]),
  ),
];

/** The longest word of a form without the letters in which its cases differ. */
const beginningOf = (form: string): string => {
  const stems = russianWords(form.replace(CONDITION, '')).map(({ stem }) => stem);
  const longest = stems.sort((a, b) => b.length - a.length)[0] ?? form.toLowerCase();
  return longest.slice(0, Math.max(3, longest.length - 2));
};

/** @param terms a term as it is, and as it would become */
export const wordPatterns = (terms: readonly TermValues[]): WordPatterns => ({
  zh: formsOf(terms, 'zh').map((form) => literal(form.replace(CONDITION, ''))),
  ru: formsOf(terms, 'ru').map((form) => literal(beginningOf(form))),
});
