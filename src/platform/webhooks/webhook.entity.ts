import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Code, Codes, Identifier, Instant, Text } from '../../resource/fields.js';
import { ApiKey } from '../keys/api-key.entity.js';

/** Where a partner's system wants to be told of changes. What is declared as a field is answered. */
@Entity()
@Index('webhook_api_key', ['apiKeyId', 'id'])
export class Webhook {
  @PrimaryColumn('uuid')
  @Identifier({ required: true, readOnly: true })
  id: string;

  /** Addresses may be written in any script, so nothing is said about mixed ones. */
  @Text({ required: true, max: 2_000, verbatim: true })
  url: string;

  /** All resources where none is named. */
  @Codes('resource', { max: 50 })
  resources: string[] | null;

  /** All kinds of change where none is named. */
  @Codes('changeType')
  types: string[] | null;

  @Code('webhookState', { required: true, readOnly: true })
  state: 'active' | 'disabled';

  @Code('deliveryFault', { readOnly: true })
  disabledReason: string | null;

  @Instant({ readOnly: true })
  disabledAt: Date | null;

  /** Until when the secret before the present one signs along. */
  @Instant({ readOnly: true })
  earlierSecretUntil: Date | null;

  @Instant({ required: true, readOnly: true })
  createdAt: Date;

  @Column('uuid')
  apiKeyId: string;

  @ManyToOne(() => ApiKey, { onDelete: 'RESTRICT', nullable: false })
  @JoinColumn({ name: 'api_key_id' })
  apiKey: ApiKey;

  /** Number of the last entry of the feed that deliveries were made of. */
  @Column('bigint')
  position: string;

  /** Sealed with a key derived from the portal's secret, for this row. */
  @Column('text')
  sealedSecret: string;

  @Column('text', { nullable: true })
  earlierSealedSecret: string | null;
}
