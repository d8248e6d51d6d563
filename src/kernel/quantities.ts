/**
 * How exactly a figure was said: 约 / около → about, 近 / почти → almost, 余 or 超 / свыше → over,
 * "1.5至2平方千米" → range.
 */
export const EXACTNESS = ['exact', 'about', 'almost', 'over', 'range'] as const;

/** Units that quantities are kept in; areas are always square metres. */
export const UNITS = ['m2', 'm3', 't', 'km', 'item', 'enterprise', 'visit', 'person', 'percent', 'CNY', 'RUB'] as const;

export const CURRENCIES = ['CNY', 'RUB', 'USD', 'EUR'] as const;

const AMOUNT = /^\d{1,16}(\.\d{1,2})?$/;

/** Whether a text is a money amount: a decimal string with at most two decimal places. */
export const isAmount = (value: unknown): value is string => typeof value === 'string' && AMOUNT.test(value);

const hundredths = (amount: string): bigint => {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
};

/** Amounts are compared as decimals: two sums of sixteen digits may be one and the same double. */
const inOrder = (min: unknown, max: unknown): boolean =>
  isAmount(min) && isAmount(max) ? hundredths(min) <= hundredths(max) : Number(min) <= Number(max);

/** The members that say a size: one value, or both ends of a range, and which of the two fits the exactness. */
export const saysOneSize = (size: { value?: unknown; min?: unknown; max?: unknown; exactness?: unknown }): boolean => {
  const given = (member: unknown) => member !== undefined && member !== null;
  if (size.exactness !== 'range') return given(size.value) && !given(size.min) && !given(size.max);
  return !given(size.value) && given(size.min) && given(size.max) && inOrder(size.min, size.max);
};
