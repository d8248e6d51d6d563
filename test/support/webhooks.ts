import type { AccountActor, KeyActor } from '../../src/kernel/actor.js';
import type { TestPortal } from './portal.js';

/** The actor of a key that is stored; who it is that shows a key is proven with the keys themselves. */
export const keyOf = async (portal: TestPortal, owner: AccountActor): Promise<KeyActor> => {
  const json = {
    name: 'Обмен данными',
    organization: { id: owner.organizationId },
    scopes: ['records.read'],
    expiresOn: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
  };
  const actor: AccountActor = { ...owner, roles: ['administrator'] };
  const { id } = (await portal.ask('/api-keys', { method: 'POST', actor, json })).body;
  return { kind: 'key', id, scopes: ['records.read'], side: owner.side, organizationId: owner.organizationId! };
};
