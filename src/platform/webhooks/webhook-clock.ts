import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { LOGGER } from '../../infra/http/tokens.js';
import { FeedCall } from '../feed/feed-call.js';
import { JOB_SCHEMA, Jobs } from '../jobs/jobs.js';
import { KEY_IN_FORCE } from '../keys/key-rows.js';
import { enqueueDelivery } from './enqueue-delivery.js';
import { DELIVER, PUMP, SWEEP, SWEEP_OPTIONS } from './webhook-kinds.js';

/** How soon after a call of the feed webhooks are looked after: calls come in crowds. */
const TICK_MS = 500;

const OF_KEYS_IN_FORCE = `join api_key k on k.id = w.api_key_id join organization o on o.id = k.organization_id
   and ${KEY_IN_FORCE}`;

const BEHIND = `select w.id from webhook w ${OF_KEYS_IN_FORCE}
  where w.state = 'active' and w.position < (select coalesce(max(seq), 0) from feed_entry) order by w.position limit 1000`;

/** Messages whose turn it is and that no job stands for any more: its worker died too often, or the key was at rest. */
const STRANDED = `select d.id, d.request_id from webhook_delivery d join webhook w on w.id = d.webhook_id ${OF_KEYS_IN_FORCE}
  where d.state = 'pending' and w.state = 'active' and d.created_at < now() - interval '1 minute'
    and not exists (select 1 from ${JOB_SCHEMA}.job j
      where j.name = '${DELIVER}' and j.singleton_key = d.id::text and j.state <= 'active')
    and not exists (select 1 from webhook_delivery e where e.webhook_id = d.webhook_id and e.record_id = d.record_id
      and e.state = 'pending' and e.seq < d.seq)
  order by d.id limit 1000`;

/** The log is kept for a month. */
const FORGET = `delete from webhook_delivery where state <> 'pending' and created_at < now() - interval '30 days'`;

/** Sees to it that the pump runs for webhooks that are behind: when the feed grows, and each minute. */
@Injectable()
export class WebhookClock implements BeforeApplicationShutdown {
  private isDue = true;
  private clock: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly call: FeedCall,
    private readonly jobs: Jobs,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    jobs.define({ name: SWEEP, options: SWEEP_OPTIONS, handle: () => this.sweep() });
    jobs.onWork(() => this.begin());
    call.onCall(() => {
      this.isDue = true;
    });
  }

  beforeApplicationShutdown(): void {
    clearTimeout(this.clock);
    this.clock = undefined;
    this.call.rest();
  }

  private begin(): void {
    this.clock = setTimeout(() => void this.tick(), TICK_MS).unref();
  }

  private async tick(): Promise<void> {
    this.call.listen();
    if (this.isDue) {
      this.isDue = false;
      // A webhook that is behind stays due: an entry that came while its pump was ending waits for nobody else.
      await this.wake().then(
        (behind) => {
          this.isDue ||= behind > 0;
        },
        (error: Error) => {
          this.isDue = true;
          this.logger.warn({ reason: error.message }, 'webhooks could not be looked after');
        },
      );
    }
    if (this.clock) this.begin();
  }

  private async sweep(): Promise<void> {
    await this.wake();
    await this.fetchStranded();
    await this.database.rows({ text: FORGET, values: [] });
  }

  /** @returns how many webhooks were behind */
  private wake(): Promise<number> {
    return this.enqueueAll(BEHIND, (manager, [id]) =>
      this.jobs.enqueue(manager, PUMP, { webhookId: id }, { key: id! }),
    );
  }

  private fetchStranded(): Promise<number> {
    return this.enqueueAll(STRANDED, (manager, [id, requestId]) =>
      enqueueDelivery(this.jobs, manager, { id: id!, requestId: requestId ?? null }),
    );
  }

  private async enqueueAll(found: string, enqueue: (manager: EntityManager, row: (string | null)[]) => Promise<void>) {
    const rows = await this.database.rows({ text: found, values: [] });
    if (rows.length === 0) return 0;
    await this.database.transaction(async (manager) => {
      for (const row of rows) await enqueue(manager, row);
    });
    return rows.length;
  }
}
