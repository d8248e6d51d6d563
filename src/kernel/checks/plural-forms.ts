import { LANGUAGES, type Language } from '../languages.js';
import type { Check, Found, TranslationPair } from './finding.js';

/**
 * Plural forms of i18next. A set of forms is written as one text, a line a form: `_one {{count}} документ`.
 * Chinese has `_other` only; Russian counts whole things with `_one`, `_few` and `_many`. `_other` is what Russian says
 * of fractions: it may be there for the library's sake, but nothing that is counted is a fraction.
 */
const FORM = /^_(zero|one|two|few|many|other) /;
const REQUIRED: Record<Language, readonly string[]> = { zh: ['other'], ru: ['one', 'few', 'many'] };
const ALLOWED: Record<Language, readonly string[]> = { zh: ['other'], ru: ['one', 'few', 'many', 'other'] };
const SUFFIX = /_(zero|one|two|few|many|other)$/;
const COUNT = /\{\{\s?count\b[^{}]*\}\}/g;
const FRACTION = /FractionDigits\s?[:=]\s?[1-9]/;
const COUNTED = /\{\{\s?count\b[^{}]*\}\}[ \u00A0]\p{Script=Cyrillic}/gu;

const formsOf = (text: string): string[] | undefined => {
  const forms = text.split('\n').map((line) => FORM.exec(line)?.[1]);
  return forms.every((form) => form !== undefined) ? forms : undefined;
};

const setFault = (language: Language, text: string, forms: readonly string[]): Found[] => {
  const complete =
    new Set(forms).size === forms.length &&
    REQUIRED[language].every((form) => forms.includes(form)) &&
    forms.every((form) => ALLOWED[language].includes(form));
  if (complete) return [];
  const wanted = REQUIRED[language].map((form) => `_${form}`).join(' ');
  return [{ severity: 'error', language, start: 0, end: text.length, message: 'plural-set', values: { wanted } }];
};

const fractions = (language: Language, text: string): Found[] =>
  [...text.matchAll(COUNT)]
    .filter(([whole]) => FRACTION.test(whole))
    .map(({ 0: whole, index }) => ({
      severity: 'error',
      language,
      start: index,
      end: index + whole.length,
      message: 'plural-fraction',
    }));

/** A Russian noun after a count has three forms; one text cannot hold them. */
const plainCounts = ({ ru, field }: TranslationPair): Found[] =>
  field !== undefined && SUFFIX.test(field)
    ? []
    : [...ru.matchAll(COUNTED)].map(({ 0: whole, index }) => ({
        severity: 'warning',
        language: 'ru',
        start: index,
        end: index + whole.length,
        message: 'plural-plain',
        values: { wanted: '_one _few _many' },
      }));

/** Plural sets that are not whole, counts with decimals, and counts before a noun without a set. */
export const pluralForms: Check = {
  id: 'plural-forms',
  run: (pair) => {
    const forms = { zh: formsOf(pair.zh), ru: formsOf(pair.ru) };
    const isSet = forms.zh !== undefined || forms.ru !== undefined;
    return [
      ...LANGUAGES.flatMap((language) => (isSet ? setFault(language, pair[language], forms[language] ?? []) : [])),
      ...LANGUAGES.flatMap((language) => fractions(language, pair[language])),
      ...(isSet ? [] : plainCounts(pair)),
    ];
  },
};
