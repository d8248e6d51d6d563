import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../kernel/problems.js';
import { Passwords } from './passwords.js';

describe('hashing', () => {
  it('D68 takes as many as the machine bears at once, and tells the others to come back', async () => {
    const passwords = new Passwords();
    const tries = await Promise.allSettled(
      Array.from({ length: 100 }, () => passwords.matches(null, 'wrong password')),
    );
    const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as Problem] : []));
    // Two at work and sixty-four in line.
    expect(refused).toHaveLength(100 - 66);
    for (const fault of refused) {
      expect(fault).toBeInstanceOf(Problem);
      expect([fault.code, fault.options.headers]).toEqual(['server.unavailable', { 'Retry-After': '2' }]);
    }
    for (const one of tries) if (one.status === 'fulfilled') expect(one.value).toBe(false);
    // Nobody is left in line: as many again are taken.
    const again = await Promise.allSettled(Array.from({ length: 66 }, () => passwords.matches(null, 'wrong password')));
    expect(again.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  it('D69 takes both ways to write one letter for the same password', async () => {
    const passwords = new Passwords();
    const hashed = await passwords.hash('пароль с буквой й'.normalize('NFD'));
    expect(await passwords.matches(hashed, 'пароль с буквой й'.normalize('NFC'))).toBe(true);
    expect(await passwords.matches(hashed, 'пароль с буквой и')).toBe(false);
  });
});
