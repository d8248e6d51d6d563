import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Requests of one client to one limited route within the window that is under way. */
@Entity()
@Index('throttle_counter_expires_at', ['expiresAt'])
export class ThrottleCounter {
  /** A fingerprint of route and address: the table tells nobody who asked. */
  @PrimaryColumn('text')
  key: string;

  @Column('integer')
  hits: number;

  /** End of the window; a counter that is past it begins anew. */
  @Column('timestamptz')
  expiresAt: Date;
}
