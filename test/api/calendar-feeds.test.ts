import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { accountOf, type SignedIn } from '../support/accounts.js';
import { actorOf } from '../support/actors.js';
import { Cooperation, seedId } from '../support/cadence.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';

const UNKNOWN = 'A'.repeat(43);

let portal: TestPortal;
let official: SignedIn;
let stranger: SignedIn;
let mechanism: string;
let internal: string;
beforeAll(async () => {
  portal = await startPortal();
  official = await accountOf(portal, { roles: ['official'], organizationKey: 'org-heihe-ftz' });
  stranger = await accountOf(portal, { roles: ['investor'] });
  const cooperation = new Cooperation(portal, await actorOf(portal, 'org-heihe-ftz'));
  mechanism = await cooperation.mechanism({});
  internal = await cooperation.meeting(mechanism, { audience: 'partners', heldOn: '2026-05-08' });
});
afterAll(() => portal.close());

const issue = (by: SignedIn, json: object): Promise<Answer> =>
  portal.ask('/me/calendar-feeds', { method: 'POST', json, headers: by.headers });

/** The feed as a calendar program asks for it: with nothing but its address. */
const read = async (url: string) => {
  const response = await fetch(url.replace('http://127.0.0.1:3000', portal.url));
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const idsIn = (text: string): string[] =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((event) => String(event.getFirstPropertyValue('uid')).split('@')[0]!);

describe('a private calendar', () => {
  it('G99 shows a program that cannot sign in what its owner may see, in the languages that its owner chose', async () => {
    const { body, status } = await issue(official, { language: 'ru', mechanism: { id: mechanism } });
    expect([status, body.mechanism.id, body.language]).toEqual([201, mechanism, 'ru']);
    const { status: found, text, headers } = await read(body.url);
    expect(found).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-language')).toBe('ru');
    expect(idsIn(text)).toEqual([internal]);
    expect(text).not.toContain(body.url.split('/').at(-2));
    const publicly = await portal.ask(`/mechanisms/${mechanism}/calendar.ics`);
    expect(idsIn(publicly.text)).toEqual([]);
  });

  it('A14 holds what the list shows its owner, over all mechanisms', async () => {
    const { body } = await issue(official, { language: 'all' });
    const ids = idsIn((await read(body.url)).text);
    expect(ids).toEqual(expect.arrayContaining([internal, await seedId(portal, 'meeting-tongjiang-executive-39')]));
    const other = await issue(stranger, { language: 'all' });
    expect(idsIn((await read(other.body.url)).text)).not.toContain(internal);
  });

  it('G99 is kept as a hash, told once, and gone when it is taken back', async () => {
    const { body } = await issue(official, { language: 'zh' });
    const secret = body.url.split('/').at(-2);
    const rows = await portal.sql('select * from calendar_feed');
    expect(JSON.stringify(rows)).not.toContain(secret);
    const list = await portal.ask('/me/calendar-feeds', { headers: official.headers });
    expect(list.text).not.toContain(secret);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
    const path = `/me/calendar-feeds/${body.id}`;
    expect((await portal.ask(path, { method: 'DELETE', headers: stranger.headers })).status).toBe(404);
    expect((await read(body.url)).status).toBe(200);
    expect((await portal.ask(path, { method: 'DELETE', headers: official.headers })).status).toBe(204);
    const gone = await read(body.url);
    const never = await read(body.url.replace(secret, UNKNOWN));
    expect([gone.status, never.status]).toEqual([404, 404]);
    const bare = (text: string) => text.replace(/"requestId":"[^"]*"/, '');
    expect(bare(gone.text)).toBe(bare(never.text));
    const trail = await portal.sql(`select action from audit where object_id = $1 order by seq`, [body.id]);
    expect(trail.map(({ action }) => action)).toEqual([
      'calendar-feed.create',
      'self.update.refused',
      'calendar-feed.revoke',
    ]);
    expect(JSON.stringify(await portal.sql('select * from audit'))).not.toContain(secret);
  });

  it('A18 ends with the account, and shows no more than the account may see now', async () => {
    const leaving = await accountOf(portal, { roles: ['official'], organizationKey: 'org-heihe-ftz' });
    const { body } = await issue(leaving, { language: 'all' });
    expect(idsIn((await read(body.url)).text)).toContain(internal);
    await portal.sql(`update account set roles = '{investor}', organization_id = null where id = $1`, [leaving.id]);
    expect(idsIn((await read(body.url)).text)).not.toContain(internal);
    await portal.sql(`update account set state = 'disabled' where id = $1`, [leaving.id]);
    expect((await read(body.url)).status).toBe(404);
  });

  it('is refused for a mechanism that its owner does not see, and beyond twenty', async () => {
    const hidden = await portal.sql(
      `update mechanism set audience = 'organization' where id = (select id from mechanism where id <> $1 limit 1) returning id`,
      [mechanism],
    );
    const [{ id }] = hidden as [{ id: string }];
    const refused = await issue(stranger, { language: 'zh', mechanism: { id } });
    expect([refused.status, refused.body.code]).toEqual([404, 'resource.reference-unseen']);
    const many = await accountOf(portal, { roles: ['investor'] });
    for (let n = 0; n < 20; n += 1) expect((await issue(many, { language: 'zh' })).status).toBe(201);
    const beyond = await issue(many, { language: 'zh' });
    expect([beyond.status, beyond.body.code]).toEqual([409, 'account.too-many-feeds']);
  });
});
