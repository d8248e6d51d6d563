import { type Decimal, decimal, sum } from './decimals.js';
import { chineseNumeral, chineseNumerals } from './numerals.js';
import { type Exactness, type Quantity, unitAt } from './quantity.js';

const FIGURES = /(?<![\d.])(\d{1,3}(?:,\d{3}){1,6}(?![\d])|\d{1,30})(?:\.(\d{1,20}))?(?!\d)/g;
const NUMERAL = /[〇零一二两三四五六七八九十百千]{1,20}[万亿]?/g;
const SCALE = /^[余多]?([十百千]?)(万亿|[万亿])?/;
const SCALE_POWER: Record<string, number> = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, 万亿: 12 };
/** 至 and its dashes join a range, whose scale stands at its end: 2至3万. */
const RANGE = /^(?:至|到|—|–|-|~|～|〜|－|——)\s?(?=\d)/;
/** Measure words with which things are counted. */
const MEASURES = /^(?:个|项|条|家|座|种|批|户|艘|架|辆|名|位|次|场|方面|人|份|所|处|期|期工程|类|大)/;

const BEFORE: [Exactness, RegExp][] = [
  ['under', /(?:不超过|不多于|至多|不高于|最多)(?:人民币)?$/],
  ['over', /(?:超过|超|逾|突破|不少于|不低于|至少|高于|大于|多于)(?:人民币)?$/],
  ['about', /(?:大约|约为|约|大概|接近|将近|(?<![附最])近)(?:人民币)?$/],
];
const AFTER: [Exactness, RegExp][] = [
  ['about', /^.{0,4}(?:左右|上下)/],
  ['over', /^.{0,3}以上|^[余多](?!元)/],
  ['under', /^.{0,3}(?:以内|以下)/],
];

const exactnessOf = (text: string, start: number, figureEnd: number, end: number): Exactness => {
  const before = text
    .slice(Math.max(0, start - 9), start)
    .trimEnd()
    .replace(/(?:达到?|为|在|有)$/, '');
  return (
    BEFORE.find(([, pattern]) => pattern.test(before))?.[0] ??
    AFTER.find(([, pattern]) => pattern.test(text.slice(end, end + 6)))?.[0] ??
    (/^[余多]/.test(text.slice(figureEnd, figureEnd + 1)) ? 'over' : undefined)
  );
};

type Scaled = { power: number; end: number };

const scaleAt = (text: string, at: number): Scaled => {
  const [whole, small = '', large = ''] = SCALE.exec(text.slice(at, at + 4))!;
  if (small === '' && large === '') return { power: 0, end: at };
  return { power: (SCALE_POWER[small] ?? 0) + (SCALE_POWER[large] ?? 0), end: at + whole.length };
};

/** The scale and unit of a range stand at its end. */
const sharedTail = (text: string, at: number): number => {
  const joint = RANGE.exec(text.slice(at, at + 4));
  if (!joint) return at;
  const second = /^\d{1,20}(?:\.\d{1,20})?/.exec(text.slice(at + joint[0].length, at + joint[0].length + 42));
  return second ? at + joint[0].length + second[0].length : at;
};

/** Some set a space between a figure and its unit. */
const unitAfter = (text: string, at: number): ReturnType<typeof unitAt> =>
  unitAt('zh', text, text[at] === ' ' || text[at] === '\u00A0' ? at + 1 : at);

const figureQuantity = (text: string, match: RegExpMatchArray): Quantity => {
  const start = match.index!;
  const figureEnd = start + match[0].length;
  const whole = match[1]!.replaceAll(',', '');
  let scale = scaleAt(text, figureEnd);
  let unit = unitAfter(text, scale.end);
  const shared = scale.power === 0 && !unit ? sharedTail(text, figureEnd) : figureEnd;
  let end = unit?.end ?? scale.end;
  if (shared > figureEnd) {
    scale = scaleAt(text, shared);
    unit = unitAfter(text, scale.end);
    end = figureEnd;
  }
  return {
    value: decimal(whole, match[2], scale.power),
    unit: unit?.unit,
    exactness: exactnessOf(text, start, figureEnd, end),
    start,
    end,
    written: 'figures',
    ...(scale.power === 0 && !unit && /^(?:19|20)\d\d$/.test(match[0]) && { yearLike: true }),
  };
};

/** 1亿2000万 is one number. */
const joined = (quantities: readonly Quantity[]): Quantity[] => {
  const result: Quantity[] = [];
  for (const next of quantities) {
    const last = result.at(-1);
    const adjacent = last && last.end === next.start && !last.unit && last.value.power >= 4 && next.value.power >= 3;
    if (!adjacent) result.push(next);
    else {
      const { start, exactness } = last;
      result[result.length - 1] = { ...next, value: sum(last.value, next.value), start, exactness };
    }
  }
  return result;
};

const PERCENT = /百分之([〇零一二两三四五六七八九十百]{1,8})(?:点([〇零一二三四五六七八九]{1,6}))?/g;

/** A numeral in words: a figure where a unit or 万 makes it one, otherwise a word that may meet a figure. */
const wordQuantity = (text: string, value: Decimal, start: number, end: number): Quantity => {
  const unit = unitAt('zh', text, end);
  const run = text.slice(start, end);
  const large = unit !== undefined && (run.length > 1 || /[万亿]/.test(run));
  const counted = MEASURES.test(text.slice(end, end + 3)) && text[start - 1] !== '第';
  return {
    value,
    unit: large ? unit.unit : undefined,
    exactness: undefined,
    start,
    end: large ? unit.end : end,
    written: large ? 'figures' : 'words',
    counted,
  };
};

const wordQuantities = (text: string): Quantity[] =>
  [...text.matchAll(NUMERAL)]
    .filter(({ index }) => !/[\d余多]/.test(text[index - 1] ?? ''))
    .flatMap(({ 0: run, index }) => {
      let at = index;
      return chineseNumerals(run).map(({ text: part, value }) => {
        at = text.indexOf(part, at) + part.length;
        return wordQuantity(text, value, at - part.length, at);
      });
    });

/** 九十八点五 is 98.5: behind 点 the digits stand one by one. */
const spokenDecimal = (run: string, tail: string | undefined): Decimal | undefined => {
  const whole = chineseNumeral(run);
  const fraction = tail && chineseNumeral(`〇${tail}`);
  if (!whole || !fraction) return whole;
  return sum(whole, { ...fraction, power: fraction.power - tail.length });
};

const percentQuantities = (text: string): Quantity[] =>
  [...text.matchAll(PERCENT)].flatMap(({ 0: whole, 1: run, 2: tail, index: start }): Quantity[] => {
    const value = spokenDecimal(run!, tail);
    if (!value) return [];
    const end = start + whole.length;
    const unit = { dimension: 'percent', power: 0 };
    return [{ value, unit, exactness: exactnessOf(text, start, start, end), start, end, written: 'figures' }];
  });

/** Every number of a Chinese text: figures with 万 and 亿 and their units, and numerals. */
export const chineseQuantities = (text: string): Quantity[] => {
  const rest = text.replace(PERCENT, (whole) => ' '.repeat(whole.length));
  return [
    ...joined([...rest.matchAll(FIGURES)].map((match) => figureQuantity(rest, match))),
    ...wordQuantities(rest),
    ...percentQuantities(text),
  ];
};
