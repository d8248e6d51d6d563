import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Language, LanguageMap } from '../../kernel/languages.js';

/** Somebody's signed word that a warning is no fault; it holds while both texts are the ones it was given for. */
@Entity()
@Index('translation_waiver_pair', ['recordId', 'field'])
export class TranslationWaiver {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  recordId: string;

  @Column('text')
  field: string;

  @Column('text')
  check: string;

  @Column('text')
  message: string;

  /** Language of the text that the finding lies in. */
  @Column('text')
  language: Language;

  @Column('text')
  excerpt: string;

  @Column('bytea')
  zhHash: Buffer;

  @Column('bytea')
  ruHash: Buffer;

  @Column('jsonb')
  reason: LanguageMap;

  @Column('uuid')
  authorId: string;

  @Column('timestamptz')
  createdAt: Date;
}
