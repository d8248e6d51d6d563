import { LANGUAGES, otherLanguage } from '../languages.js';
import type { Check, Found } from './finding.js';

const PLACEHOLDER = /\{\{([^{}]*)\}\}|\$t\([^()]*\)/g;
const UNPAIRED = /\{\{|\}\}|\$t\(/g;

const canonical = (placeholder: string): string => placeholder.replace(/\s/g, '');

/** The name that is filled in; a format may differ from language to language. */
const nameOf = (placeholder: string): string => canonical(placeholder).replace(/^\{\{-?([^,}]*).*$/, '{{$1}}');

const namesIn = (text: string): Set<string> => new Set([...text.matchAll(PLACEHOLDER)].map(([whole]) => nameOf(whole)));

/** What one text fills in and the other does not, and signs of a placeholder that is none. */
export const placeholders: Check = {
  id: 'placeholders',
  run: (pair) =>
    LANGUAGES.flatMap((language): Found[] => {
      const other = otherLanguage(language);
      const present = namesIn(pair[other]);
      const lost = [...pair[language].matchAll(PLACEHOLDER)].filter(([whole]) => !present.has(nameOf(whole)));
      const rest = pair[language].replace(PLACEHOLDER, (whole) => ' '.repeat(whole.length));
      return [
        ...lost.map(
          (match): Found => ({
            severity: 'error',
            language,
            start: match.index,
            end: match.index + match[0].length,
            message: 'placeholder-missing',
            suggestion: match[0],
          }),
        ),
        ...[...rest.matchAll(UNPAIRED)].map(
          (match): Found => ({
            severity: 'error',
            language,
            start: match.index,
            end: match.index + match[0].length,
            message: 'placeholder-unpaired',
          }),
        ),
      ];
    }),
};
