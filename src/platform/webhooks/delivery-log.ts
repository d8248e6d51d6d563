import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { newId } from '../../kernel/ids.js';
import { problem } from '../../kernel/problems.js';
import { Cursors } from '../../resource/cursor.js';
import { pageAnswer, pageAsk } from '../../resource/paging.js';
import { jsonReply } from '../../resource/reply.js';
import { Jobs } from '../jobs/jobs.js';
import { DELIVER } from './webhook-kinds.js';
import { holdWebhook, insertDeliveries, readDeliveries, webhookOf } from './webhook-rows.js';
import { keyOf } from './webhooks.js';

/** What was sent to a receiver, and messages that its owner calls for. */
@Injectable()
export class DeliveryLog {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly jobs: Jobs,
  ) {}

  /** A page of a webhook's deliveries. @throws `resource.not-found` */
  async list(ask: Ask, webhookId: string): Promise<Reply> {
    const page = pageAsk(ask, this.cursors, ['webhook-delivery', webhookId]);
    const rows = await this.database.transaction(async (manager) => {
      await holdWebhook(manager, webhookId, keyOf(ask));
      return readDeliveries(manager, ask, webhookId, { before: page.after, most: page.limit + 1 });
    });
    return pageAnswer(ask, this.cursors, page, rows);
  }

  /** Sends a message of no change, so that a receiver can be tried. @throws `resource.not-found`, `webhook.disabled` */
  async test(ask: Ask, webhookId: string): Promise<Reply> {
    return this.database.transaction(async (manager) => {
      requireActive(await holdWebhook(manager, webhookId, keyOf(ask)));
      const [id, type] = [newId(), 'webhook.test'];
      const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data: {} });
      await insertDeliveries(manager, [{ id, webhookId, type, body, requestId: ask.origin.requestId }]);
      return this.send(manager, ask, webhookId, id);
    });
  }

  /** Sends a message anew, with its id and body as they were. @throws `resource.not-found`, `webhook.disabled` */
  async replay(ask: Ask, id: string): Promise<Reply> {
    return this.database.transaction(async (manager) => {
      const webhookId = await webhookOf(manager, id, keyOf(ask));
      requireActive(await holdWebhook(manager, webhookId, keyOf(ask)));
      await manager.query(`update webhook_delivery set state = 'pending', attempts = 0, fault = null where id = $1`, [
        id,
      ]);
      return this.send(manager, ask, webhookId, id);
    });
  }

  private async send(manager: EntityManager, ask: Ask, webhookId: string, id: string): Promise<Reply> {
    await this.jobs.enqueue(manager, DELIVER, { deliveryId: id }, { key: id });
    const [row] = await readDeliveries(manager, ask, webhookId, { id });
    return { ...jsonReply(row!.json, ask.choice), status: 202 };
  }
}

const requireActive = (state: string): void => {
  if (state !== 'active') throw problem('webhook.disabled');
};
