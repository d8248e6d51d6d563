import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** That an open decision has come back: the item of a later meeting's agenda that asks what became of it. */
@Entity()
@Index('decision_review_meeting', ['meetingId'])
@Index('decision_review_item', ['agendaItemId'], { unique: true })
export class DecisionReview {
  @PrimaryColumn('uuid')
  decisionId: string;

  @ManyToOne('Decision', { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'decision_id' })
  decision: object;

  /** A decision comes back to a meeting once. */
  @PrimaryColumn('uuid')
  meetingId: string;

  @ManyToOne('Meeting', { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'meeting_id' })
  meeting: object;

  @Column('uuid')
  agendaItemId: string;

  @ManyToOne('AgendaItem', { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'agenda_item_id' })
  agendaItem: object;
}
