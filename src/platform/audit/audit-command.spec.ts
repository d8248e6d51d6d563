import { describe, expect, it } from '@jest/globals';
import { parseAuditCommand } from './audit-command.js';

const ACCOUNT = '01900000-0000-7000-8000-00000000ffff';

describe('the words of npm run audit', () => {
  it('ask for a verification, with keys and heads from elsewhere if stated', () => {
    expect(parseAuditCommand(['verify'])).toEqual({ verb: 'verify', keys: [], heads: undefined });
    expect(parseAuditCommand(['verify', '--key', 'a', '--key', 'b', '--heads', '/copy'])).toEqual({
      verb: 'verify',
      keys: ['a', 'b'],
      heads: '/copy',
    });
  });

  it('ask for an erasure with a reason in the language it is written in', () => {
    const erase = (reason: string) => parseAuditCommand(['erase', '--account', ACCOUNT, '--reason', reason]);
    expect(erase('本人申请')).toEqual({ verb: 'erase', account: ACCOUNT, reason: { zh: '本人申请' } });
    expect(erase('По заявлению')).toEqual({ verb: 'erase', account: ACCOUNT, reason: { ru: 'По заявлению' } });
    for (const none of ['', 'x', 'а\u0000', 'а'.repeat(1_001)]) expect(erase(none)).toBeUndefined();
  });

  it.each([
    [],
    ['prove'],
    ['verify', '--all'],
    ['verify', 'now'],
    ['erase'],
    ['erase', '--account', 'x', '--reason', 'По заявлению'],
    ['erase', '--account', ACCOUNT],
  ])('are refused if they are %j', (...words) => {
    expect(parseAuditCommand(words)).toBeUndefined();
  });
});
