import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysFrom } from './civil-dates.js';
import {
  deadlineAfter,
  isInForce,
  isOverdueReason,
  type LadderFacts,
  RUNGS,
  rungOf,
  STAY_REASONS,
  type Step,
  stepsAbove,
  verdictOn,
} from './matter-ladder.js';
import type { YearCalendar } from './working-days.js';

const calendar = (side: 'cn' | 'ru', holidays: YearCalendar['holidays'] = []): YearCalendar => ({
  side,
  year: 2026,
  source: {},
  holidays,
  workingWeekends: [],
  transferred: [],
});
const calendars = new Map([
  ['cn/2026', calendar('cn', [{ from: '2026-10-01', to: '2026-10-07', name: {} }])],
  ['ru/2026', calendar('ru', [{ from: '2026-06-12', to: '2026-06-12', name: {} }])],
]);

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'leading-group',
  level: 'county',
  status: 'active',
  escalatesTo: null,
  ...more,
});
const TODAY = '2026-11-24';
const facts = (more: Partial<LadderFacts> = {}): LadderFacts => ({
  kind: 'issue',
  status: 'open',
  dueOn: '2026-11-23',
  heldUntil: null,
  isOnAgenda: false,
  next: step('next'),
  ...more,
});
const reasonOf = (more: Partial<LadderFacts>): string => {
  const verdict = verdictOn(facts(more), TODAY);
  return verdict.climbs ? 'climbs' : verdict.reason;
};

describe('rungOf', () => {
  it.each([
    [{ kind: 'secretariat', level: 'county' }, 'office'],
    [{ kind: 'leading-group', level: 'province' }, 'leading-group'],
    [{ kind: 'leaders-meeting', level: 'province' }, 'leaders'],
    [{ kind: 'leaders-meeting', level: 'state' }, 'state'],
    [{ kind: 'joint-committee', level: 'province' }, 'province'],
    [{ kind: 'intergovernmental-commission', level: 'state' }, 'state'],
    [{ kind: 'joint-conference', level: null }, 'leading-group'],
  ])('%j stands on the rung %s', (mechanism, rung) => expect(rungOf(mechanism)).toBe(rung));
});

describe('deadlineAfter', () => {
  it('counts the days on which the responsible side works', () => {
    expect(deadlineAfter('2026-09-30', 1, ['cn'], calendars)).toEqual({ on: '2026-10-08', basis: 'working-days' });
    expect(deadlineAfter('2026-09-30', 1, ['ru'], calendars)).toEqual({ on: '2026-10-01', basis: 'working-days' });
  });

  it('counts only days on which both sides work where both must answer', () => {
    expect(deadlineAfter('2026-06-11', 1, ['cn', 'ru'], calendars).on).toBe('2026-06-15');
  });

  it('counts every day of an unknown year, and says so', () => {
    expect(deadlineAfter('2027-01-01', 10, ['cn'], calendars)).toEqual({ on: '2027-01-11', basis: 'calendar-days' });
    expect(deadlineAfter('2026-01-01', 10, [], calendars)).toEqual({ on: '2026-01-11', basis: 'calendar-days' });
  });

  it('never gives less than the days, and a longer term never ends earlier', () => {
    fc.assert(
      fc.property(
        fc.nat(700),
        fc.integer({ min: 1, max: 90 }),
        fc.subarray(['cn', 'ru'] as const),
        (n, days, sides) => {
          const from = daysFrom('2026-01-01', '2027-12-31')[n]!;
          const { on } = deadlineAfter(from, days, sides, calendars);
          expect(daysFrom(from, on).length - 1).toBeGreaterThanOrEqual(days);
          expect(deadlineAfter(from, days + 1, sides, calendars).on > on).toBe(true);
        },
      ),
    );
  });
});

describe('stepsAbove', () => {
  it('follows the ladder to its end, and never twice through the same mechanism', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const ladders = fc.tuple(...ids.map(() => fc.option(fc.constantFrom(...ids, 'unknown'))));
    fc.assert(
      fc.property(ladders, fc.constantFrom(...ids), (tops, from) => {
        const mechanisms = new Map(ids.map((id, n) => [id, step(id, { escalatesTo: tops[n] ?? null })]));
        const above = stepsAbove(from, mechanisms).map(({ id }) => id);
        expect(new Set([from, ...above]).size).toBe(above.length + 1);
        for (const [n, id] of above.entries()) expect(mechanisms.get([from, ...above][n]!)!.escalatesTo).toBe(id);
      }),
    );
    expect(stepsAbove(null, new Map())).toEqual([]);
  });
});

describe('verdictOn', () => {
  it('lets a matter climb whose day has passed', () => {
    expect(verdictOn(facts(), TODAY)).toEqual({ climbs: true, to: step('next') });
    expect(reasonOf({ dueOn: TODAY })).toBe('not-due');
  });

  it.each<[Partial<LadderFacts>, string]>([
    [{ status: 'closed' }, 'closed'],
    [{ status: 'withdrawn' }, 'closed'],
    [{ status: 'answered' }, 'answered'],
    [{ kind: 'suggestion' }, 'kind-does-not-climb'],
    [{ status: 'on-hold' }, 'on-hold'],
    [{ status: 'on-hold', heldUntil: TODAY }, 'on-hold'],
    [{ status: 'on-hold', heldUntil: '2026-11-23' }, 'climbs'],
    [{ dueOn: null }, 'no-deadline'],
    [{ status: 'referred', dueOn: TODAY }, 'awaits-counterpart'],
    [{ status: 'referred' }, 'climbs'],
    [{ isOnAgenda: true }, 'awaits-meeting'],
    [{ next: null }, 'top-of-ladder'],
    [{ next: 'no-mechanism' }, 'no-mechanism'],
    [{ next: step('n', { status: 'sought' }) }, 'next-sought'],
    [{ next: step('n', { status: 'dormant' }) }, 'next-dormant'],
    [{ next: step('n', { status: 'ended' }) }, 'next-ended'],
  ])('says of %j: %s', (more, reason) => expect(reasonOf(more)).toBe(reason));

  it('climbs only what is overdue, to a mechanism in force, and otherwise names a reason', () => {
    const next = fc.constantFrom(
      null,
      'no-mechanism' as const,
      ...['sought', 'agreed', 'active', 'dormant', 'ended'].map((status) => step('n', { status })),
    );
    const day = fc.constantFrom(null, '2026-11-23', TODAY, '2026-11-25');
    const any = fc.record({
      kind: fc.constantFrom('issue', 'obstacle', 'suggestion', 'agenda-proposal'),
      status: fc.constantFrom('open', 'referred', 'answered', 'closed', 'on-hold', 'accepted'),
      dueOn: day,
      heldUntil: day,
      isOnAgenda: fc.boolean(),
      next,
    });
    fc.assert(
      fc.property(any, (one) => {
        const verdict = verdictOn(one, TODAY);
        if (verdict.climbs) {
          expect(one.dueOn! < TODAY && isInForce(verdict.to)).toBe(true);
        } else {
          expect(STAY_REASONS).toContain(verdict.reason);
          if (isOverdueReason(verdict.reason)) expect(one.dueOn! < TODAY).toBe(true);
        }
      }),
    );
  });

  it('knows six rungs', () => expect(RUNGS).toHaveLength(6));
});
