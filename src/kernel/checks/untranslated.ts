import { type Check, findingsOf } from './finding.js';
import { withoutAsides, withoutCode } from './masking.js';

const HAN = /\p{Script=Han}+/gu;
/** The letters of a number, 294-ФЗ, are part of it. A word that also holds Latin letters is a look-alike, and the other check's. */
const CYRILLIC =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}]|\d-)\p{Script=Cyrillic}[\p{Script=Cyrillic} -]*(?!\p{Script=Latin})/gu;

/** Words left in the other script, outside quotations and brackets, in which an original name may stand. */
export const untranslated: Check = {
  id: 'untranslated',
  run: ({ zh, ru }) => [
    ...findingsOf(withoutAsides('ru', withoutCode(ru)), HAN, {
      severity: 'error',
      language: 'ru',
      message: 'foreign-script',
    }),
    ...findingsOf(withoutAsides('zh', withoutCode(zh)), CYRILLIC, {
      severity: 'error',
      language: 'zh',
      message: 'foreign-script',
    }),
  ],
};
