import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Audience, RecordState } from '../../kernel/access.js';
import type { Language } from '../../kernel/languages.js';
import type { Standing, TextUnit, WorkState } from '../../kernel/translation-workflow.js';

/**
 * A unit of translation: one field of one record in one language, also while its text is missing. The live text stands
 * in the record; whether it is stale is computed from the fingerprints. Kept by `unit-sync.ts` with every change.
 */
@Entity()
@Index('translation_record', ['recordId', 'language'])
@Index('translation_id', ['id'], { unique: true })
@Index('translation_rank', ['rank', 'since', 'id'])
@Index('translation_standing', ['standing', 'rank', 'since', 'id'])
@Index('translation_resource', ['resource', 'rank', 'since', 'id'])
@Index('translation_since', ['since', 'id'])
@Index('translation_assignee', { synchronize: false })
@Index('translation_memory', { synchronize: false })
export class Translation {
  @PrimaryColumn('uuid')
  recordId: string;

  @PrimaryColumn('text')
  field: string;

  @PrimaryColumn('text')
  language: Language;

  /** Made of record, field and language, so that a text keeps its unit. */
  @Column('uuid')
  id: string;

  /** Counts the versions of the text; the subject of `If-Match`. */
  @Column('integer', { default: 1 })
  version: number;

  @Column('text')
  resource: string;

  @Column('boolean', { default: false })
  authentic: boolean;

  @Column('text')
  origin: TextUnit['origin'];

  @Column('text')
  state: WorkState;

  /** Fingerprint of the text in the other language from which this one was made. */
  @Column('bytea', { nullable: true })
  sourceHash: Buffer | null;

  /** Fingerprints of the two texts that stand in the record. */
  @Column('bytea', { nullable: true })
  originalHash: Buffer | null;

  @Column('bytea', { nullable: true })
  textHash: Buffer | null;

  /** Computed by trigger, like `rank`, the place in the queue, and `since`. */
  @Column('text', { default: 'missing' })
  standing: Standing;

  @Column('integer', { default: 0 })
  rank: number;

  @Column('timestamptz', { default: () => 'now()' })
  since: Date;

  /** Who may see the record, kept beside the unit so that the queue asks one table. */
  @Column('text', { default: 'draft' })
  recordState: RecordState;

  @Column('text', { default: 'public' })
  audience: Audience;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  authorId: string | null;

  @Column('uuid', { nullable: true })
  submitterId: string | null;

  @Column('uuid', { nullable: true })
  approverId: string | null;

  @Column('uuid', { nullable: true })
  assigneeId: string | null;

  @Column('timestamptz', { nullable: true })
  claimedUntil: Date | null;

  /** The pair as it was approved last; what translators are reminded of, and what the memory offers. */
  @Column('timestamptz', { nullable: true })
  approvedAt: Date | null;

  @Column('text', { nullable: true })
  approvedText: string | null;

  @Column('text', { nullable: true })
  approvedOriginal: string | null;

  /** When the text was written. */
  @Column('timestamptz')
  updatedAt: Date;
}
