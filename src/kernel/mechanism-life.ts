import { SIDES, type Side } from './actor.js';

/**
 * The life of a mechanism from the first wish for it to its end, as pure functions: which step leads where, whose
 * consent it takes, and what has been consented to so far. A body of both sides comes into being when both say so
 * (0-18: planned, agreed, founded); a body of one side alone is that side's affair.
 */

export const LIFE_STATUSES = ['sought', 'agreed', 'active', 'dormant', 'ended'] as const;
export type LifeStatus = (typeof LIFE_STATUSES)[number];

export const LIFE_ACTS = ['agree', 'found', 'rest', 'resume', 'end'] as const;
export type LifeAct = (typeof LIFE_ACTS)[number];

type Step = {
  from: readonly LifeStatus[];
  to: LifeStatus;
  /** Whose consent it takes: of all sides, or of any one. */
  by: 'all' | 'any';
  saysWhy: boolean;
};

/**
 * That a body does not meet is a fact, which either side may state. To found, resume or end it is an agreement.
 * A wish that came to nothing is no body that ended: its record is withdrawn.
 */
const STEPS: Record<LifeAct, Step> = {
  agree: { from: ['sought'], to: 'agreed', by: 'all', saysWhy: false },
  found: { from: ['agreed'], to: 'active', by: 'all', saysWhy: false },
  rest: { from: ['active'], to: 'dormant', by: 'any', saysWhy: true },
  resume: { from: ['dormant'], to: 'active', by: 'all', saysWhy: false },
  end: { from: ['agreed', 'active', 'dormant'], to: 'ended', by: 'all', saysWhy: true },
};

/** @returns the status that a step leads to, or nothing where it cannot be taken */
export const lifeAfter = (act: LifeAct, status: LifeStatus): LifeStatus | undefined =>
  STEPS[act].from.includes(status) ? STEPS[act].to : undefined;

/** The steps that can be taken next. */
export const openActs = (status: LifeStatus): LifeAct[] =>
  LIFE_ACTS.filter((act) => lifeAfter(act, status) !== undefined);

/** The sides that decide on a mechanism: those that take part, both where nobody has said which. */
export const decidingSides = (stated: readonly string[] | null | undefined): Side[] => {
  const sides = SIDES.filter((side) => stated?.includes(side));
  return sides.length > 0 ? sides : [...SIDES];
};

type Text = { zh?: string; ru?: string };

/** That one side wants a step, since which day, and who said so. */
export type LifeConsent = {
  side: Side;
  act: LifeAct;
  /** `YYYY-MM-DD`: the day since which the side holds the new status to be true. */
  on: string;
  /** ISO 8601: when it was said here. */
  at: string;
  /** Version of the record that the consent made. */
  version: number;
  organization?: { id: string } | null;
  reason?: Text | null;
};

/** A status with its day; without consents it was entered as the documents have it. */
export type LifeEntry = { status: LifeStatus; on?: string | null; consents?: LifeConsent[] };

/** Where a mechanism stands in its life, and the consents that wait for those of others. */
export type Life = {
  status: LifeStatus;
  statusOn?: string | null;
  consents?: LifeConsent[] | null;
  statusHistory?: LifeEntry[] | null;
};

/** The sides whose consent a step still wants. */
export const awaitedFor = (act: LifeAct, consents: readonly LifeConsent[], sides: readonly Side[]): Side[] => {
  const given = sides.filter((side) => consents.some((one) => one.side === side && one.act === act));
  return STEPS[act].by === 'any' && given.length > 0 ? [] : sides.filter((side) => !given.includes(side));
};

/** Why a consent is not taken. */
export type LifeRefusal =
  | 'wrong-status'
  | 'consented-already'
  | 'not-a-side'
  | 'reason-missing'
  | 'before-status'
  | 'not-yet';

/** Whoever speaks first of rest or end says why; the other side may simply agree. */
const lacksReason = ({ act, reason }: LifeConsent, pending: readonly LifeConsent[]): boolean =>
  STEPS[act].saysWhy && !reason && !pending.some((one) => one.act === act && one.reason);

/**
 * Why a consent cannot be given to a mechanism.
 * @param sides those that decide on it
 * @param today the last day that has begun anywhere in the cooperation
 * @returns nothing where it can
 */
export const lifeRefusal = (
  life: Life,
  given: LifeConsent,
  sides: readonly Side[],
  today: string,
): LifeRefusal | undefined => {
  const pending = life.consents ?? [];
  if (!sides.includes(given.side)) return 'not-a-side';
  if (!lifeAfter(given.act, life.status)) return 'wrong-status';
  if (pending.some(({ side, act }) => side === given.side && act === given.act)) return 'consented-already';
  if (lacksReason(given, pending)) return 'reason-missing';
  if (life.statusOn && given.on < life.statusOn) return 'before-status';
  return given.on > today ? 'not-yet' : undefined;
};

/** The statuses that a mechanism has had, the present one last. */
export const historyOf = ({ status, statusOn, statusHistory }: Life): LifeEntry[] =>
  statusHistory && statusHistory.length > 0
    ? statusHistory
    : [{ status, ...(statusOn && { on: statusOn }), consents: [] }];

const inOrder = (consents: readonly LifeConsent[]): LifeConsent[] =>
  [...consents].sort((a, b) => SIDES.indexOf(a.side) - SIDES.indexOf(b.side));

const latest = (days: readonly string[]): string => [...days].sort().at(-1)!;

/**
 * A mechanism with one more consent that {@link lifeRefusal} has nothing against. A side wants one thing at a time, so
 * the consent takes the place of its earlier one. The last consent that a step wants takes the step, on the later of
 * the days that the sides name, and leaves none waiting: what was said of the former status is spent.
 */
export const lifeWith = (life: Life, given: LifeConsent, sides: readonly Side[]): Required<Life> => {
  const pending = inOrder([...(life.consents ?? []).filter(({ side }) => side !== given.side), given]);
  const before = historyOf(life);
  if (awaitedFor(given.act, pending, sides).length > 0)
    return {
      status: life.status,
      statusOn: life.statusOn ?? null,
      consents: pending,
      statusHistory: life.statusHistory ?? [],
    };
  const consents = pending.filter(({ act }) => act === given.act);
  const [status, statusOn] = [lifeAfter(given.act, life.status)!, latest(consents.map(({ on }) => on))];
  return { status, statusOn, consents: [], statusHistory: [...before, { status, on: statusOn, consents }] };
};

/** In what capacity somebody takes a step: whose secretariat they are, and whose side's record they may write. */
export type LifeActor = { coordinates: Side | null; ownsFor: Side | null };

/**
 * Whether somebody may speak for a side (hardening A17). For a side of several only its secretariat speaks; a body of
 * one side alone is also advanced by whoever keeps its record.
 */
export const maySpeakInLife = (named: Side, { coordinates, ownsFor }: LifeActor, sides: readonly Side[]): boolean =>
  coordinates === named || (sides.length === 1 && sides[0] === named && ownsFor === named);
