import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { KeyActor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { FeedEntries, type StoredEntry } from '../feed/feed-entries.js';
import { itemFor } from '../feed/feed-item.js';
import { Jobs } from '../jobs/jobs.js';
import { StoredKeys } from '../keys/stored-keys.js';
import { enqueueDelivery, type Waiting } from './enqueue-delivery.js';
import { PUMP, PUMP_OPTIONS } from './webhook-kinds.js';
import { insertDeliveries, type NewDelivery } from './webhook-rows.js';

/** Entries of the feed that become deliveries in one transaction. */
const CHUNK = 100;

type Followed = { id: string; apiKeyId: string; position: number; resources: string[] | null; types: string[] | null };

const FOLLOWED = `select json_build_object('id', id, 'apiKeyId', api_key_id, 'position', position,
    'resources', resources, 'types', types)::text from webhook where id = $1::uuid and state = 'active'`;

/** A record's changes are sent one after another: of those that wait, only the first of each record has a job. */
const FIRST_OF_RECORDS = `select d.id, d.request_id as "requestId" from webhook_delivery d where d.id = any($1::uuid[]) and not exists (
    select 1 from webhook_delivery e where e.webhook_id = d.webhook_id and e.record_id = d.record_id
      and e.state = 'pending' and e.seq < d.seq)
  order by d.seq`;

/** Makes deliveries of what the feed holds behind a webhook's position. */
@Injectable()
export class WebhookPump {
  constructor(
    private readonly database: Database,
    private readonly entries: FeedEntries,
    private readonly keys: StoredKeys,
    private readonly jobs: Jobs,
  ) {
    jobs.define<{ webhookId: string }>({
      name: PUMP,
      options: PUMP_OPTIONS,
      handle: ({ data }) => this.pump(data.webhookId),
    });
  }

  /** Goes on until the end of the feed; a webhook whose key is not in force stays where it is. */
  async pump(webhookId: string): Promise<void> {
    while ((await this.step(webhookId)) === CHUNK);
  }

  /** @returns how many entries were read */
  private async step(webhookId: string): Promise<number> {
    const [row] = await this.database.rows({ text: FOLLOWED, values: [webhookId] });
    if (!row) return 0;
    const webhook = JSON.parse(row[0]!) as Followed;
    const actor = await this.keys.actorOf(webhook.apiKeyId);
    if (!actor) return 0;
    const entries = await this.entries.after(webhook.position, CHUNK);
    const last = entries.at(-1);
    if (!last) return 0;
    const deliveries = entries.map((entry) => deliveryOf(webhook, actor, entry)).filter((made) => made !== undefined);
    await this.database.transaction((manager) => this.advance(manager, webhook, last.seq, deliveries));
    return entries.length;
  }

  /** Deliveries, their jobs and the new position, or nothing of it: another worker may have been here meanwhile. */
  private async advance(manager: EntityManager, from: Followed, position: number, deliveries: NewDelivery[]) {
    const [moved] = (await manager.query(
      `update webhook set position = $3 where id = $1 and position = $2 and state = 'active' returning id`,
      [from.id, from.position, position],
    )) as [unknown[]];
    if (moved.length === 0 || deliveries.length === 0) return;
    await insertDeliveries(manager, deliveries);
    const first = (await manager.query(FIRST_OF_RECORDS, [deliveries.map(({ id }) => id)])) as Waiting[];
    for (const waiting of first) await enqueueDelivery(this.jobs, manager, waiting);
  }
}

/** What a webhook is told of an entry: nothing where its key does not see it or its owner did not ask for it. */
const deliveryOf = (webhook: Followed, actor: KeyActor, entry: StoredEntry): NewDelivery | undefined => {
  const { resources, types } = webhook;
  if (resources && resources.length > 0 && !resources.includes(entry.resource)) return undefined;
  const item = itemFor(actor, entry);
  if (!item || (types && types.length > 0 && !types.includes(item.type))) return undefined;
  const type = `${item.resource}.${item.type}`;
  const body = JSON.stringify({ type, timestamp: item.at, data: item });
  const { seq, id: recordId, requestId } = entry;
  return { id: newId(), webhookId: webhook.id, type, body, seq, recordId, requestId };
};
