import type { Actor, Side } from './actor.js';

/** Verbs that every resource has; a permission is `<resource>.<verb>`. */
export type Verb = 'read' | 'create' | 'update' | 'publish' | 'withdraw';

export type RecordState = 'draft' | 'published' | 'withdrawn';
export type Audience = 'public' | 'partners' | 'side' | 'organization';

/** The facts about a record that decide who may see and write it. */
export type AccessFacts = { state: RecordState; audience: Audience; ownerId: string | null; ownerSide: Side | null };

const isPartner = (actor: Actor): boolean => actor.kind === 'account' && actor.role !== 'investor';

/** Whether the record is the actor's own: of the organization, or of the side for its coordinators. */
const isOwn = (actor: Actor, facts: AccessFacts): boolean => {
  if (actor.kind !== 'account') return false;
  if (actor.role === 'official') return facts.ownerId === actor.organizationId;
  if (actor.role === 'coordinator') return facts.ownerSide === actor.side;
  return false;
};

const inAudience = (actor: Actor, facts: AccessFacts): boolean => {
  if (facts.audience === 'public') return true;
  if (!isPartner(actor) || actor.kind !== 'account') return false;
  if (facts.audience === 'partners') return true;
  if (facts.audience === 'side') return facts.ownerSide === actor.side;
  return facts.ownerId === actor.organizationId;
};

/**
 * Whether an actor may see a record (docs/architecture.md, "Who sees what"): a published record is seen by its
 * audience; a draft by its owner, its side's coordinators and the translators; a withdrawn one by nobody: those who
 * could see it are told so. `scopeOf` in `resource/scope.ts` says the same in SQL.
 */
export const maySee = (actor: Actor, facts: AccessFacts): boolean => {
  if (facts.state === 'withdrawn') return false;
  if (isOwn(actor, facts)) return true;
  if (facts.state === 'published') return inAudience(actor, facts);
  return actor.kind === 'account' && actor.role === 'translator';
};

/** Whether an actor may write a record it sees: officials what their organization owns, coordinators for their side. */
export const mayWrite = (actor: Actor, facts: AccessFacts): boolean => isOwn(actor, facts);

/** Whether an actor who cannot see a withdrawn record is told that it was withdrawn (410) rather than 404. */
export const mayKnowWithdrawn = (actor: Actor, facts: AccessFacts): boolean =>
  facts.state === 'withdrawn' && actor.kind === 'account' && (isOwn(actor, facts) || inAudience(actor, facts));
