import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../kernel/civil-dates.js';
import { guardOf } from './guard.js';
import type { GuardedMeeting, GuardFacts, StatedCadence } from './guard-input.js';

const TODAY = '2026-11-24';
const HALF_YEARLY: StatedCadence = { kind: 'rule', rule: 'FREQ=MONTHLY;INTERVAL=6', timeZone: 'Asia/Shanghai' };

let made = 0;
const meeting = (facts: Partial<GuardedMeeting>): GuardedMeeting => ({
  id: `meeting-${++made}`,
  name: { zh: '全体会议' },
  kind: 'plenary',
  status: 'held',
  date: null,
  year: null,
  numberInSeries: null,
  hostSide: null,
  recordedOn: '2026-11-01',
  ...facts,
});

const facts = (meetings: GuardedMeeting[], more: Partial<GuardFacts> = {}): GuardFacts => ({
  cadence: { ...HALF_YEARLY, startsOn: '2025-01-01' },
  status: 'active',
  statusOn: null,
  meetings,
  ...more,
});

const told = (given: GuardFacts, today = TODAY) =>
  guardOf(given, today).periods.map(({ from, status, reason }) => [from, status, ...(reason ? [reason] : [])]);

describe('the cadence guard', () => {
  it('0-20 tells held from missed, and due from planned', () => {
    const held = meeting({ date: '2025-03-03' });
    const rest = [
      ['2025-07-01', 'missed'],
      ['2026-01-01', 'missed'],
    ];
    expect(told(facts([held]))).toEqual([['2025-01-01', 'held'], ...rest, ['2026-07-01', 'due']]);
    const planned = meeting({ date: '2026-12-01', status: 'confirmed' });
    expect(told(facts([held, planned]))).toEqual([['2025-01-01', 'held'], ...rest, ['2026-07-01', 'planned']]);
  });

  it('counts the first and the last day of a period, and no other', () => {
    expect(told(facts([meeting({ date: '2025-06-30' })]))[0]).toEqual(['2025-01-01', 'held']);
    expect(told(facts([meeting({ date: '2025-07-01' })])).slice(0, 2)).toEqual([
      ['2025-01-01', 'missed'],
      ['2025-07-01', 'held'],
    ]);
  });

  it('calls a period due until its last day is over', () => {
    expect(told(facts([]), '2025-06-30')).toEqual([['2025-01-01', 'due']]);
    expect(told(facts([]), '2025-07-01')[0]).toEqual(['2025-01-01', 'missed']);
  });

  it('does not count what was cancelled, postponed, or is only a draft', () => {
    const off = ['cancelled', 'postponed', 'draft'].map((status) => meeting({ date: '2026-08-01', status }));
    expect(told(facts(off)).at(-1)).toEqual(['2026-07-01', 'due']);
  });

  it('counts only meetings of the kind that the rule is about', () => {
    const cadence = { ...HALF_YEARLY, startsOn: '2026-01-01', meetingKind: 'plenary' };
    const working = meeting({ date: '2026-02-01', kind: 'working' });
    expect(told(facts([working], { cadence }))[0]).toEqual(['2026-01-01', 'missed']);
  });

  it('wants as many meetings as the rule names', () => {
    const cadence = { kind: 'rule', rule: 'FREQ=YEARLY;BYMONTH=3,9', timeZone: 'Asia/Yakutsk', startsOn: '2025-01-01' };
    const one = meeting({ date: '2025-03-15' });
    expect(told(facts([one], { cadence }))[0]).toEqual(['2025-01-01', 'missed']);
    expect(told(facts([one, meeting({ date: '2025-10-15' })], { cadence }))[0]).toEqual(['2025-01-01', 'held']);
  });
});

describe('what cannot be said', () => {
  it.each([
    [null, 'active', 'not-stated'],
    [{ kind: 'not-stated' }, 'active', 'not-stated'],
    [{ kind: 'on-demand' }, 'active', 'on-demand'],
    [HALF_YEARLY, 'sought', 'not-in-force'],
    [HALF_YEARLY, 'agreed', 'not-in-force'],
    [HALF_YEARLY, 'ended', 'not-in-force'],
    [{ ...HALF_YEARLY, rule: 'FREQ=MONTHLY;INTERVAL=5' }, 'active', 'start-not-stated'],
  ])('%j, %s: %s', (cadence, status, reason) => {
    expect(guardOf(facts([], { cadence, status }), TODAY)).toMatchObject({ reason, periods: [] });
  });

  it('is not guessed of a meeting without a day', () => {
    const undated = meeting({ recordedOn: '2025-08-01' });
    expect(told(facts([undated]))).toEqual([
      ['2025-01-01', 'unknown', 'undated-meetings'],
      ['2025-07-01', 'unknown', 'undated-meetings'],
      ['2026-01-01', 'missed'],
      ['2026-07-01', 'due'],
    ]);
  });

  it('is known of a yearly meeting by its year, and not of a half-yearly one', () => {
    const inYear = meeting({ year: 2025 });
    const cadence = { ...HALF_YEARLY, rule: 'FREQ=YEARLY', startsOn: '2025-01-01' };
    expect(told(facts([inYear], { cadence }))[0]).toEqual(['2025-01-01', 'held']);
    expect(told(facts([inYear])).slice(0, 2)).toEqual([
      ['2025-01-01', 'unknown', 'undated-meetings'],
      ['2025-07-01', 'unknown', 'undated-meetings'],
    ]);
  });

  it('is whether a planned meeting took place that nobody has recorded since', () => {
    expect(told(facts([meeting({ date: '2026-03-01', status: 'confirmed' })]))[2]).toEqual([
      '2026-01-01',
      'unknown',
      'outcome-not-recorded',
    ]);
  });

  it('is the past of a mechanism of which nobody said since when it holds', () => {
    const cadence = HALF_YEARLY;
    const statuses = told(facts([], { cadence }));
    expect(statuses.slice(0, -1).every(([, , reason]) => reason === 'start-not-stated')).toBe(true);
    expect(statuses.at(-1)).toEqual(['2026-07-01', 'due']);
  });

  it('is a period in which the mechanism was only founded; those before it are none', () => {
    const cadence = HALF_YEARLY;
    expect(told(facts([], { cadence, statusOn: '2025-12-02' }))).toEqual([
      ['2025-07-01', 'unknown', 'began-within'],
      ['2026-01-01', 'missed'],
      ['2026-07-01', 'due'],
    ]);
  });

  it('is what comes after a mechanism has ended', () => {
    expect(told(facts([], { status: 'ended', statusOn: '2025-08-01' })).map(([from]) => from)).toEqual([
      '2025-01-01',
      '2025-07-01',
    ]);
  });
});

describe('the next meeting', () => {
  const next = (meetings: GuardedMeeting[], cadence: object) => {
    const { nextNumber, nextHost } = guardOf(facts(meetings, { cadence: { ...HALF_YEARLY, ...cadence } }), TODAY);
    return [nextNumber, nextHost];
  };
  const turns = { hostRotation: 'alternates', firstHost: 'cn' };

  it('follows the highest number of the series, without those that did not take place', () => {
    const series = [3, 1, 2].map((numberInSeries) => meeting({ numberInSeries }));
    expect(next([...series, meeting({ numberInSeries: 4, status: 'cancelled' })], {})).toEqual([4, null]);
    expect(next([meeting({})], {})).toEqual([null, null]);
  });

  it('is hosted by the other side in turn, or as is stated', () => {
    expect(next([meeting({ numberInSeries: 1, hostSide: 'cn' })], turns)).toEqual([2, 'ru']);
    expect(next([meeting({ numberInSeries: 2 })], turns)).toEqual([3, 'cn']);
    expect(next([], turns)).toEqual([null, 'cn']);
    expect(next([meeting({})], turns)).toEqual([null, null]);
    expect(next([meeting({ hostSide: 'ru' })], { hostRotation: 'ru' })).toEqual([null, 'ru']);
    expect(next([meeting({ hostSide: 'ru' })], { hostRotation: 'as-agreed' })).toEqual([null, null]);
  });
});

describe('the guard, whatever is recorded', () => {
  const days = fc.integer({ min: 0, max: 1_500 }).map((n) => addDays('2023-01-01', n));
  const statuses = fc.constantFrom('held', 'closed', 'confirmed', 'proposed', 'cancelled', 'draft');
  const meetings = fc.array(fc.record({ date: fc.option(days), status: statuses }).map(meeting), { maxLength: 8 });

  it('calls nothing missed that has a meeting held, and nothing held that has none', () => {
    fc.assert(
      fc.property(meetings, days, (given, today) => {
        for (const { from, to, status } of guardOf(facts(given), today, { from: '2023-01-01' }).periods) {
          const isHeld = given.some(
            (one) => ['held', 'closed'].includes(one.status) && one.date && from <= one.date && one.date <= to,
          );
          expect(isHeld).toBe(status === 'held');
          if (status === 'missed') expect(to < today).toBe(true);
          if (status === 'due' || status === 'planned') expect(to >= today).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
