import { randomUUID } from 'node:crypto';
import type { AccountActor, Actor } from '../../src/kernel/actor.js';
import type { MatrixRole, Owner } from './access-matrix.js';
import { actorOf } from './actors.js';
import type { TestPortal } from './portal.js';

/** An organization that owns a record, in the person of its official, and who made the record if it was not that one. */
export type Maker = { organization: AccountActor; by?: Actor };

/** The people of the access matrix, and for each the owners of records as that one sees them. */
export type Cast = {
  /** Undefined for somebody without an account. */
  actorOf(role: MatrixRole): Actor | undefined;
  ownerOf(role: MatrixRole, owner: Owner): Maker;
};

/** Everybody acts for Tongjiang or for the Jewish Autonomous Oblast; beside each stands another organization of the side. */
export const castOf = async (portal: TestPortal): Promise<Cast> => {
  const [tongjiang, heihe, eao, amur] = await Promise.all(
    ['org-tongjiang-gov', 'org-heihe-ftz', 'org-eao-gov', 'org-amur-gov'].map((key) => actorOf(portal, key)),
  );
  const sides = { cn: [tongjiang!, heihe!, eao!], ru: [eao!, amur!, tongjiang!] } as const;
  const person = (side: 'cn' | 'ru', more: Partial<AccountActor>): AccountActor => ({
    ...sides[side][0],
    id: randomUUID(),
    ...more,
  });
  const actors: Record<MatrixRole, Actor | undefined> = {
    anonymous: undefined,
    investor: person('cn', { roles: ['investor'], organizationId: null }),
    translator: person('cn', { roles: ['translator'], translatesInto: ['ru'] }),
    'official cn': person('cn', { roles: ['official'] }),
    'official ru': person('ru', { roles: ['official'] }),
    'coordinator cn': person('cn', { roles: ['coordinator'] }),
    'coordinator ru': person('ru', { roles: ['coordinator'] }),
    administrator: person('cn', { roles: ['administrator'] }),
    key: {
      kind: 'key',
      id: randomUUID(),
      scopes: ['records.read', 'records.write'],
      side: 'cn',
      organizationId: tongjiang!.organizationId!,
    },
  };
  return {
    actorOf: (role) => actors[role],
    ownerOf: (role, owner) => {
      const actor = actors[role];
      const [own, sameSide, otherSide] = sides[role.endsWith(' ru') ? 'ru' : 'cn'];
      if (owner === 'own') return { organization: own, ...(actor && { by: actor }) };
      return { organization: { 'same organization': own, 'same side': sameSide, 'other side': otherSide }[owner] };
    },
  };
};
