import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That something was done which must be done once only, however often a job is tried. */
@Entity()
export class JobEffect {
  /** Names the effect, such as `reminder/<meeting>/7-days`. */
  @PrimaryColumn('text')
  key: string;

  @Column('timestamptz')
  doneAt: Date;
}
