import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Code, Identifier, Instant, Int, Text } from '../../resource/fields.js';
import { Webhook } from './webhook.entity.js';

/**
 * One message to one receiver, as it was when the change happened; its id is the `webhook-id` of every try.
 * What is declared as a field is answered.
 */
@Entity()
@Index('webhook_delivery_webhook', ['webhookId', 'id'])
@Index('webhook_delivery_record', ['webhookId', 'recordId'])
@Index('webhook_delivery_seq', ['webhookId', 'seq'], { unique: true })
@Index('webhook_delivery_pending', { synchronize: false })
export class WebhookDelivery {
  @PrimaryColumn('uuid')
  @Identifier({ required: true, readOnly: true })
  id: string;

  /** `<resource>.<type of change>`, or `webhook.test`. */
  @Text({ required: true, readOnly: true, max: 100 })
  type: string;

  @Code('deliveryState', { required: true, readOnly: true })
  state: 'pending' | 'delivered' | 'failed';

  /** Tries since the message was made, or since it was last called for again. */
  @Int({ required: true, readOnly: true })
  attempts: number;

  /** Status that the receiver answered the last try with. */
  @Int({ readOnly: true })
  lastStatus: number | null;

  /** What went wrong with the last try. */
  @Code('deliveryFault', { readOnly: true })
  fault: string | null;

  @Instant({ required: true, readOnly: true })
  createdAt: Date;

  @Instant({ readOnly: true })
  attemptedAt: Date | null;

  @Column('uuid')
  webhookId: string;

  @ManyToOne(() => Webhook, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'webhook_id' })
  webhook: Webhook;

  /** Number of the feed's entry; none of a test. */
  @Column('bigint', { nullable: true })
  seq: string | null;

  @Column('uuid', { nullable: true })
  recordId: string | null;

  /** The request that made the change or called for the message, for the logs. */
  @Column('text', { nullable: true })
  requestId: string | null;

  /** The very bytes that are signed and sent with each try. */
  @Column('text')
  body: string;
}
