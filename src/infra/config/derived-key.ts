import { hkdfSync } from 'node:crypto';

/** What a key is for; keys of different purposes tell nothing of each other. */
export type KeyPurpose =
  | 'cursors'
  | 'signing-keys'
  | 'second-factors'
  | 'audit-heads'
  | 'throttling'
  | 'webhooks'
  | 'mail'
  | 'unsubscribing';

/**
 * A key of 32 bytes for one purpose, derived from the portal's one secret (HKDF, RFC 5869): whoever runs the portal
 * keeps one secret, and a key that leaks betrays neither the secret nor its siblings.
 */
export const derivedKey = (secret: string, purpose: KeyPurpose): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `portal/${purpose}`, 32));
