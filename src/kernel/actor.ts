import type { Language } from './languages.js';

/** The two sides of the river. */
export const SIDES = ['cn', 'ru'] as const;
export type Side = (typeof SIDES)[number];

/** The language that a side answers for. */
export const languageOfSide = (side: Side): Language => (side === 'cn' ? 'zh' : 'ru');

/** What a person is to the portal; an account has one role or several (docs/access.md). */
export const ROLES = ['investor', 'official', 'coordinator', 'translator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** What an API key of a partner system may do: read as a partner, write what its organization owns. */
export const KEY_SCOPES = ['records.read', 'records.write'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** A person who has signed in. */
export type AccountActor = {
  kind: 'account';
  id: string;
  roles: readonly Role[];
  side: Side;
  /** None for an investor, who acts for nobody here. */
  organizationId: string | null;
  /** Languages that a translator writes. */
  translatesInto: readonly Language[];
  /** Preferred language of answers, if any was chosen. */
  language?: Language | null;
  /** The session that the request belongs to. */
  sessionId?: string;
  /** Set while the account still owes a second factor: nothing is open to it but setting one up. */
  owesSecondFactor?: boolean;
};

/** A partner's system that shows its API key. */
export type KeyActor = {
  kind: 'key';
  id: string;
  scopes: readonly KeyScope[];
  side: Side;
  organizationId: string;
};

/** Who asks. Anonymous unless the platform's authentication says otherwise. */
export type Actor = { kind: 'anonymous' } | AccountActor | KeyActor;

export const ANONYMOUS: Actor = { kind: 'anonymous' };

/** The portal itself, where it writes without a person: seeding, scheduled work. */
export const SYSTEM = { kind: 'system' } as const;

/** Who a change is attributed to. */
export type Author = Actor | typeof SYSTEM;

/** The organization an actor acts for, if any. */
export const organizationOf = (actor: Author): string | null =>
  actor.kind === 'account' || actor.kind === 'key' ? actor.organizationId : null;

/** The side an actor acts for, if any. */
export const sideOf = (actor: Author): Side | null =>
  actor.kind === 'account' || actor.kind === 'key' ? actor.side : null;
