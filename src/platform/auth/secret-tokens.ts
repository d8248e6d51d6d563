import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses, in 43 letters that every header and mail bears. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a token: whoever reads it there cannot use it. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
