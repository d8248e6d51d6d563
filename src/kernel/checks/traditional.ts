import { SIMPLIFIED } from '../simplified.js';
import { type Check, findingsOf } from './finding.js';
import { withoutCode, withoutQuotations } from './masking.js';

const RUN = new RegExp(`[${[...SIMPLIFIED.keys()].join('')}]+`, 'gu');

/** Traditional characters in a Chinese text, outside quotations. */
export const traditional: Check = {
  id: 'traditional',
  run: ({ zh }) =>
    findingsOf(
      withoutQuotations('zh', withoutCode(zh)),
      RUN,
      { severity: 'warning', language: 'zh', message: 'traditional-character' },
      ([run]) => [...run].map((character) => SIMPLIFIED.get(character)!).join(''),
    ),
};
