import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A browser that was sent to the OpenID provider and has not come back yet. */
@Entity()
@Index('pending_sign_in_expires_at', ['expiresAt'])
export class PendingSignIn {
  /** SHA-256 of the `state` that the provider is to give back. */
  @PrimaryColumn('text')
  stateHash: string;

  /** SHA-256 of the cookie that the browser was given: another one's answer is not taken for its own. */
  @Column('text')
  browserHash: string;

  @Column('text')
  nonce: string;

  /** What proves that whoever redeems the code has asked for it (PKCE, RFC 7636). */
  @Column('text')
  verifier: string;

  @Column('text')
  returnTo: string;

  @Column('timestamptz')
  expiresAt: Date;
}
