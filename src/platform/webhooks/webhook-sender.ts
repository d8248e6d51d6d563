import { Inject, Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { unseal } from '../../infra/config/sealing.js';
import { Database } from '../../infra/database/database.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { OutboundError, post } from '../../infra/outbound/outbound.js';
import { SYSTEM } from '../../kernel/actor.js';
import { Trail } from '../audit/trail.js';
import { HopelessJob } from '../jobs/job-kinds.js';
import { Jobs } from '../jobs/jobs.js';
import { StoredKeys } from '../keys/stored-keys.js';
import { enqueueDelivery, type Waiting } from './enqueue-delivery.js';
import { signedHeaders } from './signature.js';
import { DELIVER, DELIVER_OPTIONS, MOST_ATTEMPTS } from './webhook-kinds.js';

type Message = {
  id: string;
  body: string;
  attempts: number;
  recordId: string | null;
  webhookId: string;
  apiKeyId: string;
  url: string;
  /** Sealed, the present one first. */
  secrets: (string | null)[];
};

/** What came of one try. */
type Outcome = { state: 'pending' | 'delivered' | 'failed'; status?: number; fault?: string };

const MESSAGE = `select json_build_object('id', d.id, 'body', d.body, 'attempts', d.attempts, 'recordId', d.record_id,
    'webhookId', w.id, 'apiKeyId', w.api_key_id, 'url', w.url,
    'secrets', json_build_array(w.sealed_secret,
      case when w.earlier_secret_until > now() then w.earlier_sealed_secret end))::text
  from webhook_delivery d join webhook w on w.id = d.webhook_id
  where d.id = $1::uuid and d.state <> 'delivered' and w.state = 'active'`;

/** Sends messages to receivers, at least once each, those about one record in the order of its changes. */
@Injectable()
export class WebhookSender {
  private readonly sealingKey: Buffer;
  private readonly tries: Counter<'outcome'>;

  constructor(
    private readonly database: Database,
    private readonly keys: StoredKeys,
    private readonly jobs: Jobs,
    private readonly trail: Trail,
    @Inject(CONFIG) private readonly config: Config,
    registry: Registry,
  ) {
    this.tries = new Counter({
      name: 'portal_webhook_deliveries_total',
      help: 'Tries to deliver a message: delivered, pending (to be tried again) or failed (given up).',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.sealingKey = derivedKey(config.secretKey, 'webhooks');
    jobs.define<{ deliveryId: string }>({
      name: DELIVER,
      options: DELIVER_OPTIONS,
      handle: ({ data }) => this.deliver(data.deliveryId),
    });
  }

  /**
   * One try. A message whose webhook or key is gone is left as it is.
   * @throws for a try that failed, so that the job is tried again or put aside
   */
  private async deliver(id: string): Promise<void> {
    const [row] = await this.database.rows({ text: MESSAGE, values: [id] });
    if (!row) return;
    const message = JSON.parse(row[0]!) as Message;
    if (!(await this.keys.actorOf(message.apiKeyId))) return;
    const outcome = await this.attempt(message);
    await this.database.transaction((manager) => this.write(manager, message, outcome));
    this.tries.inc({ outcome: outcome.state });
    const told = `${message.url}: ${outcome.fault}${outcome.status ? ` ${outcome.status}` : ''}`;
    if (outcome.state === 'failed') throw new HopelessJob(told);
    if (outcome.state === 'pending') throw new Error(told);
  }

  private async attempt(message: Message): Promise<Outcome> {
    const isLast = message.attempts + 1 >= MOST_ATTEMPTS;
    const retry = isLast ? 'failed' : 'pending';
    const secrets = this.secretsOf(message);
    if (secrets.length === 0) return { state: 'failed', fault: 'secret' };
    const headers = { 'content-type': 'application/json', ...signedHeaders(message, secrets, new Date()) };
    try {
      const { status } = await post(message.url, message.body, headers, {
        allowLocal: this.config.allowLocalReceivers,
      });
      if (status >= 200 && status < 300) return { state: 'delivered', status };
      if (status === 410) return { state: 'failed', status, fault: 'gone' };
      return { state: retry, status, fault: 'status' };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { state: retry, fault: error.fault };
    }
  }

  private secretsOf({ secrets, webhookId }: Message): string[] {
    return secrets
      .map((sealed) => (sealed ? unseal(this.sealingKey, sealed, webhookId) : undefined))
      .filter((secret) => secret !== undefined);
  }

  /** Holds the webhook meanwhile, so that the pump sees the message either waiting or done. */
  private async write(manager: EntityManager, message: Message, { state, status, fault }: Outcome): Promise<void> {
    const { id, webhookId } = message;
    await manager.query('select 1 from webhook where id = $1 for update', [webhookId]);
    await manager.query(
      `update webhook_delivery set state = $2, attempts = attempts + 1, last_status = $3, fault = $4,
         attempted_at = now() where id = $1`,
      [id, state, status ?? null, fault ?? null],
    );
    if (fault === 'gone') await this.disable(manager, webhookId, fault);
    else if (state !== 'pending') await this.callNext(manager, message);
  }

  /** The receiver wants no more: what waits for it is given up, with the reason. */
  private async disable(manager: EntityManager, id: string, reason: string): Promise<void> {
    await manager.query(
      `update webhook set state = 'disabled', disabled_reason = $2, disabled_at = now() where id = $1`,
      [id, reason],
    );
    await manager.query(
      `update webhook_delivery set state = 'failed', fault = 'disabled' where webhook_id = $1 and state = 'pending'`,
      [id],
    );
    const object = { resource: 'webhook', id };
    await this.trail.record(manager, { actor: SYSTEM, action: 'webhook.disable', object, reason });
  }

  private async callNext(manager: EntityManager, { webhookId, recordId }: Message): Promise<void> {
    const [next] = (await manager.query(
      `select id, request_id as "requestId" from webhook_delivery
       where webhook_id = $1 and record_id = $2 and state = 'pending' order by seq limit 1`,
      [webhookId, recordId],
    )) as Waiting[];
    if (next) await enqueueDelivery(this.jobs, manager, next);
  }
}
