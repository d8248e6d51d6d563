import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { LanguageMap } from '../../kernel/languages.js';

/** What people say to each other about a text. Kept by the unit's id, which outlives the text. */
@Entity()
@Index('translation_comment_unit', ['unitId', 'id'])
export class TranslationComment {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  unitId: string;

  @Column('jsonb')
  text: LanguageMap;

  @Column('uuid')
  authorId: string;

  @Column('timestamptz')
  createdAt: Date;
}
