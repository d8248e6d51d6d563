import { LANGUAGES } from '../languages.js';
import { codePointName, INVISIBLE } from '../text.js';
import { type Check, findingsOf } from './finding.js';

const EACH = new RegExp(INVISIBLE.source, 'gu');

/** Zero-width characters, soft hyphens and bidirectional controls: nobody sees them, and a search stumbles over them. */
export const invisible: Check = {
  id: 'invisible',
  run: (pair) =>
    LANGUAGES.flatMap((language) =>
      findingsOf(pair[language], EACH, { severity: 'error', language, message: 'invisible-character' }, () => '').map(
        (found) => ({ ...found, values: { found: codePointName(pair[language].slice(found.start, found.end)) } }),
      ),
    ),
};
