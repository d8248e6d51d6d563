import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Account } from '../accounts/account.entity.js';

/** Who an account is to an OpenID provider: one account for one subject, and at most one subject for an account. */
@Entity()
@Unique('account_identity_account', ['account', 'issuer'])
export class AccountIdentity {
  @PrimaryColumn('text')
  issuer: string;

  @PrimaryColumn('text')
  subject: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'account_id' })
  account: Account;

  @Column('timestamptz')
  linkedAt: Date;
}
