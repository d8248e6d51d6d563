import type { Side } from './actor.js';
import { addDays } from './civil-dates.js';
import { type Calendars, isWorked, workingDayOf } from './working-days.js';

/**
 * The ladder that an unsolved matter climbs, as pure rules: which rung a body stands on, how long each may take, and
 * whether a matter climbs by itself. Calendars, mechanisms and today's date are handed in.
 */

/** Rungs from the lowest to the highest: unit → office → leading group → both sides' leaders → province, oblast → state. */
export const RUNGS = ['unit', 'office', 'leading-group', 'leaders', 'province', 'state'] as const;
export type Rung = (typeof RUNGS)[number];

const OFFICES: ReadonlySet<string> = new Set(['secretariat', 'liaison-office']);
const GROUPS: ReadonlySet<string> = new Set([
  'leading-group',
  'coordination-group',
  'working-group',
  'task-force',
  'working-contacts',
]);

/**
 * The rung on which a mechanism stands. Its kind says so where it can; a commission or a conference stands as high as
 * its level, and below the province it is as good as a leading group.
 */
export const rungOf = ({ kind, level }: { kind: string; level: string | null }): Rung => {
  if (OFFICES.has(kind)) return 'office';
  if (level === 'state') return 'state';
  if (kind === 'leaders-meeting') return 'leaders';
  if (GROUPS.has(kind)) return 'leading-group';
  return level === 'province' ? 'province' : 'leading-group';
};

const CONFERENCES: ReadonlySet<string> = new Set([
  'leaders-meeting',
  'joint-committee',
  'joint-conference',
  'intergovernmental-commission',
]);

/** Whether mechanisms of a kind take matters at all; an expo or a statistics scheme does not. */
export const takesMatters = (kind: string): boolean => OFFICES.has(kind) || GROUPS.has(kind) || CONFERENCES.has(kind);

/** Days within which each rung answers where nobody has named a day: the portal's own rule (docs/decisions.md). */
export const ANSWER_DAYS: Readonly<Record<Rung, number>> = {
  unit: 10,
  office: 10,
  'leading-group': 15,
  leaders: 30,
  province: 30,
  state: 60,
};

export const DEADLINE_BASES = ['stated', 'working-days', 'calendar-days'] as const;
type DeadlineBasis = (typeof DEADLINE_BASES)[number];

export type Deadline = { on: string; basis: DeadlineBasis };

/**
 * The last day of a term that begins on the day after `from`. A day counts where every responsible side works on it;
 * days of a year whose calendar nobody knows all count, and the basis says so.
 * @param sides whose working days count; without any the days of the calendar do
 */
export const deadlineAfter = (from: string, days: number, sides: readonly Side[], calendars: Calendars): Deadline => {
  let [on, left] = [from, days];
  let basis: DeadlineBasis = sides.length > 0 ? 'working-days' : 'calendar-days';
  while (left > 0) {
    on = addDays(on, 1);
    const statuses = sides.map((side) => workingDayOf(calendars, side, on).status);
    if (statuses.includes('unknown')) basis = 'calendar-days';
    if (statuses.every((status) => status === 'unknown' || isWorked(status))) left -= 1;
  }
  return { on, basis };
};

/** A mechanism as the ladder sees it. */
export type Step = { id: string; kind: string; level: string | null; status: string; escalatesTo: string | null };

/** The mechanisms above one, the next first; one that comes round again ends the ladder. */
export const stepsAbove = <One extends Step>(from: string | null, mechanisms: ReadonlyMap<string, One>): One[] => {
  const above: One[] = [];
  const seen = new Set<string>(from === null ? [] : [from]);
  let next = from === null ? undefined : mechanisms.get(from)?.escalatesTo;
  while (next && !seen.has(next)) {
    const step = mechanisms.get(next);
    if (!step) break;
    seen.add(next);
    above.push(step);
    next = step.escalatesTo;
  }
  return above;
};

/** Whether a mechanism can take a matter: it has been agreed on and has not gone to sleep. */
export const isInForce = ({ status }: Pick<Step, 'status'>): boolean => status === 'active' || status === 'agreed';

/** Why a matter does not climb, in the order in which the reasons are looked for. */
export const STAY_REASONS = [
  'closed',
  'answered',
  'kind-does-not-climb',
  'on-hold',
  'no-deadline',
  'awaits-counterpart',
  'awaits-meeting',
  'not-due',
  'no-mechanism',
  'top-of-ladder',
  'next-sought',
  'next-dormant',
  'next-ended',
] as const;
export type StayReason = (typeof STAY_REASONS)[number];

/** Reasons that hold although the deadline has passed: somebody ought to look at them. */
export const isOverdueReason = (reason: StayReason): boolean => STAY_REASONS.indexOf(reason) > 7;

/** Kinds that climb by themselves; asks to a body above and suggestions are pursued by people. */
const CLIMBING: ReadonlySet<string> = new Set([
  'issue',
  'obstacle',
  'project-problem',
  'supervision-order',
  'complaint',
]);
const ANSWERED: ReadonlySet<string> = new Set(['answered', 'removed', 'discussed', 'declined']);
const ENDED: ReadonlySet<string> = new Set(['closed', 'withdrawn']);

/** What decides whether a matter climbs. */
export type LadderFacts = {
  kind: string;
  status: string;
  dueOn: string | null;
  /** Last day of a pause that was decided; a pause without one lasts until somebody ends it. */
  heldUntil: string | null;
  /** Whether it stands on the agenda of a meeting that is still ahead. */
  isOnAgenda: boolean;
  /** The next mechanism; none on the highest rung, `no-mechanism` where nothing leads up from here. */
  next: Step | 'no-mechanism' | null;
};

export type Verdict<To extends Step = Step> = { climbs: true; to: To } | { climbs: false; reason: StayReason };

const stay = (reason: StayReason): Verdict => ({ climbs: false, reason });

/** Why the next rung takes nothing. */
const nextFault = ({ next }: LadderFacts): StayReason | undefined => {
  if (next === 'no-mechanism') return 'no-mechanism';
  if (next === null) return 'top-of-ladder';
  if (isInForce(next)) return undefined;
  return next.status === 'sought' ? 'next-sought' : next.status === 'ended' ? 'next-ended' : 'next-dormant';
};

/** Why nothing is done although no day has been missed, or the day does not matter. */
const patience = (facts: LadderFacts, today: string): StayReason | undefined => {
  const { kind, status, dueOn, heldUntil, isOnAgenda } = facts;
  if (ENDED.has(status)) return 'closed';
  if (ANSWERED.has(status)) return 'answered';
  if (!CLIMBING.has(kind)) return 'kind-does-not-climb';
  if (status === 'on-hold' && (heldUntil === null || heldUntil >= today)) return 'on-hold';
  if (dueOn === null) return 'no-deadline';
  if (isOnAgenda) return 'awaits-meeting';
  if (dueOn < today) return undefined;
  return status === 'referred' ? 'awaits-counterpart' : 'not-due';
};

/**
 * Whether a matter climbs to the next mechanism by itself: its day has passed, nobody has answered, nothing excuses
 * the delay and the next mechanism is at work. Otherwise the first reason of {@link STAY_REASONS} that holds.
 * @param today the day that is over nowhere on either bank
 */
export const verdictOn = (facts: LadderFacts, today: string): Verdict => {
  const reason = patience(facts, today) ?? nextFault(facts);
  return reason ? stay(reason) : { climbs: true, to: facts.next as Step };
};
