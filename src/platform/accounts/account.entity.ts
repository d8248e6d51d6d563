import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role, Side } from '../../kernel/actor.js';
import type { Language } from '../../kernel/languages.js';
import { Ref } from '../../resource/fields.js';
import type { Reference } from '../../resource/values.js';

/** What can become of an account: not confirmed yet, in use, or closed. */
const ACCOUNT_STATES = ['invited', 'active', 'disabled'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** A person who can sign in. */
@Entity()
@Check('account_name_said', '"name_zh" is not null or "name_ru" is not null')
@Check('account_has_role', 'cardinality("roles") > 0')
@Check('account_email_folded', '"email" = lower("email")')
export class Account {
  /** UUIDv7. */
  @PrimaryColumn('uuid')
  id: string;

  /** In lower case: two spellings of one address are one account. */
  @Column('text', { unique: true })
  email: string;

  @Column('text', { nullable: true })
  nameZh: string | null;

  @Column('text', { nullable: true })
  nameRu: string | null;

  @Column('text', { array: true })
  roles: Role[];

  @Column('text')
  side: Side;

  /** Organization that the account acts for; none for investors and translators of a whole side. */
  @Ref('organization')
  organization: Reference | null;

  @Column('text', { array: true })
  translatesInto: Language[];

  /** Preferred language of answers and mail. */
  @Column('text', { nullable: true })
  language: Language | null;

  /** Argon2id in PHC form; none where the account signs in through others only. */
  @Column('text', { nullable: true })
  passwordHash: string | null;

  /** Raised when every access token that was handed out must end. */
  @Column('integer', { default: 1 })
  tokenGeneration: number;

  @Column('text')
  state: AccountState;

  /** Counts the changes; the subject of `If-Match`. */
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  lastSignedInAt: Date | null;
}
