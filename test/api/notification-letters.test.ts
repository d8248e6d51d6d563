import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountOf, type SignedIn } from '../support/accounts.js';
import { actorOf } from '../support/actors.js';
import { Cooperation } from '../support/cadence.js';
import { headerOf, lettersIn, letterTo } from '../support/mailbox.js';
import { aboutMeeting as about, notify } from '../support/notify.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { runJob } from '../support/queue.js';

const dataFolder = mkdtempSync(join(tmpdir(), 'portal-letters-'));
let portal: TestPortal;
let cooperation: Cooperation;

beforeAll(async () => {
  portal = await startPortal({ config: { dataFolder, jobs: 'in-process' } });
  cooperation = new Cooperation(portal, await actorOf(portal, 'org-tongjiang-gov'));
});
afterAll(async () => {
  await portal?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const meeting = (more: object = {}) => cooperation.meeting(null, more);

const unread = async (person: SignedIn): Promise<number> =>
  (await portal.ask('/me/notifications/count', { headers: person.headers })).body.unread;
const wish = (person: SignedIn, items: object[]) =>
  portal.ask('/me/notification-preferences', { method: 'PATCH', headers: person.headers, json: { items } });

describe('a letter about it', () => {
  const unsubscribeOf = (raw: string): string => /^<(.*)>$/.exec(headerOf(raw, 'List-Unsubscribe'))![1]!;
  const pathOf = (url: string): string => url.slice(url.indexOf('/api/v1') + '/api/v1'.length);

  it('comes at once, and its kind is ended from the letter, by its reader alone and not by opening the link', async () => {
    const reader = await accountOf(portal, { roles: ['official'], organizationKey: 'org-eao-gov', language: 'zh' });
    const to = [{ accountIds: [reader.id] }];
    await notify(portal, about(await meeting({ title: { zh: '第七次会晤' } }), { to }));
    const letter = await letterTo(dataFolder, reader.email);
    expect(letter.subject).toMatch(/对方提议召开会议$/);
    expect(letter.text).toContain('第七次会晤');
    expect(headerOf(letter.raw, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    const url = unsubscribeOf(letter.raw);
    expect(letter.text).toContain(url);
    expect(letter.html).toContain(`<a href="${url}">`);
    const wishes = () =>
      portal.sql('select kind, portal, mail from notification_preference where account_id = $1', [reader.id]);
    const path = pathOf(url);
    for (const lang of ['zh', 'ru', 'all']) {
      const page = await portal.ask(`${path}&lang=${lang}`);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text).toMatch(/<form method="post"><button>/);
    }
    expect(await wishes()).toEqual([]);
    // As mail programs do it (RFC 8058): a form, no cookies, nobody signed in.
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    for (const times of [1, 2]) {
      const done = await portal.ask(path, { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' });
      expect([times, done.status]).toEqual([times, 200]);
    }
    expect(await wishes()).toEqual([{ kind: 'meeting.proposed', portal: true, mail: 'off' }]);
    await notify(portal, about(await meeting(), { to }));
    await notify(portal, about(await meeting(), { to, kind: 'meeting.changed' }));
    expect((await letterTo(dataFolder, reader.email, 2)).subject).toMatch(/会议安排有变动$/);
    expect(await unread(reader)).toBe(3);
  });

  it.each(['', '?credential=', '?credential=x', `?credential=${'0'.repeat(32)}.digest.${'A'.repeat(43)}`])(
    'is ended by no token that the portal has not made: %s',
    async (query) => {
      for (const method of ['GET', 'POST']) {
        const answer = await portal.ask(`/unsubscriptions${query}`, { method });
        expect([answer.status, answer.body.code]).toEqual([400, 'account.token-unknown']);
      }
    },
  );

  it('is not written to who has ended the kind, may not read the record or has no account meanwhile', async () => {
    const [ended, hidden, closed] = [
      await accountOf(portal, { roles: ['official'], organizationKey: 'org-amur-gov' }),
      await accountOf(portal, { roles: ['official'], organizationKey: 'org-amur-gov' }),
      await accountOf(portal, { roles: ['official'], organizationKey: 'org-amur-gov' }),
    ];
    for (const { headers } of [ended, hidden, closed]) {
      await portal.ask('/me/notification-preferences', {
        method: 'PATCH',
        headers,
        json: {
          items: [
            { kind: 'meeting.proposed', portal: true, mail: 'daily' },
            { kind: 'meeting.changed', portal: true, mail: 'daily' },
          ],
        },
      });
    }
    const to = [{ accountIds: [ended.id, hidden.id, closed.id] }];
    const [shown, kept] = [await meeting(), await meeting({ title: { ru: 'Тайная встреча' }, sourceLanguage: 'ru' })];
    await notify(portal, about(kept, { to }));
    await notify(portal, about(shown, { to, kind: 'meeting.changed' }));
    await wish(ended, [
      { kind: 'meeting.changed', portal: true, mail: 'off' },
      { kind: 'meeting.proposed', portal: true, mail: 'off' },
    ]);
    await portal.sql(`update account set state = 'disabled' where id = $1`, [closed.id]);
    await portal.sql(`update meeting set audience = 'organization' where id = $1`, [kept]);
    await runJob(portal, 'notification.digests');
    const letter = await letterTo(dataFolder, hidden.email);
    expect(letter.text).not.toContain('Тайная встреча');
    expect(letter.text).toContain('Встреча изменена');
    const pending = () =>
      portal.sql(
        `select id from notification where mail = 'daily' and mail_done_at is null and account_id = any ($1)`,
        [[ended.id, hidden.id, closed.id]],
      );
    for (let tries = 0; tries < 200 && (await pending()).length > 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await pending()).toEqual([]);
    const written = lettersIn(dataFolder).map(({ to: address }) => address);
    expect(written.some((address) => address.includes(ended.email) || address.includes(closed.email))).toBe(false);
  });

  it('is one a day where that is wished, with a way out of each kind and of all', async () => {
    const reader = await accountOf(portal, { roles: ['official'], organizationKey: 'org-eao-gov' });
    const daily = { portal: true, mail: 'daily' };
    await wish(reader, [
      { kind: 'meeting.proposed', ...daily },
      { kind: 'meeting.changed', ...daily },
    ]);
    const to = [{ accountIds: [reader.id] }];
    await notify(portal, about(await meeting({ title: { zh: '甲会', ru: 'Встреча А' } }), { to }));
    await notify(
      portal,
      about(await meeting({ title: { zh: '乙会', ru: 'Встреча Б' } }), { to, kind: 'meeting.changed' }),
    );
    await runJob(portal, 'notification.digests');
    const letter = await letterTo(dataFolder, reader.email);
    expect(letter.subject).toMatch(/每日通知汇总 \/ .*сводка/);
    expect(letter.text).toMatch(/甲会[\s\S]*乙会[\s\S]*Встреча А[\s\S]*Встреча Б/);
    const links = [...letter.text.matchAll(/https?:\/\/\S+credential=\S+/g)].map(([link]) => link);
    expect(new Set(links.map((link) => /\.([a-z.-]+)\./.exec(link.slice(link.indexOf('credential=')))![1]))).toEqual(
      new Set(['meeting.proposed', 'meeting.changed', 'digest']),
    );
    await runJob(portal, 'notification.digests');
    await notify(portal, about(await meeting(), { to, kind: 'meeting.confirmed' }));
    await letterTo(dataFolder, reader.email, 2);
    expect(lettersIn(dataFolder).filter(({ to: address }) => address.includes(reader.email))).toHaveLength(2);
    expect((await portal.ask(pathOf(unsubscribeOf(letter.raw)), { method: 'POST' })).status).toBe(200);
    const wishes = await portal.sql(
      'select kind, mail from notification_preference where account_id = $1 order by kind',
      [reader.id],
    );
    expect(wishes).toEqual([
      { kind: 'meeting.changed', mail: 'off' },
      { kind: 'meeting.proposed', mail: 'off' },
    ]);
  });
});
