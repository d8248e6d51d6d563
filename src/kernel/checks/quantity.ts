import type { Language } from '../languages.js';
import { type Decimal, keyOf } from './decimals.js';

/** What a figure counts: a dimension and the power of ten that its unit adds. */
export type Unit = { dimension: string; power: number };

/** How exactly a figure is said: `about` for 约 and около, `over` for 超 and свыше, `under` for 不超过 and не более. */
export type Exactness = 'about' | 'over' | 'under' | undefined;

/**
 * A number in a text. `figures` numbers are written in digits or with a unit and have to be met by the other text;
 * `words` may meet one, but need not be met: «два города» stands for 两市.
 */
export type Quantity = {
  value: Decimal;
  unit: Unit | undefined;
  exactness: Exactness;
  start: number;
  end: number;
  written: 'figures' | 'words';
  /** A word of number with its noun, as in 八项任务: compared where the other text has one too. */
  counted?: boolean;
  /** An unmarked number that looks like a year. */
  yearLike?: boolean;
};

type Row = [pattern: string, dimension: string, power: number];

/** Longer units stand before the shorter ones that they begin with. */
const ZH_UNITS: Row[] = [
  ['平方公里|平方千米|km²', 'm2', 6],
  ['平方米|平米|㎡|m²', 'm2', 0],
  ['公顷', 'm2', 4],
  ['亩', 'mu', 0],
  ['立方米|m³', 'm3', 0],
  ['千瓦时|度电|kWh', 'kWh', 0],
  ['兆瓦', 'kW', 3],
  ['千瓦', 'kW', 0],
  ['个百分点', 'points', 0],
  ['公里|千米|km', 'm', 3],
  ['毫米|mm', 'm', -3],
  ['厘米|cm', 'm', -2],
  ['米', 'm', 0],
  ['公斤|千克|kg', 'kg', 0],
  ['吨', 'kg', 3],
  ['美元', 'USD', 0],
  ['欧元', 'EUR', 0],
  ['卢布', 'RUB', 0],
  ['人民币|元', 'CNY', 0],
  ['标准箱|标箱|TEU', 'TEU', 0],
  ['[%％]', 'percent', 0],
  ['倍', 'times', 0],
];
const RU_UNITS: Row[] = [
  ['кв\\. ?км|км²|км2|квадратн\\p{L}+ километр\\p{L}*', 'm2', 6],
  ['кв\\. ?м(?!\\p{L})|м²|м2|квадратн\\p{L}+ метр\\p{L}*', 'm2', 0],
  ['га(?!\\p{L})|гектар\\p{L}*', 'm2', 4],
  ['му(?!\\p{L})', 'mu', 0],
  ['куб\\. ?м(?!\\p{L})|м³|м3|кубическ\\p{L}+ метр\\p{L}*|кубометр\\p{L}*', 'm3', 0],
  ['кВт[·⋅-]ч|киловатт-час\\p{L}*', 'kWh', 0],
  ['МВт|мегаватт\\p{L}*', 'kW', 3],
  ['кВт|киловатт\\p{L}*', 'kW', 0],
  ['п\\. ?п\\.|процентн\\p{L}+ пункт\\p{L}*', 'points', 0],
  ['км(?!\\p{L})|километр\\p{L}*', 'm', 3],
  ['мм(?!\\p{L})|миллиметр\\p{L}*', 'm', -3],
  ['см(?!\\p{L})|сантиметр\\p{L}*', 'm', -2],
  ['метр(?:а|ов|ах|ами|у|ом|е|ы)?(?!\\p{L})|м(?![\\p{L}²³])', 'm', 0],
  ['кг(?!\\p{L})|килограмм\\p{L}*', 'kg', 0],
  ['тонн\\p{L}*|т(?!\\p{L}|\\. ?[депк]\\.)', 'kg', 3],
  ['долл\\.(?: США)?|доллар\\p{L}*|USD|\\$', 'USD', 0],
  ['евро(?!\\p{L})|EUR|€', 'EUR', 0],
  ['руб(?:л\\p{L}+|\\.)|RUB|₽', 'RUB', 0],
  ['юан\\p{L}+|CNY|¥', 'CNY', 0],
  ['TEU|ДФЭ|двадцатифутов\\p{L}+', 'TEU', 0],
  ['%|процент\\p{L}*', 'percent', 0],
  ['раза?(?!\\p{L})', 'times', 0],
];

const table = (rows: readonly Row[]) => ({
  pattern: new RegExp(`(?:${rows.map(([pattern]) => `(${pattern})`).join('|')})`, 'yu'),
  units: rows.map(([, dimension, power]): Unit => ({ dimension, power })),
});
const UNITS: Record<Language, ReturnType<typeof table>> = { zh: table(ZH_UNITS), ru: table(RU_UNITS) };

/** The unit that begins at a place of a text, and where it ends. */
export const unitAt = (language: Language, text: string, at: number): { unit: Unit; end: number } | undefined => {
  const { pattern, units } = UNITS[language];
  // No unit is longer; a slice keeps the pattern from running through words without end.
  const ahead = text.slice(at, at + 40);
  pattern.lastIndex = 0;
  const match = pattern.exec(ahead);
  if (!match) return undefined;
  return { unit: units[match.slice(1).findIndex((group) => group !== undefined)]!, end: at + match[0].length };
};

/** The value in the ground unit of its dimension, so that 2公顷 and 20 000 м² are one key. */
export const valueKey = ({ value, unit }: Quantity): string =>
  keyOf(value.digits === '0' ? value : { ...value, power: value.power + (unit?.power ?? 0) });
