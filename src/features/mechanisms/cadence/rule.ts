/** A recurrence rule as its parts by name; `recurrence.ts` says which parts there may be. */
export type RuleParts = ReadonlyMap<string, string>;

/** The parts of a rule that has been checked already. */
export const partsOfRule = (rule: string): RuleParts =>
  new Map(rule.split(';').map((part) => part.split('=') as [string, string]));

/** The span of one period: so many months, or so many days. */
export type Span = { unit: 'month' | 'day'; length: number };

const SPANS: Record<string, Span> = {
  YEARLY: { unit: 'month', length: 12 },
  MONTHLY: { unit: 'month', length: 1 },
  WEEKLY: { unit: 'day', length: 7 },
  DAILY: { unit: 'day', length: 1 },
};

/** How long a period of the rule is: its frequency times its interval. */
export const spanOf = (parts: RuleParts): Span => {
  const { unit, length } = SPANS[parts.get('FREQ') ?? 'YEARLY']!;
  return { unit, length: length * Number(parts.get('INTERVAL') ?? 1) };
};
