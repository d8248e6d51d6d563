import { capacitiesOf } from './access.js';
import type { Actor, Side } from './actor.js';

/**
 * What may happen to a matter, in which order and by whose hand: pure rules that services carry out. The holder is
 * whoever must answer now; the origin is who raised the matter and gets the answer.
 */

export const MATTER_STATUSES = [
  'open',
  'referred',
  'escalated',
  'answered',
  'closed',
  'accepted',
  'returned',
  'on-hold',
  'proposed',
  'discussed',
  'declined',
  'withdrawn',
] as const;
export type MatterStatus = (typeof MATTER_STATUSES)[number];

/** What people do with a matter. */
export const MATTER_ACTIONS = [
  'accept',
  'refer',
  'escalate',
  'return',
  'answer',
  'hold',
  'resume',
  'close',
  'recall',
  'triage',
  'propose',
  'remove',
] as const;
export type MatterAction = (typeof MATTER_ACTIONS)[number];

/** What the chain of a matter tells. */
export const STEP_KINDS = [
  'raised',
  'referred',
  'accepted',
  'returned',
  'escalated',
  'not-escalated',
  'put-on-agenda',
  'not-on-agenda',
  'answered',
  'passed-down',
  'held',
  'resumed',
  'taken-up',
  'declined',
  'passed-on',
  'proposed',
  'discussed',
  'removal',
  'closed',
  'withdrawn',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** What a suggestion comes to when it is sorted. */
export const TRIAGES = ['taken-up', 'declined', 'passed-on'] as const;
/** How far a body outside the portal has come with what was put to it. */
export const PROPOSAL_STAGES = ['proposed', 'accepted', 'declined', 'discussed', 'concluded'] as const;
export type ProposalStage = (typeof PROPOSAL_STAGES)[number];
/** How far an obstacle has been removed. */
export const REMOVALS = ['open', 'being-removed', 'removed'] as const;

const WAITING: readonly MatterStatus[] = ['open', 'referred', 'escalated', 'accepted', 'returned'];
const LIVE: readonly MatterStatus[] = [...WAITING, 'on-hold', 'proposed', 'discussed'];

/** Kinds that are put to a body above or outside, which has no account here. */
export const PROPOSAL_KINDS: readonly string[] = ['agenda-proposal', 'policy-request', 'application'];
const REMOVAL_KINDS: readonly string[] = ['obstacle'];
const TRIAGE_KINDS: readonly string[] = ['suggestion'];

type ActionRule = {
  from: readonly MatterStatus[];
  /** Kinds that it can be done with; all where none are named. */
  kinds?: readonly string[];
  by: 'holder' | 'origin' | 'both';
};

const ACTION_RULES: Readonly<Record<MatterAction, ActionRule>> = {
  accept: { from: ['open', 'referred', 'escalated', 'returned'], by: 'holder' },
  refer: { from: WAITING, by: 'holder' },
  escalate: { from: WAITING, by: 'holder' },
  return: { from: ['referred', 'escalated', 'accepted', 'answered'], by: 'holder' },
  answer: { from: [...WAITING, 'on-hold'], by: 'holder' },
  hold: { from: WAITING, by: 'holder' },
  resume: { from: ['on-hold'], by: 'holder' },
  close: { from: ['answered', 'declined', 'discussed'], by: 'origin' },
  recall: { from: LIVE, by: 'origin' },
  triage: { from: WAITING, kinds: TRIAGE_KINDS, by: 'holder' },
  propose: { from: [...WAITING, 'proposed', 'discussed'], kinds: PROPOSAL_KINDS, by: 'origin' },
  remove: { from: [...LIVE, 'answered'], kinds: REMOVAL_KINDS, by: 'both' },
};

/** Whether something can be done with a matter of this kind at all, and as it stands now. */
export const mayHappen = (action: MatterAction, kind: string, status: string): boolean => {
  const { from, kinds } = ACTION_RULES[action];
  return (kinds === undefined || kinds.includes(kind)) && (from as readonly string[]).includes(status);
};

const STAGE_FROM: Readonly<Record<ProposalStage, readonly MatterStatus[]>> = {
  proposed: WAITING,
  accepted: ['proposed'],
  declined: ['proposed', 'accepted'],
  discussed: ['accepted'],
  concluded: ['discussed'],
};

/** Status that a stage of a proposal brings. */
export const STAGE_STATUS: Readonly<Record<ProposalStage, MatterStatus>> = {
  proposed: 'proposed',
  accepted: 'accepted',
  declined: 'declined',
  discussed: 'discussed',
  concluded: 'answered',
};

/**
 * Whether a proposal can come to a stage: proposed → accepted → discussed → outcome, and nothing is skipped. What the
 * body outside has accepted is told from what a unit here has taken on by its having been proposed.
 * @param wasProposed whether it has been put to the body
 */
export const mayReach = (stage: ProposalStage, status: string, wasProposed: boolean): boolean =>
  (STAGE_FROM[stage] as readonly string[]).includes(status) && wasProposed === (stage !== 'proposed');

/** Whether an obstacle can come from one state of removal to another: forwards only, or back to its beginning. */
export const mayBecome = (from: string | null, to: string): boolean =>
  to === 'open' ? from === 'being-removed' || from === 'removed' : to !== (from ?? 'open') && from !== 'removed';

/** An organization with a part in a matter. */
export type Party = { id: string; side: Side | null };

/** Who holds a matter now and who raised it. */
export type Parties = { holders: readonly Party[]; origin: readonly Party[] };

const actsFor = (actor: Actor, parties: readonly Party[]): boolean => {
  if (actor.kind === 'anonymous') return false;
  const capacities = capacitiesOf(actor);
  const isOwn = ({ id }: Party) => capacities.has('official') && id === actor.organizationId;
  const isOfSide = ({ side }: Party) => capacities.has('coordinator') && side === actor.side;
  return parties.some((party) => isOwn(party) || isOfSide(party));
};

/**
 * Whether somebody may do something: officials for their organization, coordinators for their side, and nobody for
 * the other side. What was answered is returned by its origin, to whom the answer has come home.
 */
export const mayAct = (actor: Actor, action: MatterAction, status: string, { holders, origin }: Parties): boolean => {
  const { by } = ACTION_RULES[action];
  const who = action === 'return' && status === 'answered' ? 'origin' : by;
  if (who === 'both') return actsFor(actor, [...holders, ...origin]);
  return actsFor(actor, who === 'origin' ? origin : holders);
};

/** Where a matter lies: with an organization, or with a mechanism. */
export type Place = { organization: string | null; mechanism: string | null };

/** A step of the chain as far as it moves the matter. */
export type Move = { kind: string; from: Place; to: Place };

const UPWARD: ReadonlySet<string> = new Set(['referred', 'escalated', 'passed-on']);

/** Whether two places are the same. */
export const isSamePlace = (one: Place, other: Place): boolean =>
  one.organization === other.organization && one.mechanism === other.mechanism;

/**
 * The places that a matter has gone through to where it lies, its origin first. Who returned it is no longer on the
 * way; a place that is come to twice has been gone back to.
 */
export const wayUp = (moves: readonly Move[]): Place[] => {
  let way: Place[] = [];
  for (const { kind, from, to } of moves) {
    if (kind === 'raised') way = isSamePlace(from, to) ? [from] : [from, to];
    if (kind !== 'returned' && !UPWARD.has(kind)) continue;
    const known = way.findIndex((place) => isSamePlace(place, to));
    if (known >= 0) way = way.slice(0, known + 1);
    else if (kind !== 'returned') way.push(to);
  }
  return way;
};

/** The hops by which an answer comes from where the matter lies to where it began. */
export const wayDown = (way: readonly Place[]): { from: Place; to: Place }[] => {
  const down = [...way].reverse();
  return down.slice(1).map((to, n) => ({ from: down[n]!, to }));
};
