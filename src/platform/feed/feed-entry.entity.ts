import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Audience, RecordState } from '../../kernel/access.js';
import type { Language, LanguageMap } from '../../kernel/languages.js';

/** What happened to a record; whoever follows the feed is told by `FeedReader` what it means to them. */
export type FeedType = 'created' | 'updated' | 'published' | 'withdrawn' | 'language';

/** State of a language before and after, where it changed. */
export type LanguageChanges = Partial<Record<Language, { from: string; to: string }>>;

/**
 * One entry of the change feed. Entries are numbered in the order in which their transactions commit (`feed.listener.ts`)
 * and hold no content: a follower reads the record. They remember who could see the record before and after.
 */
@Entity()
@Index('feed_entry_record', ['recordId', 'seq'])
export class FeedEntry {
  @PrimaryColumn('bigint')
  seq: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  type: FeedType;

  @Column('text')
  resource: string;

  @Column('uuid')
  recordId: string;

  @Column('integer')
  version: number;

  /** Names of the fields that changed. */
  @Column('text', { array: true })
  fields: string[];

  @Column('jsonb', { nullable: true })
  languages: LanguageChanges | null;

  @Column('jsonb', { nullable: true })
  reason: LanguageMap | null;

  @Column('text')
  state: RecordState;

  @Column('text')
  audience: Audience;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  /** None where the record is new. */
  @Column('text', { nullable: true })
  stateBefore: RecordState | null;

  @Column('text', { nullable: true })
  audienceBefore: Audience | null;

  @Column('uuid', { nullable: true })
  ownerBeforeId: string | null;

  /** The request that made the change, for the logs of what follows from it. */
  @Column('text', { nullable: true })
  requestId: string | null;
}
