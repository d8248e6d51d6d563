import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key that signs access tokens. */
@Entity()
export class SigningKey {
  @PrimaryColumn('text')
  kid: string;

  @Column('jsonb')
  publicKey: object;

  /** The whole key as JWK, sealed with a key derived for signing keys. */
  @Column('text')
  privateKey: string;

  @Column('timestamptz')
  createdAt: Date;

  /** Since then it signs nothing; what it signed before is good until it expires. */
  @Column('timestamptz', { nullable: true })
  retiredAt: Date | null;
}
