import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Keys read `hap_<id>_<secret>`: `hap` says whose key it is, so that scanners for leaked secrets find it, the id finds
 * its row, and the secret proves it. `hap_<id>` is the prefix, which may stand in lists, logs and the trail.
 */
const KEY = /^(hap_[0-9a-z]{12})_[A-Za-z0-9_-]{43}$/;

/** Digits and letters that are not taken for one another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 12;
const SECRET_BYTES = 32;

/** A new key with the prefix that names it. */
export const newKey = (): { key: string; prefix: string } => {
  const id = Array.from(randomBytes(ID_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const prefix = `hap_${id}`;
  return { key: `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`, prefix };
};

/** The prefix of a text that has the form of a key. */
export const prefixOf = (text: string): string | undefined => KEY.exec(text)?.[1];

/** What is kept of a key. */
export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Whether a key is the one that a hash was made of; takes as long for the one as for the other. */
export const isKeyOf = (key: string, hash: Buffer): boolean => timingSafeEqual(hashOfKey(key), hash);
