import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What seeding remembers of a row it loaded: by it a later run tells its own rows from edited ones. */
@Entity()
export class SeedRow {
  /** Natural key of the seed file, unique over all resources. */
  @PrimaryColumn('text')
  key: string;

  @Column('text')
  resource: string;

  @Column('uuid', { unique: true })
  recordId: string;

  /** SHA-256 of the row as it was loaded. */
  @Column('text')
  contentHash: string;

  /** Version of the record after loading; a higher one means that somebody has edited it since. */
  @Column('integer')
  version: number;
}
