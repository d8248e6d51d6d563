import type { Side } from '../../../kernel/actor.js';
import type { GuardedMeeting, GuardFacts } from './guard-input.js';
import { nextHostOf, nextNumberOf } from './next-meeting.js';
import { type Period, periodsBefore, periodsOf } from './periods.js';

/** What became of a period. */
type PeriodStatus = 'planned' | 'held' | 'due' | 'missed' | 'unknown';

/** One period and what became of it; a reason where that cannot be said. */
export type GuardedPeriod = Period & {
  status: PeriodStatus;
  reason: string | null;
  meetings: { id: string; name: unknown }[];
};

/** What is known of a mechanism's regular meetings; a reason instead of periods where it cannot be said. */
export type Guard = {
  reason: string | null;
  periods: GuardedPeriod[];
  nextNumber: number | null;
  nextHost: Side | null;
};

/** The days to look at; by default the last periods and the current one. */
export type GuardRange = { from?: string; to?: string };

/** Periods before the current one that are looked at where nobody asks for others. */
const PERIODS_BACK = 4;

const HELD = new Set(['held', 'minutes-agreed', 'closed']);
const PLANNED = new Set(['proposed', 'confirmed']);
const IN_FORCE = 'active';
const ENDED = new Set(['dormant', 'ended']);

/** Why nothing can be said of the periods at all. */
const reasonAgainst = ({ cadence, status, statusOn }: GuardFacts): string | null => {
  if (!cadence || cadence.kind === 'not-stated') return 'not-stated';
  if (cadence.kind === 'on-demand') return 'on-demand';
  if (!cadence.rule) return 'not-stated';
  if (status === IN_FORCE || (ENDED.has(status) && statusOn)) return null;
  return 'not-in-force';
};

const isHeld = ({ status }: GuardedMeeting): boolean => HELD.has(status);

/** Whether a meeting lies in the period for certain: by its day, or by its year where the year lies in it whole. */
const liesIn = ({ date, year }: GuardedMeeting, { from, to }: Period): boolean => {
  if (date) return from <= date && date <= to;
  return year !== null && from <= `${year}-01-01` && `${year}-12-31` <= to;
};

/** Whether a meeting whose day nobody has recorded may have taken place in the period. */
const mayLieIn = ({ date, year, recordedOn }: GuardedMeeting, { from, to }: Period): boolean => {
  if (date) return false;
  if (year !== null) return from <= `${year}-12-31` && `${year}-01-01` <= to;
  return from <= recordedOn;
};

type Judgement = Pick<GuardedPeriod, 'status' | 'reason'>;

/** The statuses are tried from the surest: nothing is called missed while a recorded meeting may have been the one. */
const judge = (
  period: Period,
  inside: readonly GuardedMeeting[],
  all: readonly GuardedMeeting[],
  ctx: Watch,
): Judgement => {
  const held = inside.filter(isHeld).length;
  const planned = inside.filter(({ status }) => PLANNED.has(status)).length;
  if (held >= period.expected) return { status: 'held', reason: null };
  const isOver = period.to < ctx.today;
  if (!isOver && held + planned >= period.expected) return { status: 'planned', reason: null };
  if (all.some((meeting) => isHeld(meeting) && !inside.includes(meeting) && mayLieIn(meeting, period)))
    return { status: 'unknown', reason: 'undated-meetings' };
  if (!isOver) return { status: 'due', reason: null };
  if (held + planned >= period.expected) return { status: 'unknown', reason: 'outcome-not-recorded' };
  if (ctx.since === null) return { status: 'unknown', reason: 'start-not-stated' };
  if (period.from < ctx.since) return { status: 'unknown', reason: 'began-within' };
  return { status: 'missed', reason: null };
};

/** Since when the rule is known to hold, what day it is, and when the mechanism came to rest. */
type Watch = { since: string | null; today: string; until: string | null };

const watchOf = ({ cadence, status, statusOn, meetings }: GuardFacts, today: string): Watch => {
  const firstHeld = meetings.filter((meeting) => isHeld(meeting) && meeting.date).map(({ date }) => date!);
  const active = status === IN_FORCE ? statusOn : null;
  const known = [cadence?.startsOn ?? active, ...firstHeld].filter((day) => day != null).sort();
  return { since: cadence?.startsOn ?? known[0] ?? null, today, until: ENDED.has(status) ? statusOn : null };
};

const concerned = (watch: Watch, { from, to }: Period): boolean =>
  (watch.since === null || to >= watch.since) && (watch.until === null || from <= watch.until);

/**
 * What is planned, held, due or missed in each period of a mechanism's cadence (0-20, 3-02).
 * @param today the day in the zone of the cadence
 */
export const guardOf = (facts: GuardFacts, today: string, range: GuardRange = {}): Guard => {
  const nothing = { periods: [], nextNumber: nextNumberOf(facts), nextHost: nextHostOf(facts) };
  const reason = reasonAgainst(facts);
  if (reason) return { ...nothing, reason };
  const { rule, timeZone, startsOn = null, meetingKind } = facts.cadence!;
  const stated = { rule: rule!, timeZone: timeZone ?? 'UTC', startsOn };
  const from = range.from ?? periodsBefore(rule!, range.to ?? today, PERIODS_BACK);
  const periods = periodsOf(stated, from, range.to ?? today);
  if (!periods) return { ...nothing, reason: 'start-not-stated' };
  const meetings = facts.meetings.filter(({ kind }) => !meetingKind || kind === meetingKind);
  const watch = watchOf({ ...facts, meetings }, today);
  return {
    ...nothing,
    reason: null,
    periods: periods.filter((period) => concerned(watch, period)).map((period) => guarded(period, meetings, watch)),
  };
};

const guarded = (period: Period, meetings: readonly GuardedMeeting[], watch: Watch): GuardedPeriod => {
  const inside = meetings.filter((meeting) => liesIn(meeting, period));
  const shown = inside.filter((meeting) => isHeld(meeting) || PLANNED.has(meeting.status));
  return {
    ...period,
    ...judge(period, inside, meetings, watch),
    meetings: shown.map(({ id, name }) => ({ id, name })),
  };
};
