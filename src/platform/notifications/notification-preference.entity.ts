import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { MailWish, NotificationKind } from '../../kernel/notification-kinds.js';
import { Account } from '../accounts/account.entity.js';

/** How somebody wishes to be told of a kind; who has none is told as `UNSTATED_WISH` says. */
@Entity()
export class NotificationPreference {
  @PrimaryColumn('uuid')
  accountId: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'account_id' })
  account: Account;

  @PrimaryColumn('text')
  kind: NotificationKind;

  @Column('boolean')
  portal: boolean;

  @Column('text')
  mail: MailWish;
}
