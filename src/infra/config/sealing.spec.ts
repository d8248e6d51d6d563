import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seal, unseal } from './sealing.js';

const key = randomBytes(32);

describe('a sealed secret', () => {
  it('comes back whole, and is sealed otherwise each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, place) => {
        const sealed = seal(key, secret, place);
        expect(unseal(key, sealed, place)).toBe(Buffer.from(secret, 'utf8').toString('utf8'));
        expect(seal(key, secret, place)).not.toBe(sealed);
      }),
    );
  });

  it('is not opened with another key, in another place, or once a bit of it was changed', () => {
    const sealed = seal(key, 'secret', 'here');
    expect(unseal(randomBytes(32), sealed, 'here')).toBeUndefined();
    expect(unseal(key, sealed, 'there')).toBeUndefined();
    expect(unseal(key, 'short', 'here')).toBeUndefined();
    for (let at = 0; at < Buffer.from(sealed, 'base64url').length; at += 1) {
      const altered = Buffer.from(sealed, 'base64url');
      altered[at]! ^= 1;
      expect(unseal(key, altered.toString('base64url'), 'here')).toBeUndefined();
    }
  });
});
