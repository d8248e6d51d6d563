import type { FieldErrorCode } from './problems.js';

/** Bidirectional controls, zero-width characters, the soft hyphen, byte-order mark and tag characters (UTS #36). */
const INVISIBLE = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\uDB40[\uDC00-\uDC7F]/u;
const INVISIBLE_TAGS = /[\u{E0000}-\u{E007F}]/u;
/** C0 and C1 controls and the line separators; tab and line feed are judged apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]/;
const LINE_CONTROL = /[\t\n]/;
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;
const MARKS_IN_A_ROW = /\p{M}{5,}/u;
const VARIATION_SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{2,}/u;

/** Length in code points, so that a rare ideograph counts once (hardening F92). */
export const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** Normalized for storage: NFC, because й typed as и and a breve is the same letter (hardening F90). */
export const normalizeText = (text: string): string => text.normalize('NFC');

export type TextRules = { max: number; multiline?: boolean };

/**
 * What is wrong with a text, if anything.
 * @returns the code of the first fault, or `undefined` for a good text
 */
export const textFault = (value: unknown, rules: TextRules): FieldErrorCode | undefined => {
  if (typeof value !== 'string') return 'wrong-type';
  if (value.trim() === '') return 'too-short';
  // A code point has at most two units: a longer text is too long without counting.
  if (value.length > rules.max * 2 || codePoints(value) > rules.max) return 'too-long';
  if (LONE_SURROGATE.test(value) || CONTROL.test(value) || INVISIBLE.test(value) || INVISIBLE_TAGS.test(value)) {
    return 'forbidden-characters';
  }
  if (!rules.multiline && LINE_CONTROL.test(value)) return 'forbidden-characters';
  if (MARKS_IN_A_ROW.test(value.normalize('NFC')) || VARIATION_SELECTORS.test(value)) return 'too-many-marks';
  return undefined;
};

/** The code points of the characters that a text may not hold, as `U+202E`, for the message. */
export const forbiddenCodePoints = (text: string): string[] => {
  const found = new Set<string>();
  for (const character of text) {
    const bad =
      CONTROL.test(character) ||
      LINE_CONTROL.test(character) ||
      INVISIBLE.test(character) ||
      INVISIBLE_TAGS.test(character) ||
      LONE_SURROGATE.test(character);
    if (bad) found.add(`U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  }
  return [...found].slice(0, 10);
};
