import type { EntityManager } from 'typeorm';
import type { KeyActor } from '../../kernel/actor.js';
import type { Ask } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';
import type { PageRow } from '../../resource/paging.js';
import { readContext, scopeOf } from '../../resource/scope.js';
import { shapeSql } from '../../resource/view.js';
import { Webhook } from './webhook.entity.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import type { NewWebhook } from './webhook-shapes.js';

/** One element by its id, or those that are older than one. */
export type Which = { id: string } | { before: string | null; most: number };

/** Selects what is answered of a class, of rows that belong to a key. */
const select = (ask: Ask, shape: typeof Webhook | typeof WebhookDelivery, alias: string): string =>
  `select ${alias}.id, (${shapeSql(readContext(scopeOf(ask.actor), ask.choice, ask.fallback), shape, alias)})::text as json`;

const page = (alias: string, which: Which, n: number): { condition: string; limit: number; value: string | null } => {
  if ('id' in which) return { condition: `${alias}.id = $${n}::uuid`, limit: 1, value: which.id };
  const condition = `($${n}::uuid is null or ${alias}.id < $${n}::uuid)`;
  return { condition, limit: which.most, value: which.before };
};

/** Webhooks of a key as they are answered, the newest first. */
export const readWebhooks = async (manager: EntityManager, ask: Ask, key: KeyActor, which: Which) => {
  const { condition, limit, value } = page('w', which, 2);
  const text = `${select(ask, Webhook, 'w')} from webhook w
    where w.api_key_id = $1 and ${condition} order by w.id desc limit ${limit}`;
  return (await manager.query(text, [key.id, value])) as PageRow[];
};

/** Deliveries of a webhook as they are answered, the newest first. */
export const readDeliveries = async (manager: EntityManager, ask: Ask, webhookId: string, which: Which) => {
  const { condition, limit, value } = page('d', which, 2);
  const text = `${select(ask, WebhookDelivery, 'd')} from webhook_delivery d
    where d.webhook_id = $1 and ${condition} order by d.id desc limit ${limit}`;
  return (await manager.query(text, [webhookId, value])) as PageRow[];
};

/** Writes a webhook down; it begins at the present end of the feed. */
export const insertWebhook = async (
  manager: EntityManager,
  webhook: NewWebhook & { id: string; apiKeyId: string; sealedSecret: string },
): Promise<void> => {
  const { id, apiKeyId, url, resources, types, sealedSecret } = webhook;
  await manager.query(
    `insert into webhook (id, api_key_id, url, resources, types, state, created_at, position, sealed_secret)
     values ($1, $2, $3, $4, $5, 'active', now(), (select coalesce(max(seq), 0) from feed_entry), $6)`,
    [id, apiKeyId, url, resources ?? null, types ?? null, sealedSecret],
  );
};

/**
 * Takes hold of a webhook for the transaction.
 * @returns its state
 * @throws `resource.not-found` for one that is unknown or another key's
 */
export const holdWebhook = async (manager: EntityManager, id: string, key: KeyActor): Promise<string> => {
  const [row] = (await manager.query('select state from webhook where id = $1 and api_key_id = $2 for update', [
    id,
    key.id,
  ])) as { state: string }[];
  if (!row) throw problem('resource.not-found');
  return row.state;
};

/** The webhook of a delivery. @throws `resource.not-found` for a delivery that is unknown or of another key's webhook */
export const webhookOf = async (manager: EntityManager, deliveryId: string, key: KeyActor): Promise<string> => {
  const [row] = (await manager.query(
    `select w.id from webhook_delivery d join webhook w on w.id = d.webhook_id
     where d.id = $1 and w.api_key_id = $2 for update of w`,
    [deliveryId, key.id],
  )) as { id: string }[];
  if (!row) throw problem('resource.not-found');
  return row.id;
};

/** A message that is to be sent; `seq` and `recordId` where it tells of an entry of the feed, and whose request it was. */
export type NewDelivery = {
  id: string;
  webhookId: string;
  type: string;
  body: string;
  seq?: number;
  recordId?: string;
  requestId?: string | null;
};

export const insertDeliveries = async (manager: EntityManager, deliveries: readonly NewDelivery[]): Promise<void> => {
  await manager.query(
    `insert into webhook_delivery (id, webhook_id, type, body, seq, record_id, request_id, state, attempts, created_at)
     select id, "webhookId", type, body, seq, "recordId", "requestId", 'pending', 0, clock_timestamp()
     from jsonb_to_recordset($1::jsonb)
       as given(id uuid, "webhookId" uuid, type text, body text, seq bigint, "recordId" uuid, "requestId" text)`,
    [JSON.stringify(deliveries)],
  );
};
