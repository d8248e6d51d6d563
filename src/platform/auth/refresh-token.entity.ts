import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Session } from './session.entity.js';

/** A refresh token of a session; each is used once and followed by the next of its family. */
@Entity()
export class RefreshToken {
  /** SHA-256 of the token. */
  @PrimaryColumn('text')
  hash: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'session_id' })
  @Index('refresh_token_session')
  session: Session;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;

  /** Once, or twice where two requests of one client crossed. */
  @Column('integer', { default: 0 })
  uses: number;
}
