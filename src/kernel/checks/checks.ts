import { normalizeText } from '../text.js';
import { consistency } from './consistency.js';
import { dates } from './dates.js';
import { documentNumbers } from './document-numbers.js';
import { endPunctuation } from './end-punctuation.js';
import { type Check, type Finding, findingOf, type TranslationPair } from './finding.js';
import { glossary } from './glossary.js';
import { innerPunctuation } from './inner-punctuation.js';
import { invisible } from './invisible.js';
import { lookAlikes } from './look-alikes.js';
import { placeholders } from './placeholders.js';
import { pluralForms } from './plural-forms.js';
import { quantities } from './quantities.js';
import { sameAsSource } from './same-as-source.js';
import { spaces } from './spaces.js';
import { traditional } from './traditional.js';
import { untranslated } from './untranslated.js';

/** Every check on a translation, in the order in which findings are shown. */
export const CHECKS: readonly Check[] = [
  placeholders,
  pluralForms,
  endPunctuation,
  innerPunctuation,
  quantities,
  dates,
  documentNumbers,
  glossary,
  untranslated,
  invisible,
  lookAlikes,
  traditional,
  spaces,
  sameAsSource,
  consistency,
];

/** Checks that look for an error in one text and need no translation to compare with. */
const ON_ONE_TEXT: ReadonlySet<Check> = new Set([
  innerPunctuation,
  untranslated,
  invisible,
  lookAlikes,
  traditional,
  spaces,
]);

/** What is not translated at all is reported once. */
const SAYS_THE_SAME: ReadonlySet<Check> = new Set([untranslated, glossary]);

/**
 * Runs every check on a pair. A text that is missing is no mistranslation: the other one is then checked alone.
 * @returns findings in the order of the checks; positions count in the NFC form, in which texts are stored
 */
export const checkPair = (pair: TranslationPair): Finding[] => {
  const normal = { ...pair, zh: normalizeText(pair.zh), ru: normalizeText(pair.ru) };
  const both = normal.zh.trim() !== '' && normal.ru.trim() !== '';
  const same = sameAsSource.run(normal).length > 0;
  const asked = CHECKS.filter((check) => (both || ON_ONE_TEXT.has(check)) && !(same && SAYS_THE_SAME.has(check)));
  return asked.flatMap((check) => check.run(normal).map((found) => findingOf(check.id, normal, found)));
};
