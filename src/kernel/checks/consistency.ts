import { otherLanguage } from '../languages.js';
import type { Check, Found } from './finding.js';

const folded = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ');

/** The same original was approved with another wording before. */
export const consistency: Check = {
  id: 'consistency',
  run: ({ approved = [], source, ...pair }): Found[] => {
    const language = source === 'both' ? 'ru' : otherLanguage(source);
    const text = pair[language];
    if (approved.length === 0 || text.trim() === '') return [];
    if (approved.some((one) => folded(one) === folded(text))) return [];
    const suggestion = approved[0]!;
    return [
      {
        severity: 'warning',
        language,
        start: 0,
        end: text.length,
        message: 'other-approved',
        suggestion,
        values: { wanted: suggestion },
      },
    ];
  },
};
