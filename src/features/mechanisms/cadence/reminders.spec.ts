import { describe, expect, it } from '@jest/globals';
import type { GuardedPeriod } from './guard.js';
import { remindersOf } from './reminders.js';

const period = (from: string, to: string, status: GuardedPeriod['status']): GuardedPeriod => ({
  ...{ from, to, status, expected: 1, reason: null, meetings: [] },
});
const FIRST = ['2026-01-01', '2026-06-30'] as const;
const SECOND = ['2026-07-01', '2026-12-31'] as const;
const toldOf = (periods: GuardedPeriod[], today: string) =>
  remindersOf({ periods }, today).map(({ kind, period: { from } }) => `${kind} ${from}`);

describe('reminders of regular meetings', () => {
  it('come when half of a period without its meetings is over', () => {
    const periods = [period(...FIRST, 'held'), period(...SECOND, 'due')];
    expect(toldOf(periods, '2026-07-01')).toEqual([]);
    expect(toldOf(periods, '2026-09-29')).toEqual([]);
    expect(toldOf(periods, '2026-10-01')).toEqual(['cadence.due 2026-07-01']);
    expect(toldOf(periods, '2026-12-31')).toEqual(['cadence.due 2026-07-01']);
  });

  it('tell of the last period that is over, and of none before it', () => {
    const periods = [
      period('2025-07-01', '2025-12-31', 'missed'),
      period(...FIRST, 'missed'),
      period(...SECOND, 'due'),
    ];
    expect(toldOf(periods, '2026-07-01')).toEqual(['cadence.missed 2026-01-01']);
    const mended = [period('2025-07-01', '2025-12-31', 'missed'), period(...FIRST, 'held'), period(...SECOND, 'due')];
    expect(toldOf(mended, '2026-07-01')).toEqual([]);
  });

  it.each(['held', 'planned', 'unknown'] as const)('do not come where a period is %s', (status) => {
    expect(toldOf([period(...FIRST, status), period(...SECOND, status)], '2026-12-31')).toEqual([]);
  });
});
