import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { SealedContent } from './sealed-content.js';

/**
 * The minutes of a meeting as they stood when a side agreed or signed them. A trigger refuses every change and removal
 * (migration `Minutes`): what was signed can be read and verified later, whatever became of the texts.
 */
@Entity()
@Check('minutes_version_hash', `octet_length("hash") = 32`)
export class MinutesVersion {
  @PrimaryColumn('uuid')
  meetingId: string;

  @ManyToOne('Meeting', { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'meeting_id' })
  meeting: object;

  /** Counted from 1 within the meeting. */
  @PrimaryColumn('integer')
  number: number;

  @Column('jsonb')
  content: SealedContent;

  /** SHA-256 of the canonical JSON of the content. */
  @Column('bytea')
  hash: Buffer;

  @Column('timestamptz')
  madeAt: Date;

  /** Account whose agreement or signature made it. */
  @Column('text')
  madeBy: string;

  @Column('uuid', { nullable: true })
  organizationId: string | null;

  @Column('text')
  side: string;
}
