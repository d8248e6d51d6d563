import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.js';

/** The end of the chain at some moment, signed; `hash`, `publicKey` and `signature` in base64url. */
export type SignedHead = { seq: number; hash: string; at: string; publicKey: string; signature: string };

/** What stands before an Ed25519 seed in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });

const publicKeyFrom = (publicKey: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });

/** The public key that belongs to a seed, as heads name it: 32 bytes in base64url. */
export const publicKeyOf = (seed: Buffer): string => createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' }).x!;

const bytesOf = ({ seq, hash, at, publicKey }: Omit<SignedHead, 'signature'>): Buffer =>
  Buffer.from(canonicalJson({ at, hash, publicKey, seq }));

/**
 * Signs the end of the chain (Ed25519).
 * @param seed 32 bytes derived from the portal's secret: whoever has the database alone does not have it
 */
export const signHead = (seed: Buffer, { seq, hash }: { seq: number; hash: Buffer }, at: Date): SignedHead => {
  const head = { seq, hash: hash.toString('base64url'), at: at.toISOString(), publicKey: publicKeyOf(seed) };
  return { ...head, signature: sign(null, bytesOf(head), privateKeyOf(seed)).toString('base64url') };
};

/**
 * Whether a head was signed with one of the keys that are trusted; the key that it names itself proves nothing.
 * @param trusted public keys in base64url
 */
export const isSignedBy = (head: SignedHead, trusted: readonly string[]): boolean => {
  if (!trusted.includes(head.publicKey)) return false;
  try {
    const signature = Buffer.from(head.signature, 'base64url');
    return verify(null, bytesOf(head), publicKeyFrom(head.publicKey), signature);
  } catch {
    return false;
  }
};
