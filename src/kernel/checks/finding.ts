import type { Language } from '../languages.js';
import type { Glossary } from './glossary-index.js';

/** A text in both languages and what is known about it. Positions in findings count in the NFC form of the texts. */
export type TranslationPair = {
  zh: string;
  ru: string;
  /** Which text was written first; `both` where neither is a translation. */
  source: Language | 'both';
  /** Key of the text in a locale file or name of the field, where it says something about the text. */
  field?: string;
  glossary: Glossary;
  /** Approved translations of the same original, into the language that is not the source. */
  approved?: readonly string[];
};

/** `error` blocks approval; `warning` needs a waiver with a reason. */
export type Severity = 'error' | 'warning';

/** What a finding says; the sentences stand in `locales/{zh,ru}/translation-checks.json` under `messages`. */
export const FINDING_MESSAGES = [
  'placeholder-missing',
  'placeholder-unpaired',
  'plural-set',
  'plural-fraction',
  'plural-plain',
  'end-mark',
  'half-width',
  'full-width',
  'straight-quote',
  'foreign-quote',
  'unbalanced',
  'hyphen-for-dash',
  'quantity-differs',
  'quantity-missing',
  'quantity-unit',
  'quantity-exactness',
  'decimal-mark',
  'date-differs',
  'date-missing',
  'time-differs',
  'time-zone',
  'number-brackets',
  'number-form',
  'number-differs',
  'number-missing',
  'term-missing',
  'term-forbidden',
  'term-deprecated',
  'foreign-script',
  'invisible-character',
  'mixed-word',
  'look-alike-word',
  'traditional-character',
  'double-space',
  'no-break-space',
  'space-placement',
  'same-text',
  'other-approved',
] as const;
type FindingMessage = (typeof FINDING_MESSAGES)[number];

/** One thing a check found: where it lies (UTF-16 offsets), what stands there and what may stand there instead. */
export type Finding = {
  check: string;
  severity: Severity;
  language: Language;
  start: number;
  end: number;
  excerpt: string;
  message: FindingMessage;
  suggestion?: string;
  values: Record<string, string>;
};

/** What a check hands back; its id is added by whoever runs it. */
export type Found = Omit<Finding, 'check' | 'excerpt' | 'values'> & { values?: Finding['values'] };

/** A check: a pure function over a pair. It never throws, whatever the texts. */
export type Check = { id: string; run: (pair: TranslationPair) => Found[] };

/** Cut off an excerpt that is longer than a line of a report holds. */
const LONGEST_EXCERPT = 60;

/** Completes what a check handed back. */
export const findingOf = (check: string, pair: TranslationPair, found: Found): Finding => {
  const excerpt = pair[found.language].slice(found.start, found.end);
  const shown = excerpt.length > LONGEST_EXCERPT ? `${excerpt.slice(0, LONGEST_EXCERPT - 1)}…` : excerpt;
  return { ...found, check, excerpt: shown, values: { found: shown, ...found.values } };
};

/** Matches of a global pattern as findings; `suggest` says what should stand there. */
export const findingsOf = (
  text: string,
  pattern: RegExp,
  found: Omit<Found, 'start' | 'end' | 'suggestion'>,
  suggest?: (match: RegExpMatchArray) => string,
): Found[] =>
  [...text.matchAll(pattern)].map((match) => ({
    ...found,
    start: match.index,
    end: match.index + match[0].length,
    ...(suggest && { suggestion: suggest(match) }),
  }));
