import type { Texts } from '../../infra/i18n/texts.js';
import type { Language } from '../../kernel/languages.js';

/**
 * What Swagger UI writes in English by itself, by the key of its translation under `reference:chrome`. Its version is
 * fixed in package-lock.json; a wording that a later one changes stays English and is found by the test of the page.
 */
const EXACT: Record<string, string> = {};

/** Wordings with a value inside; `$1` stands for it in the translation. */
const PATTERNS: Record<string, string> = {};

/** The words of Swagger UI's chrome in one language, for `public/docs.js`. */
export const chromeTexts = (texts: Texts, language: Language) => ({
  exact: Object.entries(EXACT).map(([key, english]) => [english, texts.t(language, `reference:chrome.${key}`)]),
  patterns: Object.entries(PATTERNS).map(([key, english]) => [english, texts.t(language, `reference:chrome.${key}`)]),
});
