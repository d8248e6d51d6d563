import { decimal, sum } from './decimals.js';
import { isCardinal, romanNumeral, russianNumeral } from './numerals.js';
import { type Exactness, type Quantity, unitAt } from './quantity.js';

/** Thousands are set apart by spaces: 12 500; a decimal comma or, by mistake, a point. */
const FIGURES = /(?<![\d.,])(\d{1,3}(?:[ \u00A0\u202F]\d{3}(?!\d)){1,6}|\d{1,30})(?:([.,])(\d{1,20}))?(?!\d)/g;
const SCALE =
  /^[ \u00A0\u202F]?(?:(тыс\.|тысяч\p{L}{0,3})|(млн\.?|миллион\p{L}{0,3})|(млрд\.?|миллиард\p{L}{0,3})|(трлн\.?|триллион\p{L}{0,3}))(?!\p{L})/u;
const SCALE_POWERS = [3, 6, 9, 12];
const RANGE = /^[ \u00A0]?(?:[–—-]|до)[ \u00A0]?(?=\d)/;
const SPACE = /^[ \u00A0\u202F]/;

const BEFORE: [Exactness, RegExp][] = [
  [
    'under',
    /(?:не более|не выше|не больше|не длиннее|не свыше|максимум|(?<!не )менее|(?<!не )ниже|(?<!не )меньше)(?: чем)?(?: на| в| до)?$/,
  ],
  [
    'over',
    /(?:не менее|не ниже|не меньше|не короче|минимум|свыше|более|больше|выше|превы\p{L}{2,8}|от)(?: чем)?(?: на| в| до)?$/u,
  ],
  [
    'about',
    /(?:около|примерно|приблизительно|порядка|почти|приблизит\.|ок\.|приближа\p{L}{2,6} к|близк\p{L}{1,3} к)(?: на| в| до)?$/u,
  ],
];

const exactnessOf = (text: string, start: number, end: number): Exactness => {
  const before = text
    .slice(Math.max(0, start - 36), start)
    .replace(/[\u00A0\u202F]/g, ' ')
    .toLowerCase()
    .trimEnd();
  const found = BEFORE.find(([, pattern]) => pattern.test(before))?.[0];
  if (found === 'over' && /(?<!\p{L})от$/u.test(before)) return undefined;
  return found ?? (/^[^.;]{0,20}?с лишним/.test(text.slice(end, end + 30)) ? 'over' : undefined);
};

type Scaled = { power: number; end: number };

const scaleAt = (text: string, at: number): Scaled => {
  const match = SCALE.exec(text.slice(at, at + 16));
  if (!match) return { power: 0, end: at };
  return { power: SCALE_POWERS[match.slice(1).findIndex((group) => group !== undefined)]!, end: at + match[0].length };
};

const unitAfter = (text: string, at: number): ReturnType<typeof unitAt> =>
  unitAt('ru', text, SPACE.test(text.slice(at, at + 1)) ? at + 1 : at);

const sharedTail = (text: string, at: number): number => {
  const joint = RANGE.exec(text.slice(at, at + 5));
  if (!joint) return at;
  const second = /^\d{1,20}(?:,\d{1,20})?/.exec(text.slice(at + joint[0].length, at + joint[0].length + 42));
  return second ? at + joint[0].length + second[0].length : at;
};

const figureQuantity = (text: string, match: RegExpMatchArray): Quantity => {
  const start = match.index!;
  const figureEnd = start + match[0].length;
  let scale = scaleAt(text, figureEnd);
  let unit = unitAfter(text, scale.end);
  let end = unit?.end ?? scale.end;
  const shared = scale.power === 0 && !unit ? sharedTail(text, figureEnd) : figureEnd;
  if (shared > figureEnd) {
    scale = scaleAt(text, shared);
    unit = unitAfter(text, scale.end);
    end = figureEnd;
  }
  return {
    value: decimal(match[1]!.replace(/\D/g, ''), match[3], scale.power),
    unit: unit?.unit,
    exactness: exactnessOf(text, start, end),
    start,
    end,
    written: 'figures',
    ...(scale.power === 0 && !unit && /^(?:19|20)\d\d$/.test(match[0]) && { yearLike: true }),
  };
};

/** «1 млн 200 тыс.» is one number. */
const joined = (text: string, quantities: readonly Quantity[]): Quantity[] => {
  const result: Quantity[] = [];
  for (const next of quantities) {
    const last = result.at(-1);
    const adjacent =
      last && !last.unit && last.value.power >= 3 && /^[ \u00A0]$/.test(text.slice(last.end, next.start));
    if (adjacent && next.value.power < last.value.power + last.value.digits.length)
      result[result.length - 1] = {
        ...next,
        value: sum(last.value, next.value),
        start: last.start,
        exactness: last.exactness,
      };
    else result.push(next);
  }
  return result;
};

const WORD = /[\p{L}]+/gu;

/** Numbers in words; «двадцать пять» gives 20, 5 and 25, of which the other text may meet any. */
const inWords = (text: string): Quantity[] => {
  const found: Quantity[] = [];
  let tens: { value: number; start: number; end: number } | undefined;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const value = word.length <= 24 ? (russianNumeral(word) ?? romanNumeral(word)) : undefined;
    if (value === undefined) {
      tens = undefined;
      continue;
    }
    const add = (sumUp: number, start: number) =>
      found.push({
        value: decimal(String(sumUp)),
        unit: undefined,
        exactness: undefined,
        start,
        end: index + word.length,
        written: 'words',
        counted: isCardinal(word),
      });
    if (tens && value < 10 && index - tens.end <= 1) {
      found.pop();
      add(tens.value + value, tens.start);
    } else add(value, index);
    tens = value >= 20 && value < 100 ? { value, start: index, end: index + word.length } : undefined;
  }
  return found;
};

/** Every number of a Russian text: figures with «тыс.», «млн», «млрд» and their units, and words of number. */
export const russianQuantities = (text: string): Quantity[] => [
  ...joined(
    text,
    [...text.matchAll(FIGURES)].map((match) => figureQuantity(text, match)),
  ),
  ...inWords(text),
];

/** Numbers with a decimal point before a scale or a unit, where Russian writes a comma. */
export const decimalPoints = (text: string): { start: number; end: number }[] =>
  [...text.matchAll(FIGURES)]
    .filter(([, , mark]) => mark === '.')
    .filter(({ 0: whole, index }) => {
      const end = index + whole.length;
      const scale = scaleAt(text, end);
      return (scale.power > 0 || unitAfter(text, scale.end) !== undefined) && !/^\d{2}\.\d{2}$/.test(whole);
    })
    .map(({ 0: whole, index }) => ({ start: index, end: index + whole.length }));
