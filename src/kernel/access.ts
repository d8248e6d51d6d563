import type { Actor, Role, Side } from './actor.js';
import { isLanguage, type Language, otherLanguage } from './languages.js';

/**
 * Who may do what, as one table of rules. `can` reads the table for one record, `scopeOf` in `resource/scope.ts`
 * turns the same rows into SQL; a generated test compares the two. Closed by default: what no row grants is refused.
 * docs/access.md tells the same to coordinators.
 */

/** Verbs on records; a permission is `<resource>.<verb>`. */
export const VERBS = ['read', 'create', 'update', 'translate', 'publish', 'withdraw'] as const;
export type Verb = (typeof VERBS)[number];

export const RECORD_STATES = ['draft', 'published', 'withdrawn'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export const AUDIENCES = ['public', 'partners', 'side', 'organization'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The facts about a record that decide who may see and write it. */
export type AccessFacts = { state: RecordState; audience: Audience; ownerId: string | null; ownerSide: Side | null };

/** In what capacity somebody acts: everybody, everybody with an account, partners of the cooperation, a role. */
export type Capacity = 'anyone' | 'person' | 'partner' | 'partner-system' | Role;

/** One row of the table: a capacity may do these verbs with records of which all that is stated holds. */
export type Rule = {
  who: Capacity;
  may: readonly Verb[];
  states: readonly RecordState[];
  /** Any audience where none is stated. */
  audiences?: readonly Audience[];
  /** Whose record it must be: of the actor's organization, or of an organization of the actor's side. */
  ownedBy?: 'organization' | 'side';
  /** Only records of this resource. */
  resource?: string;
};

const LIVE = ['draft', 'published'] as const;
const ALL_BUT_TRANSLATE = ['read', 'create', 'update', 'publish', 'withdraw'] as const;

export const RULES: readonly Rule[] = [
  { who: 'anyone', may: ['read'], states: ['published'], audiences: ['public'] },
  { who: 'partner', may: ['read'], states: ['published'], audiences: ['partners'] },
  { who: 'partner', may: ['read'], states: ['published'], audiences: ['side'], ownedBy: 'side' },
  { who: 'partner', may: ['read'], states: ['published'], audiences: ['organization'], ownedBy: 'organization' },
  { who: 'official', may: ALL_BUT_TRANSLATE, states: LIVE, ownedBy: 'organization' },
  { who: 'coordinator', may: ALL_BUT_TRANSLATE, states: LIVE, ownedBy: 'side' },
  { who: 'translator', may: ['read'], states: ['draft'] },
  { who: 'translator', may: ['translate'], states: LIVE },
  { who: 'administrator', may: ALL_BUT_TRANSLATE, states: LIVE, resource: 'organization' },
  // Joint minutes are drafted by both secretariats: each sees them whoever began, and words the text of its own side.
  {
    who: 'coordinator',
    may: ['read', 'translate'],
    states: LIVE,
    audiences: ['public', 'partners'],
    resource: 'minutes-item',
  },
  // The glossary is shared: coordinators of either side keep what is published, translators propose.
  {
    who: 'coordinator',
    may: ['read', 'update', 'withdraw'],
    states: ['published'],
    audiences: ['public'],
    resource: 'term',
  },
  { who: 'translator', may: ['create', 'update'], states: ['draft'], ownedBy: 'organization', resource: 'term' },
];

/** Every capacity that an actor has; a further role only ever adds to them. */
export const capacitiesOf = (actor: Actor): ReadonlySet<Capacity> => {
  const capacities = new Set<Capacity>(['anyone']);
  if (actor.kind === 'key') {
    capacities.add('partner-system');
    if (actor.scopes.includes('records.read')) capacities.add('partner');
    if (actor.scopes.includes('records.write')) capacities.add('official');
  }
  if (actor.kind !== 'account') return capacities;
  capacities.add('person');
  for (const role of actor.owesSecondFactor ? [] : actor.roles) {
    capacities.add(role);
    if (role !== 'investor') capacities.add('partner');
  }
  return capacities;
};

const owns = (actor: Actor, ownedBy: Rule['ownedBy'], facts: AccessFacts): boolean => {
  if (ownedBy === undefined) return true;
  if (actor.kind === 'anonymous') return false;
  // A record without an owner is nobody's, and somebody without an organization owns nothing.
  if (ownedBy === 'organization') return actor.organizationId !== null && facts.ownerId === actor.organizationId;
  return facts.ownerSide !== null && facts.ownerSide === actor.side;
};

const grants = (rule: Rule, actor: Actor, resource: string, facts: AccessFacts): boolean =>
  (rule.resource === undefined || rule.resource === resource) &&
  rule.states.includes(facts.state) &&
  (rule.audiences === undefined || rule.audiences.includes(facts.audience)) &&
  owns(actor, rule.ownedBy, facts);

/** The rows of the table that may grant a verb to somebody in these capacities. */
export const rulesFor = (capacities: ReadonlySet<Capacity>, verb: Verb): Rule[] =>
  RULES.filter((rule) => rule.may.includes(verb) && capacities.has(rule.who));

/**
 * Whether an actor may do something with a record.
 * @param facts for `create`, those of the record as it would be
 */
export const can = (actor: Actor, verb: Verb, resource: string, facts: AccessFacts): boolean => {
  const granted = rulesFor(capacitiesOf(actor), verb).some((rule) => grants(rule, actor, resource, facts));
  // Nobody acts upon what they may not see.
  return granted && (verb === 'read' || can(actor, 'read', resource, facts));
};

/** Whether an actor who cannot see a withdrawn record is told that it was withdrawn (410) rather than 404. */
export const mayKnowWithdrawn = (actor: Actor, resource: string, facts: AccessFacts): boolean =>
  actor.kind !== 'anonymous' &&
  facts.state === 'withdrawn' &&
  can(actor, 'read', resource, { ...facts, state: 'published' });

/**
 * The language of a record that an actor may write as a translator: the one it was not written in. Where both texts
 * are equally authentic neither is a translation.
 * @param sourceLanguage that of the record
 */
export const translatableLanguage = (actor: Actor, sourceLanguage: unknown): Language | undefined => {
  if (actor.kind !== 'account' || !isLanguage(sourceLanguage)) return undefined;
  const target = otherLanguage(sourceLanguage);
  return actor.translatesInto.includes(target) ? target : undefined;
};

/**
 * Permissions of routes that are not about one record of a resource, and the capacities that have them.
 * Administrators manage accounts and keys, and sign nothing.
 */
export const PORTAL_PERMISSIONS = {
  'account.read': ['administrator'],
  'account.update': ['administrator'],
  'account.invite': ['administrator'],
  'api-key.read': ['administrator'],
  'api-key.create': ['administrator'],
  'api-key.revoke': ['administrator'],
  'audit.read': ['administrator', 'coordinator'],
  'audit.erase': ['administrator'],
  'matter-escalation.read': ['official', 'coordinator'],
  'matter-escalation.run': ['coordinator'],
  'mechanism.advance': ['official', 'coordinator'],
  'meeting.propose': ['official', 'coordinator'],
  'meeting.confirm': ['coordinator'],
  'meeting.hold': ['official', 'coordinator'],
  'meeting.postpone': ['official', 'coordinator'],
  'meeting.cancel': ['official', 'coordinator'],
  'meeting.arrange': ['official', 'coordinator'],
  'agenda-item.answer': ['coordinator'],
  'agenda-item.discuss': ['official', 'coordinator'],
  'delegation.register': ['official', 'coordinator'],
  'delegate.answer': ['official', 'coordinator'],
  'delegate.attend': ['official', 'coordinator'],
  'minutes.agree': ['coordinator'],
  'minutes.sign': ['coordinator'],
  'minutes.close': ['coordinator'],
  'glossary.import': ['translator', 'official', 'coordinator'],
  'glossary.impact': ['translator', 'official', 'coordinator'],
  'self.read': ['person'],
  'self.update': ['person'],
  'translation.read': ['translator', 'official', 'coordinator'],
  'translation.work': ['translator', 'official', 'coordinator'],
  'webhook.manage': ['partner-system'],
} as const satisfies Record<string, readonly Capacity[]>;

/**
 * Whether an actor may use a route at all; which records it may use it on is for `can` to say.
 * @param permission `resource.verb` or one of {@link PORTAL_PERMISSIONS}
 */
export const mayUse = (actor: Actor, permission: string): boolean => {
  const capacities = capacitiesOf(actor);
  const listed = (PORTAL_PERMISSIONS as Record<string, readonly Capacity[]>)[permission];
  if (listed) return listed.some((capacity) => capacities.has(capacity));
  const [resource, verb] = permission.split('.') as [string, Verb];
  const verbs: Verb[] = verb === 'update' ? ['update', 'translate'] : [verb];
  return verbs.some((one) =>
    rulesFor(capacities, one).some((rule) => rule.resource === undefined || rule.resource === resource),
  );
};
