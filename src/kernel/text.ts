import type { FieldErrorCode } from './problems.js';

/**
 * Characters that nobody sees and that hide, reorder or imitate (UTS #36): bidirectional controls, zero-width and filler
 * characters, tags, what Unicode keeps for itself, and the sign that a text was read in a wrong encoding. Variation
 * selectors choose the form of a rare ideograph and are judged apart.
 */
export const INVISIBLE =
  /(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}|[\u2800\uFFF9-\uFFFD]/u;
/** C0 and C1 controls and the line separators; tab and line feed are judged apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]/;
const LINE_CONTROL = /[\t\n]/;
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;
const MARKS_IN_A_ROW = /\p{M}{5,}/u;
const VARIATION_SELECTORS = /\p{Variation_Selector}{2,}/u;
/** Anything that leaves a trace on paper, or may in a later version of Unicode. */
const VISIBLE = /[^\p{M}\p{Z}\p{Cc}\p{Cf}]/u;
const WORDS = /[\p{L}\p{M}]+/gu;

/** Length in code points, so that a rare ideograph counts once (hardening F92). */
export const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** Normalized for storage: NFC, because й typed as и and a breve is the same letter (hardening F90). */
export const normalizeText = (text: string): string => text.normalize('NFC');

/** Whether a word of the text mixes Latin and Cyrillic letters, which look alike and are not found alike (UTS #39). */
export const mixesScripts = (text: string): boolean =>
  (text.match(WORDS) ?? []).some((word) => /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word));

export type TextRules = {
  /** Most code points. */
  max: number;
  multiline?: boolean;
  /** A number, code or name by which something is found: letters that only look alike are refused. */
  identifier?: boolean;
};

/**
 * What is wrong with a text, if anything.
 * @returns the code of the first fault, or `undefined` for a good text
 */
export const textFault = (value: unknown, rules: TextRules): FieldErrorCode | undefined => {
  if (typeof value !== 'string') return 'wrong-type';
  // A code point has at most two units: a longer text is too long without counting.
  if (value.length > rules.max * 2 || codePoints(value) > rules.max) return 'too-long';
  if (LONE_SURROGATE.test(value) || CONTROL.test(value) || INVISIBLE.test(value)) return 'forbidden-characters';
  if (!VISIBLE.test(value)) return 'too-short';
  if (!rules.multiline && LINE_CONTROL.test(value)) return 'forbidden-characters';
  if (MARKS_IN_A_ROW.test(value.normalize('NFC')) || VARIATION_SELECTORS.test(value)) return 'too-many-marks';
  return rules.identifier && mixesScripts(value) ? 'mixed-scripts' : undefined;
};

/** A character by its number, as `U+202E`. */
export const codePointName = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

const named = (text: string, pattern: RegExp[]): string[] =>
  [...new Set(text)].filter((character) => pattern.some((one) => one.test(character))).map(codePointName);

/**
 * The code points of the characters that a text may not hold, as `U+202E`, for the message.
 * Tabs and line breaks, which some texts may hold, are named only where nothing else is at fault.
 */
export const forbiddenCodePoints = (text: string): string[] => {
  const never = named(text, [CONTROL, INVISIBLE, LONE_SURROGATE]);
  return (never.length > 0 ? never : named(text, [LINE_CONTROL])).slice(0, 10);
};
