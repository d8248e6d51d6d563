import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Side } from '../../../kernel/actor.js';
import type { SealKind } from '../../../kernel/sign-off.js';

/**
 * An agreement or a signature of one side under one version of the minutes. A seal is never removed: one that an edit
 * has broken keeps saying when it was given, and when and by whom it was broken (trigger in migration `Minutes`).
 */
@Entity()
@Index('minutes_seal_meeting', ['meetingId'])
@Index('minutes_seal_standing', ['meetingId', 'kind', 'side'], { unique: true, where: 'broken_at is null' })
export class MinutesSeal {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  meetingId: string;

  @Column('integer')
  number: number;

  @ManyToOne('MinutesVersion', { onDelete: 'RESTRICT' })
  @JoinColumn([
    { name: 'meeting_id', referencedColumnName: 'meetingId' },
    { name: 'number', referencedColumnName: 'number' },
  ])
  version: object;

  @Column('text')
  kind: SealKind;

  @Column('text')
  side: Side;

  @Column('timestamptz')
  madeAt: Date;

  @Column('text')
  madeBy: string;

  @Column('uuid', { nullable: true })
  organizationId: string | null;

  @Column('timestamptz', { nullable: true })
  brokenAt: Date | null;

  /** None where the portal itself changed the texts. */
  @Column('text', { nullable: true })
  brokenSide: Side | null;

  @Column('uuid', { nullable: true })
  brokenOrganizationId: string | null;
}
