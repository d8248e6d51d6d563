import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The first answer to a POST that bore an `Idempotency-Key`, kept to be given again (hardening, pattern 1). */
@Entity()
@Index('idempotency_key_created_at', ['createdAt'])
export class IdempotencyKey {
  /** `account/<id>` or `key/<id>`: the same key of somebody else is another key. */
  @PrimaryColumn('text')
  holder: string;

  @PrimaryColumn('text')
  key: string;

  /** SHA-256 of method, target and raw body of the request. */
  @Column('text')
  fingerprint: string;

  /** The answer: a reply, or the problem that it was. */
  @Column('jsonb')
  outcome: object;

  @Column('timestamptz')
  createdAt: Date;
}
