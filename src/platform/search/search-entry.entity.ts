import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What a record is found by and what decides who finds it. Triggers keep it beside every searchable record (see the
 * migration), so nothing in the program writes it.
 */
@Entity()
@Index('search_entry_resource', ['resource', 'recordId'])
@Index('search_entry_title', { synchronize: false })
@Index('search_entry_content', { synchronize: false })
@Index('search_entry_spelling', { synchronize: false })
export class SearchEntry {
  @PrimaryColumn('uuid', { name: 'record_id', primaryKeyConstraintName: 'search_entry_pkey' })
  recordId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'search_entry_pkey' })
  resource: string;

  @Column('text')
  state: string;

  @Column('text')
  audience: string;

  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId: string | null;

  /** Folded names, compared letter by letter where nothing else fits. */
  @Column('text')
  spelling: string;

  /** Lexemes of the names, and each whole name. */
  @Column('tsvector')
  title: string;

  /** Lexemes of every searched text, and the records it refers to. */
  @Column('tsvector')
  content: string;
}
