import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One entry of the trail. Only `append.ts` writes it, and triggers refuse every change but the erasure of the
 * personal part (migration `Audit`); `chain.ts` says what the hashes cover.
 */
@Entity()
@Index('audit_object', ['objectId', 'seq'])
@Index('audit_actor', ['actorId', 'seq'])
@Index('audit_side', ['side', 'seq'])
@Index('audit_at', ['at'])
export class Audit {
  /** Without gaps: the last one and 1, taken under a lock. */
  @PrimaryColumn({ type: 'bigint' })
  seq: string;

  /** To the millisecond, as the hash covers it. */
  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;

  @Column('text')
  actorKind: string;

  @Column('text', { nullable: true })
  actorId: string | null;

  @Column('uuid', { nullable: true })
  organizationId: string | null;

  @Column('text', { nullable: true })
  side: string | null;

  @Column('text')
  action: string;

  @Column('text', { nullable: true })
  objectResource: string | null;

  /** As it was sent: a refused request may name what is no id. */
  @Column('text', { nullable: true })
  objectId: string | null;

  @Column('integer', { nullable: true })
  objectVersion: number | null;

  @Column('jsonb', { nullable: true })
  changes: object | null;

  @Column('jsonb', { nullable: true })
  facts: object | null;

  @Column('text', { nullable: true })
  requestId: string | null;

  @Column('jsonb', { nullable: true })
  reason: object | null;

  @Column('jsonb', { nullable: true })
  personal: object | null;

  @Column('bytea', { nullable: true })
  personalSalt: Buffer | null;

  @Column('bytea', { nullable: true })
  personalHash: Buffer | null;

  @Column('bytea')
  previousHash: Buffer;

  @Column('bytea')
  hash: Buffer;
}
