import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Sign-ins that failed at one account, or at none, and how many of them the trail has not been told of yet. */
@Entity()
export class FailedSignIn {
  /** The account and the reason; all addresses that no account has share one key, so that nobody can make many. */
  @PrimaryColumn('text')
  key: string;

  @Column('uuid', { nullable: true })
  accountId: string | null;

  /** Code of the refusal. */
  @Column('text')
  reason: string;

  @Column('integer')
  untold: number;

  /** When the trail was last told. */
  @Column('timestamptz')
  toldAt: Date;
}
