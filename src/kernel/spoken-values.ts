import type { Language, LanguageMap } from './languages.js';
import { otherLanguage } from './languages.js';

/** Placeholders of a text that is put into words later; texts in two languages are put in by the reader's. */
export type SpokenValues = Readonly<Record<string, string | number | LanguageMap>>;

/**
 * The values as a text in one language takes them.
 * @returns the same names; of a text in two languages the one asked for, or the other where there is only that
 */
export const valuesIn = (language: Language, values: SpokenValues): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' ? (value[language] ?? value[otherLanguage(language)] ?? '') : value,
    ]),
  );
