import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem } from '../kernel/problems.js';

/** Where a page ended: the sort key and the id of its last record. */
export type Position = { key: string; id: string };

const VERSION = '1';
/** Holds the longest sort key: a title of 1 000 rare ideographs, four bytes each, in base64. */
const LONGEST_CURSOR = 6_000;

/**
 * Opaque page cursors, signed over the position and the query they belong to, so that a cursor of another filter,
 * sort, language or asker is refused rather than answered wrongly (hardening B31).
 */
export class Cursors {
  /** @param key cursors of another key are refused */
  constructor(private readonly key: Buffer | string) {}

  /** @param query canonical text of everything the page depends on */
  seal(position: Position, query: string): string {
    const payload = Buffer.from(JSON.stringify([position.key, position.id])).toString('base64url');
    return `${VERSION}.${payload}.${this.sign(payload, query)}`;
  }

  /** @throws `request.invalid-cursor` for anything this portal did not issue for this very query */
  open(cursor: string, query: string): Position {
    const [version, payload, signature, ...rest] = cursor.length > LONGEST_CURSOR ? [] : cursor.split('.');
    if (version !== VERSION || !payload || !signature || rest.length > 0) throw problem('request.invalid-cursor');
    const expected = Buffer.from(this.sign(payload, query));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw problem('request.invalid-cursor');
    const [key, id] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, string];
    return { key, id };
  }

  private sign(payload: string, query: string): string {
    return createHmac('sha256', this.key).update(`${VERSION}.${payload}\n${query}`).digest('base64url');
  }
}
