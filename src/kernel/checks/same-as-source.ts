import { otherLanguage } from '../languages.js';
import type { Check, Found } from './finding.js';

const WORDS = /[\p{Script=Han}\p{Script=Cyrillic}]|(?<!\p{Script=Latin})\p{Script=Latin}{3,}[ ,]\p{Script=Latin}{3}/u;

/** A translation that is the original once more. Figures, codes and single Latin names are the same in both languages. */
export const sameAsSource: Check = {
  id: 'same-as-source',
  run: ({ zh, ru, source }): Found[] => {
    if (zh.trim() === '' || zh.trim() !== ru.trim() || !WORDS.test(zh)) return [];
    const language = source === 'both' ? (/\p{Script=Han}/u.test(zh) ? 'ru' : 'zh') : otherLanguage(source);
    return [{ severity: 'error', language, start: 0, end: zh.length, message: 'same-text' }];
  },
};
