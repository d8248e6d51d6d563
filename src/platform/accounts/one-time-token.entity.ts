import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

/** What a token that came by mail is good for. */
export type TokenPurpose = 'registration' | 'password-reset';

/** A token that was sent by mail and works once. */
@Entity()
export class OneTimeToken {
  /** SHA-256 of the token. */
  @PrimaryColumn('text')
  hash: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'account_id' })
  @Index('one_time_token_account')
  account: Account;

  @Column('text')
  purpose: TokenPurpose;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;
}
