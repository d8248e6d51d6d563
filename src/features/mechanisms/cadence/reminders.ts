import { daysBetween } from '../../../kernel/civil-dates.js';
import type { NotificationKind } from '../../../kernel/notification-kinds.js';
import type { Guard, GuardedPeriod } from './guard.js';
import type { Period } from './periods.js';

/** What those who keep a mechanism going are reminded of, and of which period. */
export type Reminder = { kind: Extract<NotificationKind, `cadence.${string}`>; period: Period };

/** On its first day nothing is wrong with a period yet; halfway a meeting that nobody has set becomes urgent. */
const isHalfOver = ({ from, to }: Period, today: string): boolean =>
  2 * daysBetween(from, today) >= daysBetween(from, to);

const isOver = ({ to }: Period, today: string): boolean => to < today;

/**
 * Reminds of the current period once half of it has gone by and meetings are lacking, and of the last one that is
 * over if it was missed. Older ones are history, and of what cannot be said nobody is reminded.
 * @param today the day that the guard has spoken of
 */
export const remindersOf = ({ periods }: Pick<Guard, 'periods'>, today: string): Reminder[] => {
  const past = periods.filter((period) => isOver(period, today)).at(-1);
  const current = periods.find((period) => period.from <= today && !isOver(period, today));
  const of = (period: GuardedPeriod | undefined, kind: Reminder['kind']): Reminder[] =>
    period ? [{ kind, period }] : [];
  return [
    ...of(past?.status === 'missed' ? past : undefined, 'cadence.missed'),
    ...of(current?.status === 'due' && isHalfOver(current, today) ? current : undefined, 'cadence.due'),
  ];
};
