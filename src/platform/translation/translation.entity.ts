import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Language } from '../../kernel/languages.js';

/**
 * State of one translated text: one field of one record in one language. The live text stands in the record;
 * whether it is stale is computed from `sourceHash`, the fingerprint of the text it was made from.
 */
@Entity()
@Index('translation_record', ['recordId', 'language'])
export class Translation {
  @PrimaryColumn('uuid')
  recordId: string;

  @PrimaryColumn('text')
  field: string;

  @PrimaryColumn('text')
  language: Language;

  @Column('text')
  resource: string;

  @Column('text')
  origin: 'human' | 'machine' | 'import';

  @Column('text')
  state: 'draft' | 'in-review' | 'approved';

  @Column('bytea', { nullable: true })
  sourceHash: Buffer | null;

  @Column('uuid', { nullable: true })
  authorId: string | null;

  @Column('uuid', { nullable: true })
  approverId: string | null;

  @Column('timestamptz')
  updatedAt: Date;
}
