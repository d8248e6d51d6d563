import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { insertAccount, PASSWORD } from '../support/accounts.js';
import { headerOf } from '../support/mailbox.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { hurry, jobsOf } from '../support/queue.js';
import { type SmtpInbox, startSmtp } from '../support/smtp.js';
import { freePort, until } from './support.js';

const SEND = 'mail.send';
/** How long the portal bears a server's silence here. */
const SILENCE_MS = 1_000;

let portal: TestPortal;
let inbox: SmtpInbox;
let port: number;
let serial = 0;

beforeAll(async () => {
  port = await freePort();
  inbox = await startSmtp({ port });
  const smtpUrl = `${inbox.url}?socketTimeout=${SILENCE_MS}`;
  portal = await startPortal({
    template: 'portal_empty',
    config: { smtpUrl, mailFrom: 'portal@hap.example', jobs: 'in-process' },
  });
});
afterAll(async () => {
  await portal?.close();
  await inbox?.close();
});
beforeEach(async () => {
  inbox.taken.length = 0;
  await portal.sql('delete from pgboss.job where name = $1', [SEND]);
});

/** Registers somebody new, which takes one letter. */
const register = async (more: object = {}, on = portal): Promise<string> => {
  serial += 1;
  const email = `reader${serial}@example.org`;
  const json = { email, name: { ru: 'Анна' }, password: PASSWORD, side: 'ru', ...more };
  const answer = await on.ask('/auth/registrations', { method: 'POST', json });
  expect(answer.status).toBe(202);
  return email;
};

const letterTo = async (email: string, server = inbox) => {
  await until(`a letter to ${email} is taken`, async () => {
    await hurry(portal);
    return server.taken.some(({ recipients }) => recipients.includes(email));
  });
  return server.taken.filter(({ recipients }) => recipients.includes(email));
};

const settled = () =>
  until('the jobs are done', async () =>
    (await jobsOf(portal, SEND)).every(({ state }) => state === 'completed' || state === 'failed'),
  );

describe('a letter', () => {
  it('is in both languages where none is preferred, as text and as HTML, and says that a program wrote it', async () => {
    const email = await register();
    const [letter] = await letterTo(email);
    expect(letter).toMatchObject({ from: 'portal@hap.example', to: email, recipients: [email] });
    expect(letter!.subject).toBe(
      '黑龙江—阿穆尔合作门户：请确认注册 / Портал сотрудничества Хэйлунцзян – Амур: подтвердите регистрацию',
    );
    for (const part of [letter!.text, letter!.html]) expect(part).toMatch(/您好！[\s\S]*确认码[\s\S]*Здравствуйте!/);
    const code = /^[\w-]{43}$/m.exec(letter!.text)![0];
    expect(letter!.html).toContain(code);
    expect(letter!.html).toMatch(/<div lang="zh-Hans">.*<hr><div lang="ru">/);
    expect(headerOf(letter!.raw, 'Auto-Submitted')).toBe('auto-generated');
    expect(headerOf(letter!.raw, 'Message-ID')).toMatch(/^<[0-9a-f-]{36}@hap\.example>$/);
    const confirmed = await portal.ask('/auth/registrations/confirmations', { method: 'POST', json: { token: code } });
    expect(confirmed.status).toBe(204);
  });

  it('is in the reader’s language alone where there is one', async () => {
    const [russian] = await letterTo(await register({ language: 'ru' }));
    expect(russian!.subject + russian!.text + russian!.html).not.toMatch(/\p{Script=Han}/u);
    const [chinese] = await letterTo(await register({ language: 'zh' }));
    expect(chinese!.subject + chinese!.text + chinese!.html).not.toMatch(/\p{Script=Cyrillic}/u);
  });

  it('waits sealed: the queue tells neither address nor code', async () => {
    const email = await register();
    const [letter] = await letterTo(email);
    await settled();
    const [job] = await jobsOf(portal, SEND);
    expect(job!.data).toContain('registration');
    expect(job!.data).not.toContain(email);
    expect(job!.data).not.toContain(/^[\w-]{43}$/m.exec(letter!.text)![0]);
  });

  it('D62 of a forgotten password makes the same job for every address, and a letter for a known one', async () => {
    const { email } = await insertAccount(portal, { roles: ['investor'] });
    await portal.sql(`delete from pgboss.job where name = 'account.password-reset'`);
    for (const one of [email, 'stranger@example.org']) {
      const answer = await portal.ask('/auth/password-resets', { method: 'POST', json: { email: one } });
      expect([answer.status, answer.text]).toEqual([202, '']);
    }
    const wishes = await jobsOf(portal, 'account.password-reset');
    expect(wishes).toHaveLength(2);
    for (const { data } of wishes) expect(data).not.toMatch(/example\.org/);
    await letterTo(email);
    await until('both wishes are dealt with', async () =>
      (await jobsOf(portal, 'account.password-reset')).every(({ state }) => state === 'completed'),
    );
    await settled();
    expect(inbox.taken.map(({ recipients }) => recipients)).toEqual([[email]]);
  });

  it('G100 goes to one reader and carries no header of somebody else’s', async () => {
    const group = `${Array.from({ length: 10_000 }, (_, n) => `a${n}@example.org`).join(',')}`;
    const bad = [
      'a@example.org\r\nBcc: b@example.org',
      '"a@evil.com x"@good.org',
      'a@example.org,b@example.org',
      group,
    ];
    for (const email of bad) {
      const json = { email, name: { ru: 'Анна' }, password: PASSWORD, side: 'ru' };
      const answers = [
        await portal.ask('/auth/registrations', { method: 'POST', json }),
        await portal.ask('/auth/password-resets', { method: 'POST', json: { email } }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    }
    expect(await jobsOf(portal, SEND)).toEqual([]);
    expect(inbox.taken).toEqual([]);
  });
});

describe('a server that does not take a letter', () => {
  it('is asked again where it says later (greylisting), and gets it once', async () => {
    const before = inbox.tries();
    const later = { at: 'RCPT', code: 451, says: '4.7.1 Greylisted, come back' } as const;
    inbox.trouble(later, later);
    const email = await register();
    expect(await letterTo(email)).toHaveLength(1);
    await settled();
    expect(inbox.tries() - before).toBe(3);
    expect(await jobsOf(portal, SEND)).toMatchObject([{ state: 'completed', retries: 2 }]);
    expect(inbox.taken).toHaveLength(1);
  });

  it.each([['RCPT'], ['DATA']] as const)('for good at %s is not asked again, and the job says why', async (at) => {
    const before = inbox.tries();
    inbox.trouble({ at, code: 550, says: '5.1.1 no such mailbox' });
    const email = await register();
    await settled();
    const [job] = await jobsOf(portal, SEND);
    expect(job).toMatchObject({
      state: 'failed',
      retries: 0,
      reason: expect.stringContaining('5.1.1 no such mailbox'),
    });
    expect(job!.reason).not.toContain(email);
    expect([inbox.tries() - before, inbox.taken.length]).toEqual([1, 0]);
  });

  it('because it is silent is left after a while, and gets it the next time', async () => {
    inbox.trouble('silence');
    const email = await register();
    expect(await letterTo(email)).toHaveLength(1);
    expect((await jobsOf(portal, SEND))[0]).toMatchObject({ retries: 1 });
  });

  it('because it is away gets it when it is back, once; nobody waits for that', async () => {
    await inbox.close();
    const email = await register();
    await until('the letter was tried', async () => {
      await hurry(portal);
      return Number((await jobsOf(portal, SEND))[0]!.retries) > 0;
    });
    expect((await jobsOf(portal, SEND))[0]!.reason).toContain('ECONNREFUSED');
    inbox = await startSmtp({ port });
    expect(await letterTo(email)).toHaveLength(1);
    await settled();
    expect(inbox.taken).toHaveLength(1);
  });
});

describe('a server that speaks TLS', () => {
  it('is spoken to under TLS, and only if it is who it says', async () => {
    const guarded = await startSmtp({ tls: true });
    const config = { jobs: 'in-process' };
    const strict = await startPortal({ template: 'portal_empty', config: { ...config, smtpUrl: guarded.url } });
    try {
      const email = await register({}, strict);
      await until('the letter was tried', async () =>
        (await jobsOf(strict, SEND)).some(({ state }) => state === 'retry'),
      );
      expect((await jobsOf(strict, SEND))[0]!.reason).toContain('certificate');
      expect(guarded.taken).toEqual([]);
      const smtpUrl = `${guarded.url}?tls.rejectUnauthorized=false`;
      const trusting = await startPortal({ databaseUrl: strict.databaseUrl, config: { ...config, smtpUrl } });
      try {
        await until('the letter is taken', async () => {
          await hurry(strict);
          return guarded.taken.length > 0;
        });
        expect(guarded.taken[0]).toMatchObject({ secure: true, recipients: [email] });
      } finally {
        await trusting.close();
      }
    } finally {
      await strict.close();
      await guarded.close();
    }
  });
});
