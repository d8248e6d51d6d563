import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NOTIFICATION_KINDS } from '../../kernel/notification-kinds.js';
import { readUnsubscribeToken, unsubscribeToken } from './unsubscribe-tokens.js';

const key = randomBytes(32);
const unsubscriptions = fc.record({
  accountId: fc.uuid({ version: 7 }),
  subject: fc.constantFrom(...NOTIFICATION_KINDS, 'digest' as const),
});

describe('a token to unsubscribe with', () => {
  it('says what it is good for', () => {
    fc.assert(
      fc.property(unsubscriptions, (one) => {
        const token = unsubscribeToken(key, one);
        expect(readUnsubscribeToken(key, token)).toEqual(one);
        expect(encodeURIComponent(token)).toBe(token);
      }),
    );
  });

  it('is good for nothing else, and not with another key', () => {
    fc.assert(
      fc.property(unsubscriptions, unsubscriptions, (one, other) => {
        fc.pre(one.accountId !== other.accountId || one.subject !== other.subject);
        const mac = unsubscribeToken(key, one).slice(-43);
        expect(readUnsubscribeToken(key, `${unsubscribeToken(key, other).slice(0, -43)}${mac}`)).toBeUndefined();
        expect(readUnsubscribeToken(randomBytes(32), unsubscribeToken(key, one))).toBeUndefined();
      }),
    );
    for (const token of ['', 'x', `${'0'.repeat(32)}.nothing.${'a'.repeat(43)}`])
      expect(readUnsubscribeToken(key, token)).toBeUndefined();
  });
});
