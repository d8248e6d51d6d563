import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/kernel/actor.js';
import { NOTIFICATION_KINDS } from '../../src/kernel/notification-kinds.js';
import { accountOf, type SignedIn } from '../support/accounts.js';
import { actorOf } from '../support/actors.js';
import { Cooperation } from '../support/cadence.js';
import { letterTo } from '../support/mailbox.js';
import { aboutMeeting as about, notify } from '../support/notify.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { jobsOf } from '../support/queue.js';

type Person = SignedIn & { id: string; email: string };

const dataFolder = mkdtempSync(join(tmpdir(), 'portal-notifications-'));
let portal: TestPortal;
let owner: AccountActor;
let cooperation: Cooperation;
let official: Person;
let coordinator: Person;
let foreign: Person;
let translator: Person;
let investor: Person;

beforeAll(async () => {
  portal = await startPortal({ config: { dataFolder, jobs: 'in-process' } });
  owner = await actorOf(portal, 'org-tongjiang-gov');
  cooperation = new Cooperation(portal, owner);
  official = await accountOf(portal, { roles: ['official'], organizationKey: 'org-tongjiang-gov' });
  coordinator = await accountOf(portal, { roles: ['coordinator'], organizationKey: 'org-heihe-ftz' });
  foreign = await accountOf(portal, { roles: ['official'], organizationKey: 'org-eao-gov', language: 'ru' });
  translator = await accountOf(portal, { roles: ['translator'], side: 'ru', translatesInto: ['ru'] });
  investor = await accountOf(portal, { roles: ['investor'], side: 'cn' });
});
afterAll(async () => {
  await portal?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const meeting = (more: object = {}) => cooperation.meeting(null, more);

/** Who has been told about a record, by their names here. */
const toldOf = async (record: string): Promise<string[]> => {
  const rows = await portal.sql('select account_id from notification where record_id = $1 order by id', [record]);
  const names = new Map(
    Object.entries({ official, coordinator, foreign, translator, investor }).map(([name, { id }]) => [id, name]),
  );
  return rows.map((row) => names.get(row.account_id as string) ?? 'somebody else').sort();
};

const list = async (person: SignedIn, query = '') => {
  const answer = await portal.ask(`/me/notifications${query}`, { headers: person.headers });
  expect(answer.status).toBe(200);
  return answer.body;
};
const unread = async (person: SignedIn): Promise<number> =>
  (await portal.ask('/me/notifications/count', { headers: person.headers })).body.unread;
const post = (person: SignedIn, path: string, json?: object) =>
  portal.ask(path, { method: 'POST', headers: person.headers, ...(json && { json }) });
const wish = (person: SignedIn, items: object[]) =>
  portal.ask('/me/notification-preferences', { method: 'PATCH', headers: person.headers, json: { items } });

describe('who is told', () => {
  it('is everybody of one of the audiences, once, and not who caused it', async () => {
    const id = await meeting();
    const to = [
      { side: 'cn' },
      { roles: ['official'] },
      { translatesInto: 'ru' },
      { accountIds: [official.id] },
    ] as const;
    await notify(portal, about(id, { to: [...to], causedBy: official.id }));
    expect(await toldOf(id)).toEqual(['coordinator', 'foreign', 'investor', 'translator']);
    const [tongjiang] = await portal.sql(`select record_id as id from seed_row where key = 'org-tongjiang-gov'`);
    const other = await meeting();
    await notify(portal, about(other, { to: [{ organizationIds: [tongjiang!.id as string], roles: ['official'] }] }));
    expect(await toldOf(other)).toEqual(['official']);
  });

  it('is nobody where an audience states nothing, and nobody whose account is closed', async () => {
    const id = await meeting();
    await notify(portal, about(id, { to: [{}, { accountIds: [] }] }));
    await notify(portal, about(id, { to: [] }));
    expect(await toldOf(id)).toEqual([]);
    const gone = await accountOf(portal, { roles: ['official'], organizationKey: 'org-eao-gov' });
    await portal.sql(`update account set state = 'disabled' where id = $1`, [gone.id]);
    await notify(portal, about(id, { to: [{ accountIds: [gone.id] }] }));
    expect(await toldOf(id)).toEqual([]);
  });

  it.each([
    ['public', ['coordinator', 'foreign', 'investor', 'official', 'translator']],
    ['partners', ['coordinator', 'foreign', 'official', 'translator']],
    ['side', ['coordinator', 'official']],
    ['organization', ['coordinator', 'official']],
  ])('is only who may read it: a record for %s', async (audience, told) => {
    const id = await meeting({ audience });
    await notify(portal, about(id));
    expect(await toldOf(id)).toEqual(told);
  });

  it('is nobody of a record that is withdrawn or that there is none of', async () => {
    const id = await meeting();
    await portal.sql(`update meeting set state = 'withdrawn' where id = $1`, [id]);
    await notify(portal, about(id));
    await notify(portal, about('01900000-0000-7000-8000-00000000ffff'));
    expect(await toldOf(id)).toEqual([]);
  });

  it('is nobody, and nothing is sent, where what it tells of did not happen', async () => {
    const id = await meeting();
    const jobs = (await jobsOf(portal, 'notification.mail')).length;
    await notify(portal, about(id), true);
    expect(await toldOf(id)).toEqual([]);
    expect(await jobsOf(portal, 'notification.mail')).toHaveLength(jobs);
  });

  it('is told once of what has a key, however often and by however many it is told', async () => {
    const id = await meeting();
    const other = await startPortal({ databaseUrl: portal.databaseUrl });
    const told = about(id, { to: [{ accountIds: [official.id] }], key: 'deadline/1' });
    await Promise.all([notify(portal, told), notify(other, told)]);
    await notify(portal, told);
    expect(await toldOf(id)).toEqual(['official']);
    await notify(portal, { ...told, key: 'deadline/2' });
    await notify(portal, { ...told, kind: 'meeting.changed' });
    expect(await toldOf(id)).toEqual(['official', 'official', 'official']);
    await other.close();
  });
});

describe('what somebody is told', () => {
  it('is said in the languages asked for, and leads to the record', async () => {
    const id = await meeting({ title: { zh: '第五次会晤', ru: 'Пятая встреча' } });
    await notify(portal, about(id, { to: [{ accountIds: [official.id, foreign.id] }] }));
    const link = `/api/v1/meetings/${id}`;
    const [both] = (await list(official, '?limit=1')).items;
    expect(both).toMatchObject({ kind: 'meeting.proposed', readAt: null, about: { resource: 'meeting', id, link } });
    expect([both.text.zh, both.text.ru]).toEqual([
      expect.stringContaining('第五次会晤'),
      expect.stringContaining('Пятая встреча'),
    ]);
    const [chinese] = (await list(official, '?limit=1&lang=zh')).items;
    expect([Object.keys(chinese.title), Object.keys(chinese.text)]).toEqual([['zh'], ['zh']]);
    // The account prefers Russian.
    const [russian] = (await list(foreign, '?limit=1')).items;
    expect([Object.keys(russian.title), Object.keys(russian.text)]).toEqual([['ru'], ['ru']]);
    expect((await portal.ask(link.slice('/api/v1'.length), { headers: official.headers })).status).toBe(200);
  });

  it('names a record in its other language where it has no name in the one asked for', async () => {
    const id = await meeting({ title: { zh: '第六次会晤' }, sourceLanguage: 'zh' });
    await notify(portal, about(id, { to: [{ accountIds: [foreign.id] }] }));
    expect((await list(foreign, '?limit=1')).items[0].text.ru).toContain('第六次会晤');
  });

  it('E85 stands in it and in the letter as it was written', async () => {
    const written = '{{name}} $t(console:crashed) ${x} <%= %> <b>';
    const id = await meeting({ title: { ru: written }, sourceLanguage: 'ru' });
    await notify(portal, about(id, { to: [{ accountIds: [foreign.id] }] }));
    expect((await list(foreign, '?limit=1')).items[0].text.ru).toContain(`«${written}»`);
    const letter = await letterTo(dataFolder, foreign.email, 1, written);
    expect(letter.html).toContain('{{name}} $t(console:crashed) ${x} &lt;%= %&gt; &lt;b&gt;');
  });

  it('is not told any more once the reader may not read the record', async () => {
    const id = await meeting();
    await notify(portal, about(id, { to: [{ accountIds: [foreign.id] }] }));
    const before = await unread(foreign);
    await portal.sql(`update meeting set audience = 'organization' where id = $1`, [id]);
    expect(await unread(foreign)).toBe(before - 1);
    expect(
      (await list(foreign, '?limit=100')).items.some((one: { about: { id: string } }) => one.about.id === id),
    ).toBe(false);
  });

  it('comes newest first in pages, and is read one by one or all that were seen', async () => {
    const reader = await accountOf(portal, { roles: ['official'], organizationKey: 'org-amur-gov' });
    const ids = [await meeting(), await meeting(), await meeting()];
    for (const id of ids) await notify(portal, about(id, { to: [{ accountIds: [reader.id] }] }));
    const first = await list(reader, '?limit=2');
    const second = await list(reader, `?limit=2&cursor=${first.page.next}`);
    const all = [...first.items, ...second.items];
    expect(all.map((one: { about: { id: string } }) => one.about.id)).toEqual([...ids].reverse());
    expect(second.page.next).toBeNull();
    for (const times of [1, 2]) {
      expect([times, (await post(reader, `/me/notifications/${all[1].id}/read`)).status]).toEqual([times, 204]);
    }
    expect(await unread(reader)).toBe(2);
    expect((await list(reader, '?unread=true')).items.map((one: { id: string }) => one.id)).toEqual([
      all[0].id,
      all[2].id,
    ]);
    expect((await post(reader, '/me/notifications/read', { through: all[2].id })).status).toBe(204);
    expect((await list(reader, '?unread=true')).items.map((one: { id: string }) => one.id)).toEqual([all[0].id]);
    expect((await post(reader, '/me/notifications/read', { through: all[0].id })).status).toBe(204);
    expect(await unread(reader)).toBe(0);
  });

  it('A6 is nobody else’s to read or to mark', async () => {
    const id = await meeting();
    await notify(portal, about(id, { to: [{ accountIds: [official.id] }] }));
    const [mine] = (await list(official, '?limit=1')).items;
    expect((await post(foreign, `/me/notifications/${mine.id}/read`)).status).toBe(404);
    await post(foreign, '/me/notifications/read', { through: mine.id });
    expect((await list(official, '?limit=1')).items[0].readAt).toBeNull();
  });

  it.each(['?unread=perhaps', '?limit=0', '?cursor=x', '?state=unread'])(
    'is refused where %s is asked',
    async (query) => {
      const answer = await portal.ask(`/me/notifications${query}`, { headers: official.headers });
      expect(answer.status).toBe(400);
    },
  );
});

describe('how somebody wishes to be told', () => {
  it('is at once and in the portal where nothing was said, and otherwise as was said', async () => {
    const reader = await accountOf(portal, { roles: ['investor'] });
    const before = await portal.ask('/me/notification-preferences', { headers: reader.headers });
    expect(before.body.items).toEqual(NOTIFICATION_KINDS.map((kind) => ({ kind, portal: true, mail: 'at-once' })));
    const changed = await wish(reader, [
      { kind: 'meeting.changed', portal: false, mail: 'daily' },
      { kind: 'meeting.proposed', portal: false, mail: 'off' },
    ]);
    expect(changed.status).toBe(200);
    const stated = changed.body.items.filter(({ portal: shown }: { portal: boolean }) => !shown);
    expect(stated.map(({ kind, mail }: { kind: string; mail: string }) => [kind, mail])).toEqual([
      ['meeting.proposed', 'off'],
      ['meeting.changed', 'daily'],
    ]);
    const id = await meeting();
    await notify(portal, about(id, { to: [{ accountIds: [reader.id] }] }));
    expect(await portal.sql('select id from notification where account_id = $1', [reader.id])).toEqual([]);
    await notify(portal, about(id, { to: [{ accountIds: [reader.id] }], kind: 'meeting.changed' }));
    expect(await unread(reader)).toBe(0);
    await notify(portal, about(id, { to: [{ accountIds: [reader.id] }], kind: 'meeting.confirmed' }));
    expect(await unread(reader)).toBe(1);
  });

  it.each([
    [[{ kind: 'meeting.unheard', portal: true, mail: 'off' }], '/items/0/kind', 'unknown-code'],
    [[{ kind: 'meeting.changed', portal: true, mail: 'weekly' }], '/items/0/mail', 'unknown-code'],
    [[{ kind: 'meeting.changed', portal: 'yes', mail: 'off' }], '/items/0/portal', 'wrong-type'],
    [[{ kind: 'meeting.changed', mail: 'off' }], '/items/0/portal', 'required'],
  ])('is refused where it is %j', async (items, pointer, code) => {
    const answer = await wish(official, items);
    expect([answer.status, answer.body.errors[0]]).toEqual([400, expect.objectContaining({ pointer, code })]);
  });
});
