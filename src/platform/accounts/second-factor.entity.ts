import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

/** The second factor of an account: a secret shared with an app that makes codes of it (RFC 6238). */
@Entity()
export class SecondFactor {
  @PrimaryColumn('uuid')
  accountId: string;

  @OneToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id' })
  account: Account;

  /** Sealed with a key derived for second factors. */
  @Column('text')
  secret: string;

  @Column('timestamptz')
  createdAt: Date;

  /** None until the owner has shown a code: until then signing in does not ask for one. */
  @Column('timestamptz', { nullable: true })
  confirmedAt: Date | null;

  /** Time step of the last code that was taken; it and earlier ones are refused. */
  @Column('integer', { default: 0 })
  lastStep: number;

  /** SHA-256 of the recovery codes that are left. */
  @Column('text', { array: true })
  recoveryCodes: string[];

  /** Wrong codes in a row, and when the last of them came. */
  @Column('integer', { default: 0 })
  failures: number;

  @Column('timestamptz', { nullable: true })
  failedAt: Date | null;
}
