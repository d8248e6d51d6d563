import {
  isLanguage,
  LANGUAGES,
  type Language,
  type LanguageChoice,
  preferredLanguage,
} from '../../kernel/languages.js';

/**
 * In which languages a request is answered: `?lang` → the account's preference → `Accept-Language` → both
 * (bilingual.md, 2).
 * @returns `undefined` when `lang` names no language of the portal
 */
export const chooseLanguage = (
  lang: string | undefined,
  preference: Language | undefined,
  acceptLanguage: string | undefined,
): LanguageChoice | undefined => {
  if (lang !== undefined) return isLanguage(lang) || lang === 'all' ? lang : undefined;
  return preference ?? preferredLanguage(acceptLanguage) ?? 'all';
};

/** The languages of a choice, for texts of the portal itself. */
export const languagesOf = (choice: LanguageChoice): readonly Language[] => (choice === 'all' ? LANGUAGES : [choice]);
