/**
 * Exact decimals as text: significant digits and a power of ten, `24.7` with 8 zeros is `247e7`. Digits are never turned
 * into floating point, and a number of any length costs one pass.
 */
export type Decimal = { digits: string; power: number };

/**
 * Reads figures with an optional decimal part.
 * @param whole digits without separators
 * @param fraction digits after the decimal mark
 * @param zeros power of ten that a word such as 亿 or «млн» adds
 */
export const decimal = (whole: string, fraction = '', zeros = 0): Decimal => {
  const all = `${whole}${fraction}`;
  let start = 0;
  while (start < all.length && all[start] === '0') start += 1;
  let end = all.length;
  while (end > start && all[end - 1] === '0') end -= 1;
  if (start === end) return { digits: '0', power: 0 };
  return { digits: all.slice(start, end), power: all.length - end - fraction.length + zeros };
};

/** Two decimals are equal where their keys are. */
export const keyOf = ({ digits, power }: Decimal): string => `${digits}e${power}`;

/** As floating point, for values that can only be compared nearly. */
export const approximately = (value: Decimal): number => Number(keyOf(value));

const fixed = ({ digits, power }: Decimal): string => {
  if (power >= 0) return digits + '0'.repeat(power);
  const point = digits.length + power;
  return point > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : `0.${'0'.repeat(-point)}${digits}`;
};

/** The sum of two decimals of ordinary size. */
export const sum = (left: Decimal, right: Decimal): Decimal => {
  const power = Math.min(left.power, right.power);
  if (Math.max(left.power, right.power) - power > 40) return left;
  const scaled = ({ digits, power: own }: Decimal) => BigInt(digits + '0'.repeat(own - power));
  return decimal(String(scaled(left) + scaled(right)), '', power);
};

const SCALES: Record<'zh' | 'ru', readonly [power: number, word: string][]> = {
  zh: [
    [8, '亿'],
    [4, '万'],
  ],
  ru: [
    [9, 'млрд'],
    [6, 'млн'],
    [3, 'тыс.'],
  ],
};

/** Writes a decimal as an official of that side would: 24.7亿, 2,47 млрд. */
export const written = (value: Decimal, language: 'zh' | 'ru'): string => {
  if (value.digits.length > 15 || Math.abs(value.power) > 15) return keyOf(value);
  const size = value.digits.length + value.power;
  const scale = SCALES[language].find(([power]) => size > power && value.digits.length > 0);
  const whole = size <= 4 && value.power >= 0;
  const text = fixed(scale && !whole ? { ...value, power: value.power - scale[0] } : value);
  const figures = language === 'ru' ? text.replace('.', ',') : text;
  if (!scale || whole) return figures;
  return language === 'ru' ? `${figures}\u00A0${scale[1]}` : `${figures}${scale[1]}`;
};
