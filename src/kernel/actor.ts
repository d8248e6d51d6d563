/** The two sides of the river. */
export const SIDES = ['cn', 'ru'] as const;
export type Side = (typeof SIDES)[number];

export const ROLES = ['investor', 'official', 'coordinator', 'translator', 'administrator'] as const;
type Role = (typeof ROLES)[number];

/** Who asks. Anonymous unless an authenticator of the platform says otherwise. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'account'; id: string; role: Role; side: Side; organizationId: string };

export const ANONYMOUS: Actor = { kind: 'anonymous' };

/** The portal itself, where it writes without a person: seeding, scheduled work. */
export const SYSTEM = { kind: 'system' } as const;

/** Who a change is attributed to. */
export type Author = Actor | typeof SYSTEM;
