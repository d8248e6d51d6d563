import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { KeyScope } from '../../kernel/actor.js';
import { Codes, Identifier, Instant, Ref, Text } from '../../resource/fields.js';
import type { Reference } from '../../resource/values.js';

/** The key by which a partner's system acts for an organization. What is declared as a field is answered. */
@Entity()
export class ApiKey {
  @PrimaryColumn('uuid')
  @Identifier({ required: true, readOnly: true })
  id: string;

  /** What the key begins with: names it in lists, logs and the trail, and opens nothing. */
  @Index('api_key_prefix', { unique: true })
  @Text({ required: true, readOnly: true, max: 20 })
  prefix: string;

  /** What the key is for, in the words of whoever issued it. */
  @Text({ required: true, max: 120 })
  name: string;

  @Ref('organization', { required: true })
  organization: Reference;

  @Codes('keyScope', { required: true })
  scopes: KeyScope[];

  @Instant({ required: true, readOnly: true })
  expiresAt: Date;

  @Instant({ required: true, readOnly: true })
  createdAt: Date;

  /** Kept to the minute. */
  @Instant({ readOnly: true })
  lastUsedAt: Date | null;

  @Instant({ readOnly: true })
  revokedAt: Date | null;

  /** SHA-256 of the whole key: of 32 random bytes, which nobody finds by trying. */
  @Column('bytea')
  keyHash: Buffer;
}
