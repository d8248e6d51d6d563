import type { EntityManager } from 'typeorm';
import type { KeyScope } from '../../kernel/actor.js';
import type { Ask } from '../../kernel/exchange.js';
import type { PageRow } from '../../resource/paging.js';
import { readContext, scopeOf } from '../../resource/scope.js';
import { shapeSql } from '../../resource/view.js';
import { ApiKey } from './api-key.entity.js';

/** A key as it is kept. */
export type KeptKey = {
  id: string;
  prefix: string;
  name: string;
  organizationId: string;
  scopes: readonly KeyScope[];
  expiresAt: Date;
  keyHash: Buffer;
};

/** Under an alias `o`: an organization that was withdrawn or dissolved acts for nobody, and nobody for it. */
const ORGANIZATION_ACTS = `o.state <> 'withdrawn' and o.status is distinct from 'dissolved'`;

/** Under the aliases `k` and `o`: a key that opens something, of the organization `o`. */
export const KEY_IN_FORCE = `k.revoked_at is null and k.expires_at > now() and ${ORGANIZATION_ACTS}`;

/** Whether the asker sees an organization that can act. */
export const organizationActs = async (manager: EntityManager, { actor }: Ask, id: string): Promise<boolean> => {
  const scope = scopeOf(actor);
  const text = `select 1 from organization o where o.id = $${scope.parameters.length + 1}::uuid
    and ${ORGANIZATION_ACTS} and ${scope.sql('o', 'organization')}`;
  const rows = (await manager.query(text, [...scope.parameters, id])) as unknown[];
  return rows.length > 0;
};

export const insertKey = async (manager: EntityManager, key: KeptKey): Promise<void> => {
  await manager.query(
    `insert into api_key (id, prefix, name, organization_id, scopes, expires_at, created_at, key_hash)
     values ($1, $2, $3, $4, $5, $6, now(), $7)`,
    [key.id, key.prefix, key.name, key.organizationId, key.scopes, key.expiresAt, key.keyHash],
  );
};

/**
 * Keys as they are answered, the newest first.
 * @param which one key, or those that are older than one
 */
export const readKeys = async (
  manager: EntityManager,
  ask: Ask,
  which: { id: string } | { before: string | null; most: number },
): Promise<PageRow[]> => {
  const scope = scopeOf(ask.actor);
  const context = readContext(scope, ask.choice, ask.fallback);
  const [id, most] = 'id' in which ? [which.id, 1] : [which.before, which.most];
  const next = scope.parameters.length + 1;
  const condition = 'id' in which ? `k.id = $${next}::uuid` : `($${next}::uuid is null or k.id < $${next}::uuid)`;
  const text = `select k.id, (${shapeSql(context, ApiKey, 'k')})::text as json from api_key k
    where ${condition} order by k.id desc limit ${most}`;
  return (await manager.query(text, [...scope.parameters, id])) as PageRow[];
};

/**
 * Marks a key as revoked.
 * @returns its prefix where it was not revoked before
 */
export const revokeKey = async (manager: EntityManager, id: string): Promise<string | undefined> => {
  const [rows] = (await manager.query(
    'update api_key set revoked_at = now() where id = $1 and revoked_at is null returning prefix',
    [id],
  )) as [{ prefix: string }[]];
  return rows[0]?.prefix;
};

export const isKey = async (manager: EntityManager, id: string): Promise<boolean> =>
  ((await manager.query('select 1 from api_key where id = $1', [id])) as unknown[]).length > 0;
