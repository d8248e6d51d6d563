import { SIDES, type Side } from './actor.js';
import { changedAmong } from './terms.js';

/**
 * The way of a meeting from draft to held, as pure functions: who may take which step, what a confirmation is worth
 * and what becomes of it when the meeting changes. The steps after `held` belong to the minutes.
 */

export const MEETING_STATUSES = [
  'draft',
  'proposed',
  'confirmed',
  'held',
  'minutes-agreed',
  'closed',
  'postponed',
  'cancelled',
] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

export const MEETING_ACTS = ['propose', 'confirm', 'hold', 'postpone', 'cancel'] as const;
export type MeetingAct = (typeof MEETING_ACTS)[number];

/** From which statuses a step can be taken, and where it leads; a confirmation leads on when it is the last one. */
const STEPS: Record<MeetingAct, { from: readonly MeetingStatus[]; to: MeetingStatus }> = {
  propose: { from: ['draft', 'postponed'], to: 'proposed' },
  confirm: { from: ['proposed'], to: 'confirmed' },
  hold: { from: ['confirmed'], to: 'held' },
  postpone: { from: ['draft', 'proposed', 'confirmed'], to: 'postponed' },
  cancel: { from: ['draft', 'proposed', 'confirmed', 'postponed'], to: 'cancelled' },
};

/** @returns the status that a step leads to, or nothing where it cannot be taken */
export const statusAfter = (act: MeetingAct, status: MeetingStatus): MeetingStatus | undefined =>
  STEPS[act].from.includes(status) ? STEPS[act].to : undefined;

/** What a side agrees to: time, place and form when it confirms the meeting, the agenda when it confirms that. */
export const MEETING_TERMS = ['time', 'place', 'form', 'agenda'] as const;
export type MeetingTerm = (typeof MEETING_TERMS)[number];

const FIELDS_OF: Record<MeetingTerm, readonly string[]> = {
  time: ['startsAt', 'endsAt', 'heldOn', 'timeZone'],
  place: ['venue', 'hostSide', 'hostRegion', 'hostOrganization'],
  form: ['form'],
  // Its items are records of their own.
  agenda: [],
};

/** The consent of one side, and when and why it fell. */
export type Confirmation = {
  side: Side;
  /** ISO 8601. */
  at: string;
  organization?: { id: string } | null;
  /** Version of the record that the consent made. */
  version: number;
  /** Since when it counts no more. */
  droppedAt?: string | null;
  droppedFor?: MeetingTerm[] | null;
};

export const holds = ({ droppedAt }: Confirmation): boolean => droppedAt === undefined || droppedAt === null;

/** Sides whose consent is still wanted. */
export const awaitedSides = (confirmations: readonly Confirmation[], sides: readonly Side[]): Side[] =>
  sides.filter((side) => !confirmations.some((one) => one.side === side && holds(one)));

/**
 * Adds the consent of a side in place of an earlier one of the same side.
 * @param sides those that take part
 * @returns nothing where the side has no part or has consented already
 */
export const withConfirmation = (
  confirmations: readonly Confirmation[],
  added: Confirmation,
  sides: readonly Side[],
): { confirmations: Confirmation[]; complete: boolean } | undefined => {
  if (!awaitedSides(confirmations, sides).includes(added.side)) return undefined;
  const others = confirmations.filter(({ side }) => side !== added.side);
  const all = [...others, added].sort((a, b) => SIDES.indexOf(a.side) - SIDES.indexOf(b.side));
  return { confirmations: all, complete: awaitedSides(all, sides).length === 0 };
};

/**
 * Whether a request that names an older version speaks of the same thing: the other side's consent changes nothing of
 * what is agreed to, so two sides may confirm at the same moment.
 */
export const isSameButForConfirmations = (
  named: number,
  current: number,
  confirmations: readonly Confirmation[],
): boolean => {
  const made = new Set(confirmations.filter(holds).map(({ version }) => version));
  return named <= current && Array.from({ length: current - named }, (_, n) => named + n + 1).every((n) => made.has(n));
};

type Body = Readonly<Record<string, unknown>>;

/** What of time, place and form a change alters. */
export const changedTerms = (before: Body, after: Body): MeetingTerm[] =>
  MEETING_TERMS.filter((term) => changedAmong(FIELDS_OF[term], before, after).length > 0);

/** Whether some consent still counts. */
export const hasStanding = (confirmations: readonly Confirmation[]): boolean => confirmations.some(holds);

/** Lets every standing consent fall, and keeps whose it was and what it fell for. */
export const droppedConfirmations = (
  confirmations: readonly Confirmation[],
  terms: readonly MeetingTerm[],
  at: string,
): Confirmation[] => confirmations.map((one) => (holds(one) ? { ...one, droppedAt: at, droppedFor: [...terms] } : one));

/**
 * What a change of a meeting entails: nobody has agreed to another time, place or form, so the consents fall and a
 * confirmed meeting is a proposed one again. What has been held is only corrected.
 * @param at the moment of the change, ISO 8601
 */
export const settledMeeting = (before: Body, after: Body, at: string): Body => {
  const terms = changedTerms(before, after);
  const status = after.status as MeetingStatus;
  if (terms.length === 0 || !['proposed', 'confirmed'].includes(status)) return after;
  const confirmations = (after.confirmations ?? []) as Confirmation[];
  return {
    ...after,
    status: 'proposed',
    ...(confirmations.length > 0 && { confirmations: droppedConfirmations(confirmations, terms, at) }),
  };
};

/** In what capacity somebody takes a step with a meeting. */
export type MeetingActor = {
  /** Whether the meeting is the actor's to write. */
  isOwner: boolean;
  /** The side whose secretariat the actor is, if any. */
  coordinates: Side | null;
};

/**
 * Whether somebody may take a step. Whoever owns the meeting proposes it; a side is spoken for by its own secretariat
 * alone; either side can put a meeting off or call it off, and say that it has taken place.
 * @param sides those that take part
 */
export const mayTakeStep = (
  act: MeetingAct,
  status: MeetingStatus,
  { isOwner, coordinates }: MeetingActor,
  sides: readonly Side[],
): boolean => {
  const isSecretariat = coordinates !== null && sides.includes(coordinates);
  if (act === 'propose') return isOwner;
  if (act === 'confirm') return isSecretariat;
  return isOwner || (isSecretariat && status !== 'draft');
};
