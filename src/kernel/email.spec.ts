import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emailOf } from './email.js';

describe('an address of mail', () => {
  it.each([
    ['Admin@Example.org', 'admin@example.org'],
    ["o'neil+a.b@mail.heihe.gov.cn", "o'neil+a.b@mail.heihe.gov.cn"],
    ['a@xn--e1aybc.xn--p1ai', 'a@xn--e1aybc.xn--p1ai'],
  ])('%s is kept as %s', (given, kept) => {
    expect(emailOf(given)).toBe(kept);
  });

  it.each([
    '',
    'a',
    '@example.org',
    'a@',
    'a@localhost',
    'a@127.0.0.1',
    'a@@example.org',
    '.a@example.org',
    'a..b@example.org',
    'a b@example.org',
    ' a@example.org',
    'a@example.org\r\nBcc: b@example.org',
    '"a@evil.com x"@good.org',
    'group: a@example.org;',
    'Иван <a@example.org>',
    'a@example..org',
    'a@-example.org',
    'a@пример.рф',
    '\u0430dmin@example.org',
    'admin@ex\u0430mple.org',
    '\u212Aate@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b.'.repeat(130)}org`,
    1,
    null,
    ['a@example.org'],
  ])('F89 %j is none', (given) => {
    expect(emailOf(given)).toBeUndefined();
  });

  it('is found quickly or not at all, and is its own kept form', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const kept = emailOf(address);
        if (kept !== undefined) expect([emailOf(kept), kept]).toEqual([kept, address.toLowerCase()]);
      }),
    );
    for (const long of ['a.'.repeat(50_000), `a@${'a-'.repeat(50_000)}`, `${'a'.repeat(50_000)}!`])
      expect(emailOf(long)).toBeUndefined();
  });
});
