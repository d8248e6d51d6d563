import { LANGUAGES, type LanguageMap } from './languages.js';

const LOCALES = { zh: 'zh-CN', ru: 'ru-RU' } as const;

/** A day `YYYY-MM-DD` as it is written in running text: 2026年1月1日, 1 января 2026 г. */
export const dateInWords = (date: string): LanguageMap =>
  Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date)),
    ]),
  );
