import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { MailWish, NotificationKind } from '../../kernel/notification-kinds.js';
import type { SpokenValues } from '../../kernel/spoken-values.js';
import { Account } from '../accounts/account.entity.js';

/** Something that one person is told. It holds no words: they are made when somebody reads it, in their language. */
@Entity('notification')
@Index('notification_account', ['accountId', 'id'])
@Index('notification_waiting', { synchronize: false })
@Index('notification_effect', ['accountId', 'effect'], { unique: true })
export class StoredNotification {
  /** UUIDv7, by which the list is ordered. */
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'account_id' })
  account: Account;

  @Column('text')
  kind: NotificationKind;

  /** Resource and id of the record that it is about. */
  @Column('text')
  resource: string;

  @Column('uuid')
  recordId: string;

  @Column('jsonb')
  values: SpokenValues;

  /** Names what happened: nobody is told of one thing twice. */
  @Column('text')
  effect: string;

  /** Whether it stands in the portal's list; otherwise it is there for the mail only. */
  @Column('boolean')
  inPortal: boolean;

  /** When its reader wished to be written to as it came up. */
  @Column('text')
  mail: MailWish;

  /** When it was written about, or was found to be nothing to write about any more. */
  @Column('timestamptz', { nullable: true })
  mailDoneAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  readAt: Date | null;
}
