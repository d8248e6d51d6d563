import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role, Side } from '../../kernel/actor.js';
import type { Language } from '../../kernel/languages.js';
import { Ref } from '../../resource/fields.js';
import type { Reference } from '../../resource/values.js';

/** An account that an administrator offers to one address; whoever holds the token of the mail takes it once. */
@Entity()
@Index('invitation_email', ['email'])
export class Invitation {
  @PrimaryColumn('uuid')
  id: string;

  /** SHA-256 of the token in the mail. */
  @Column('text', { unique: true })
  tokenHash: string;

  @Column('text')
  email: string;

  @Column('text', { array: true })
  roles: Role[];

  @Column('text')
  side: Side;

  @Ref('organization')
  organization: Reference | null;

  @Column('text', { array: true })
  translatesInto: Language[];

  /** Account that invited; none where the invitation came from the command line. */
  @Column('uuid', { nullable: true })
  invitedBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;
}
