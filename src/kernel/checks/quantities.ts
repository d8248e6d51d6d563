import { type Language, otherLanguage } from '../languages.js';
import { withoutDates } from './dates.js';
import { approximately, keyOf, written } from './decimals.js';
import { withoutDocumentNumbers } from './document-numbers.js';
import type { Check, Found } from './finding.js';
import { groupedBy } from './grouping.js';
import { withoutCode } from './masking.js';
import { decimalPoints, russianQuantities } from './quantities-ru.js';
import { chineseQuantities } from './quantities-zh.js';
import { type Quantity, valueKey } from './quantity.js';

type Read = Record<Language, Quantity[]>;

const readPair = (pair: { zh: string; ru: string }): Read => {
  const prose = withoutDocumentNumbers({ zh: withoutCode(pair.zh), ru: withoutCode(pair.ru) });
  return {
    zh: chineseQuantities(withoutDates('zh', prose.zh)),
    ru: russianQuantities(withoutDates('ru', prose.ru)),
  };
};

const conflicts = (left: Quantity, right: Quantity): boolean =>
  left.unit !== undefined && right.unit !== undefined && left.unit.dimension !== right.unit.dimension;

/** 增长2倍 is «выросла в 3 раза»; whether growth or size is meant, the sentence says and not the figure. */
const sameGrowth = (left: Quantity, right: Quantity): boolean =>
  left.unit?.dimension === 'times' &&
  right.unit?.dimension === 'times' &&
  approximately(right.value) - approximately(left.value) === 1;

/** 15 mu are a hectare: near enough where one side converts. */
const sameArea = (left: Quantity, right: Quantity): boolean => {
  const area = ({ value, unit }: Quantity) =>
    unit?.dimension === 'mu' ? approximately(value) * (10_000 / 15) : approximately(value) * 10 ** (unit?.power ?? 0);
  const kinds = new Set([left.unit?.dimension, right.unit?.dimension]);
  if (!kinds.has('mu') || !kinds.has('m2')) return false;
  return Math.abs(area(left) - area(right)) <= 0.01 * Math.max(area(left), area(right));
};

const nearlySame = (left: Quantity, right: Quantity): boolean => sameGrowth(left, right) || sameArea(left, right);

type Match = { zh: Quantity; ru: Quantity };

/** Numbers of one value are tried as far as here; a text that repeats one more often is a table. */
const MOST_ALIKE = 20;

/** The first number not yet paired; the lists run backwards, so that paired ones drop off their ends. */
const firstFree = (
  candidates: Quantity[] | undefined,
  used: ReadonlySet<Quantity>,
  fits: (one: Quantity) => boolean,
): Quantity | undefined => {
  if (!candidates) return undefined;
  while (candidates.length > 0 && used.has(candidates.at(-1)!)) candidates.pop();
  return candidates.slice(-MOST_ALIKE).findLast((one) => !used.has(one) && fits(one));
};

/** Pairs numbers of equal value, figures first, and gives back what is left over on either side. */
const matched = (read: Read): { matches: Match[]; left: Read } => {
  const matches: Match[] = [];
  const figuresFirst = (left: Quantity, right: Quantity) =>
    Number(left.written === 'words') - Number(right.written === 'words');
  const backwards = [...read.ru].sort(figuresFirst).reverse();
  const byKey = groupedBy(backwards, valueKey);
  // A unit that one text leaves out, or writes in a way unknown here, must not part equal numbers.
  const byValue = groupedBy(backwards, ({ value }) => keyOf(value));
  const used = new Set<Quantity>();
  const zhLeft: Quantity[] = [];
  for (const zh of [...read.zh].sort(figuresFirst)) {
    const ru =
      firstFree(byKey.get(valueKey(zh)), used, (one) => !conflicts(zh, one)) ??
      firstFree(byValue.get(keyOf(zh.value)), used, (one) => !zh.unit || !one.unit) ??
      firstFree(byKey.get(valueKey(zh)), used, () => true);
    if (!ru) zhLeft.push(zh);
    else {
      used.add(ru);
      matches.push({ zh, ru });
    }
  }
  return { matches, left: { zh: zhLeft, ru: read.ru.filter((one) => !used.has(one)) } };
};

const at = (language: Language, { start, end }: Quantity): Pick<Found, 'language' | 'start' | 'end'> => ({
  language,
  start,
  end,
});

/** How far a word such as «не менее» reaches: «не менее 20 новых и 3 своих». */
const REACH = 45;

/** Whether a number without a mark shares the one of a number before it. */
const inherits = (one: Quantity, all: readonly Quantity[], wanted: Quantity): boolean =>
  one.exactness === undefined &&
  all.some(({ end, exactness }) => exactness === wanted.exactness && end <= one.start && one.start - end <= REACH);

const matchFaults = ({ zh, ru }: Match, read: Read): Found[] => {
  if (conflicts(zh, ru) && zh.written === 'figures' && ru.written === 'figures')
    return [{ severity: 'error', ...at('ru', ru), message: 'quantity-unit' }];
  if (zh.exactness === ru.exactness || ru.written === 'words' || zh.written === 'words') return [];
  if (inherits(zh, read.zh, ru) || inherits(ru, read.ru, zh)) return [];
  const language = zh.exactness ? 'ru' : 'zh';
  return [{ severity: 'warning', ...at(language, language === 'ru' ? ru : zh), message: 'quantity-exactness' }];
};

/** Repeated figures may be said once: a value that the other text holds at all is met. */
const demanding = (read: Read, left: Read, language: Language): Quantity[] => {
  const present = new Set(read[otherLanguage(language)].map(valueKey));
  const repeated = (one: Quantity) => present.has(valueKey(one));
  return left[language].filter((one) => one.written === 'figures' && !repeated(one) && !one.yearLike);
};

/** More unmet figures than this are no translation at all; the rest is reported as missing without looking for a pair. */
const MOST_UNMET = 100;

const leftFaults = (read: Read, left: Read): Found[] => {
  const unmetZh = demanding(read, left, 'zh');
  const unmetRu = demanding(read, left, 'ru');
  const open = unmetRu.slice(0, MOST_UNMET);
  const settled = new Set<Quantity>();
  const take = (fits: (ru: Quantity) => boolean): Quantity | undefined => {
    const ru = open.find((one) => !settled.has(one) && fits(one));
    if (ru) settled.add(ru);
    return ru;
  };
  const rest = unmetZh.filter((zh) => !take((ru) => nearlySame(zh, ru)));
  const faults = rest.map((zh): Found => {
    const ru = take((one) => one.unit?.dimension === zh.unit?.dimension);
    if (!ru) return missing('zh', zh);
    return { severity: 'error', ...at('ru', ru), message: 'quantity-differs', suggestion: written(zh.value, 'ru') };
  });
  return [...faults, ...unmetRu.filter((ru) => !settled.has(ru)).map((ru) => missing('ru', ru))];
};

const missing = (language: Language, quantity: Quantity): Found => ({
  severity: 'warning',
  ...at(language, quantity),
  message: 'quantity-missing',
});

/** 八项任务 against «семь задач»: compared only where each text counts exactly one thing that the other does not. */
const countedFaults = (left: Read): Found[] => {
  const counted = (language: Language) =>
    left[language].filter((one) => one.counted && one.written === 'words' && approximately(one.value) >= 3);
  const [zh, ru] = [counted('zh'), counted('ru')];
  if (zh.length !== 1 || ru.length !== 1) return [];
  return [
    { severity: 'warning', ...at('ru', ru[0]!), message: 'quantity-differs', suggestion: written(zh[0]!.value, 'ru') },
  ];
};

/** Numbers by value: 24.7亿 is 2,47 млрд, 12万平方米 is 120 тыс. м², a range keeps both ends, 约 stays «около». */
export const quantities: Check = {
  id: 'quantities',
  run: (pair) => {
    const read = readPair(pair);
    const { matches, left } = matched(read);
    const points = decimalPoints(withoutDates('ru', withoutCode(pair.ru)));
    return [
      ...matches.flatMap((match) => matchFaults(match, read)),
      ...leftFaults(read, left),
      ...countedFaults(left),
      ...points.map(
        ({ start, end }): Found => ({
          severity: 'warning',
          language: 'ru',
          start,
          end,
          message: 'decimal-mark',
          suggestion: pair.ru.slice(start, end).replace('.', ','),
        }),
      ),
    ];
  },
};
