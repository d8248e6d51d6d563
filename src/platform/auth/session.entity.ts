import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';

/** Why a session ended. */
export type EndReason = 'sign-out' | 'password' | 'disabled' | 'token-reuse' | 'expired';

/** One signing in of one account on one device, until it is ended. */
@Entity()
export class Session {
  @PrimaryColumn('uuid')
  id: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'account_id' })
  @Index('session_account')
  account: Account;

  @Column('timestamptz')
  createdAt: Date;

  /** When it was opened or last refreshed. */
  @Column('timestamptz')
  lastUsedAt: Date;

  /** What the client calls itself, shortened. */
  @Column('text', { nullable: true })
  userAgent: string | null;

  @Column('text')
  address: string;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @Column('text', { nullable: true })
  endReason: EndReason | null;
}
