import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Actor } from '../../kernel/actor.js';
import type { Retry } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';

/** Printable ASCII, as a structured field's token or a UUID is; longer keys are a mistake. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** SHA-256 of bytes, in hexadecimal. */
export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The `Idempotency-Key` of a POST with the fingerprint of the request that bears it, taken over the raw bytes: a
 * body that is written otherwise is another request (hardening C44, H110).
 * @param digest SHA-256 of the raw body, if there was one
 * @returns nothing where the request bears no key or nobody is signed in to whom the key could belong
 * @throws `request.invalid-header` for a key that is none
 */
export const retryOf = (
  request: IncomingMessage & { originalUrl: string },
  actor: Actor,
  digest = '',
): Retry | undefined => {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.method !== 'POST') return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw problem('request.invalid-header', { values: { header: 'Idempotency-Key' } });
  }
  if (actor.kind === 'anonymous') return undefined;
  const text = [request.method, request.originalUrl, request.headers['if-match'] ?? '', digest].join('\n');
  return { key, fingerprint: digestOf(Buffer.from(text)) };
};
