import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { LanguageChoice } from '../../kernel/languages.js';
import { Code, Identifier, Instant, Ref } from '../../resource/fields.js';
import type { Reference } from '../../resource/values.js';
import { Account } from '../accounts/account.entity.js';

/** An address at which a calendar program reads meetings in somebody's name. What is declared as a field is answered. */
@Entity()
export class CalendarFeed {
  @PrimaryColumn('uuid')
  @Identifier({ required: true, readOnly: true })
  id: string;

  /** Only the meetings of this mechanism. */
  @Ref('mechanism')
  mechanism: Reference | null;

  /** Languages of the calendar: one, or both side by side. */
  @Code('languageChoice', { required: true })
  language: LanguageChoice;

  @Instant({ required: true, readOnly: true })
  createdAt: Date;

  /** Kept to the hour. */
  @Instant({ readOnly: true })
  lastUsedAt: Date | null;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'account_id' })
  @Index('calendar_feed_account')
  account: Account;

  /** SHA-256 of the secret part of the address. */
  @Column('text')
  @Index('calendar_feed_token', { unique: true })
  tokenHash: string;
}
