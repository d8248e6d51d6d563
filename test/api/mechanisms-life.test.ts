import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor, Side } from '../../src/kernel/actor.js';
import { accountOf } from '../support/accounts.js';
import { seedId } from '../support/cadence.js';
import { Meetings, type Parties, partiesOf } from '../support/meetings.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';

const NAME = { zh: '跨合区联合管委会', ru: 'Совместная администрация зоны' };
const WHY = { zh: '任务已经完成', ru: 'Задачи выполнены' };

let portal: TestPortal;
let parties: Parties;
let meetings: Meetings;
beforeAll(async () => {
  portal = await startPortal();
  parties = await partiesOf(portal);
  meetings = new Meetings(portal, parties);
});
afterAll(() => portal?.close());

const said = ({ status, body }: Answer) => [status, body.code ?? body.status];
const fault = ({ status, body }: Answer) => [status, body.errors?.[0]?.pointer, body.errors?.[0]?.code];

const mechanism = (more: object = {}): Promise<string> =>
  meetings.published('/mechanisms', parties.cn.official, {
    ...{
      sourceLanguage: 'zh',
      name: NAME,
      kind: 'joint-committee',
      status: 'sought',
      sides: ['cn', 'ru'],
      audience: 'partners',
      ...more,
    },
  });

type Step = { on?: string; reason?: object; actor?: AccountActor; version?: number; lang?: string };

const take = (id: string, act: string, side: Side, { on = '2026-05-01', ...more }: Step = {}): Promise<Answer> => {
  const json = { side, on, ...(more.reason && { reason: more.reason }) };
  const path = `/mechanisms/${id}/${act}${more.lang ? `?lang=${more.lang}` : ''}`;
  return meetings.step(path, more.actor ?? parties[side].secretariat, json, more.version);
};

const lifeOf = async (id: string, actor = parties.ru.official, query = '') =>
  (await portal.ask(`/mechanisms/${id}/life${query}`, { actor })).body;

describe('a body of both sides', () => {
  it('0-18 is planned, agreed and founded by both, the consent of one seen by the other', async () => {
    const id = await mechanism();
    const one = await take(id, 'agree', 'cn', { on: '2026-03-01' });
    expect(said(one)).toEqual([200, 'sought']);
    const seen = await lifeOf(id);
    expect(seen).toMatchObject({
      status: 'sought',
      sides: [
        { side: 'cn', consent: { act: 'agree', on: '2026-03-01', organization: { id: expect.any(String) } } },
        { side: 'ru', consent: null },
      ],
      open: [{ act: 'agree', leadsTo: 'agreed', awaited: ['ru'] }],
    });
    const two = await take(id, 'agree', 'ru', { on: '2026-03-05' });
    expect(two.body).toMatchObject({ status: 'agreed', statusOn: '2026-03-05' });
    await take(id, 'found', 'ru', { on: '2026-04-01' });
    expect(said(await take(id, 'found', 'cn', { on: '2026-04-01' }))).toEqual([200, 'active']);
    const { history, open } = await lifeOf(id);
    expect(history.map(({ status, on }: { status: string; on: string }) => [status, on])).toEqual([
      ['sought', null],
      ['agreed', '2026-03-05'],
      ['active', '2026-04-01'],
    ]);
    expect(history[2].consents.map(({ side }: { side: string }) => side)).toEqual(['cn', 'ru']);
    expect(open.map(({ act }: { act: string }) => act)).toEqual(['rest', 'end']);
    const record = await portal.ask(`/mechanisms/${id}`, { actor: parties.ru.official });
    expect(record.body).toMatchObject({ status: 'active', statusOn: '2026-04-01', consents: [] });
  });

  it('H114 is agreed by both at once with the same version: one transition, two consents', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await mechanism();
      const version = await meetings.version('mechanism', id);
      const answers = await Promise.all([take(id, 'agree', 'cn', { version }), take(id, 'agree', 'ru', { version })]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers.map(({ body }) => body.status).sort()).toEqual(['agreed', 'sought']);
      const { history, version: now } = await lifeOf(id);
      expect([history.length, now]).toEqual([2, version + 2]);
      expect(history[1].consents.map(({ side }: { side: string }) => side)).toEqual(['cn', 'ru']);
      expect((await meetings.trail(id)).filter((action) => action === 'mechanism.agree')).toHaveLength(2);
    }
  });

  it('H114 takes ten consents of one side for one', async () => {
    const id = await mechanism();
    const version = await meetings.version('mechanism', id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => take(id, 'agree', 'cn', { version })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'mechanism.consented-already')).toHaveLength(9);
    expect((await lifeOf(id)).status).toBe('sought');
  });

  it('A17 is not consented to for the other side, which the trail remembers', async () => {
    const id = await mechanism();
    const foreign = await take(id, 'agree', 'ru', { actor: parties.cn.secretariat });
    expect([...said(foreign), ...fault(foreign)]).toEqual([
      ...[403, 'auth.forbidden'],
      ...[403, '/side', 'not-yours-to-write'],
    ]);
    expect(said(await take(id, 'agree', 'cn', { actor: parties.cn.official }))).toEqual([403, 'auth.forbidden']);
    const refused = (await meetings.trail(id)).filter((action) => action.endsWith('.refused'));
    expect(refused).toHaveLength(2);
    expect((await lifeOf(id)).sides).toMatchObject([{ consent: null }, { consent: null }]);
  });

  it('lets either side say that it rests, with a reason, and asks both to resume it', async () => {
    const id = await mechanism({ status: 'active', statusOn: '2026-01-15' });
    expect(fault(await take(id, 'rest', 'ru'))).toEqual([400, '/reason', 'required']);
    expect(said(await take(id, 'rest', 'ru', { reason: WHY }))).toEqual([200, 'dormant']);
    expect(said(await take(id, 'resume', 'ru'))).toEqual([200, 'dormant']);
    expect(said(await take(id, 'resume', 'cn'))).toEqual([200, 'active']);
    const { history } = await lifeOf(id, parties.cn.official, '?lang=zh');
    expect(history.map(({ status }: { status: string }) => status)).toEqual(['active', 'dormant', 'active']);
    expect(history[1].consents).toMatchObject([{ side: 'ru', reason: { zh: WHY.zh } }]);
    expect(history[1].consents[0].reason).not.toHaveProperty('ru');
  });

  it('is ended by both, and then for good', async () => {
    const id = await mechanism({ status: 'active' });
    expect(said(await take(id, 'end', 'cn', { reason: WHY }))).toEqual([200, 'active']);
    expect(said(await take(id, 'end', 'ru'))).toEqual([200, 'ended']);
    for (const act of ['agree', 'found', 'rest', 'resume', 'end'])
      expect(said(await take(id, act, 'cn', { reason: WHY }))).toEqual([409, 'mechanism.wrong-status']);
  });

  it('has dates in their order, none ahead of today', async () => {
    const id = await mechanism({ status: 'agreed', statusOn: '2026-02-01' });
    expect(fault(await take(id, 'found', 'cn', { on: '2026-01-31' }))).toEqual([400, '/on', 'order-of-dates']);
    const ahead = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    expect(fault(await take(id, 'found', 'cn', { on: ahead }))).toEqual([400, '/on', 'date-ahead']);
    expect(fault(await take(id, 'found', 'cn', { on: '2026-02-30' }))).toEqual([400, '/on', 'invalid-date']);
  });

  it('waits until the other side sees the record', async () => {
    const hidden = await mechanism({ audience: 'side' });
    expect(said(await take(hidden, 'agree', 'cn'))).toEqual([409, 'mechanism.not-shared']);
    expect(said(await take(hidden, 'agree', 'ru'))).toEqual([404, 'resource.not-found']);
  });

  it('H107 drops a consent with another description, and does not overlook the change', async () => {
    const id = await mechanism();
    const version = await meetings.version('mechanism', id);
    await take(id, 'agree', 'cn');
    const patch = (json: object) => meetings.patch(`/mechanisms/${id}`, 'mechanism', parties.cn.official, json);
    expect((await patch({ summary: { zh: '统一协调' } })).body.consents).toHaveLength(1);
    expect((await patch({ kind: 'leaders-meeting' })).body.consents).toEqual([]);
    expect(said(await take(id, 'agree', 'ru', { version }))).toEqual([412, 'resource.stale']);
  });

  it('tells the side that is waited for, and both of what comes of it', async () => {
    const person = (organizationKey: string) => accountOf(portal, { roles: ['coordinator'], organizationKey });
    const people = { cn: await person('org-heihe-ftz'), ru: await person('org-amur-gov') };
    const id = await mechanism();
    const told = async () => {
      const rows = await portal.sql('select kind, account_id as who from notification where record_id = $1', [id]);
      return rows.map(({ kind, who }) => `${kind} ${who === people.cn.id ? 'cn' : 'ru'}`).sort();
    };
    await take(id, 'agree', 'cn');
    expect(await told()).toEqual(['mechanism.consent-awaited ru']);
    await take(id, 'agree', 'ru');
    expect(await told()).toEqual(['mechanism.changed cn', 'mechanism.changed ru', 'mechanism.consent-awaited ru']);
  });
});

describe('a body of one side', () => {
  it('is advanced by that side alone, by its secretariat or whoever keeps the record', async () => {
    const id = await mechanism({ sides: ['cn', 'other'], kind: 'leading-group' });
    expect(said(await take(id, 'agree', 'ru'))).toEqual([403, 'auth.forbidden']);
    expect(said(await take(id, 'agree', 'cn', { actor: parties.cn.official }))).toEqual([200, 'agreed']);
    expect(said(await take(id, 'found', 'cn'))).toEqual([200, 'active']);
    expect(said(await take(id, 'end', 'cn', { reason: WHY }))).toEqual([200, 'ended']);
  });
});

describe('the status of a mechanism', () => {
  it('is set by steps and by no patch, and begins where the documents show it', async () => {
    const id = await mechanism({ status: 'active', statusOn: '2019-12-02' });
    const patch = (json: object) => meetings.patch(`/mechanisms/${id}`, 'mechanism', parties.cn.official, json);
    expect(fault(await patch({ status: 'ended' }))).toEqual([400, '/status', 'set-by-step']);
    expect(fault(await patch({ statusOn: '2020-01-01' }))).toEqual([400, '/statusOn', 'set-by-step']);
    expect(await lifeOf(id)).toMatchObject({ history: [{ status: 'active', on: '2019-12-02', consents: [] }] });
    const json = { name: NAME, kind: 'joint-committee', status: 'active', sourceLanguage: 'zh' };
    const consents = [{ side: 'ru', act: 'agree', on: '2026-01-01', at: '2026-01-01T00:00:00Z', version: 1 }];
    const forged = await portal.ask('/mechanisms', {
      method: 'POST',
      actor: parties.cn.official,
      json: { ...json, consents },
    });
    expect(fault(forged)).toEqual([400, '/consents', 'set-by-step']);
  });

  it('A17 is not won by writing the other side out of the body', async () => {
    const id = await mechanism({ status: 'agreed' });
    const patch = (sides: string[]) => meetings.patch(`/mechanisms/${id}`, 'mechanism', parties.cn.official, { sides });
    expect(said(await patch(['cn']))).toEqual([409, 'mechanism.sides-settled']);
    expect((await patch(['cn', 'ru', 'other'])).status).toBe(200);
  });

  it('3-02 keeps the guard of regular meetings quiet after rest and end', async () => {
    const cadence = { kind: 'rule', rule: 'FREQ=MONTHLY', timeZone: 'Asia/Shanghai', startsOn: '2026-01-01' };
    const id = await mechanism({ status: 'active', statusOn: '2026-01-01', cadence });
    const missed = async () => {
      const { body } = await portal.ask(`/mechanisms/${id}`, { actor: parties.cn.official });
      const bad = ({ status }: { status: string }) => status === 'missed' || status === 'due';
      return body.cadenceGuard.periods.filter(bad).length;
    };
    expect(await missed()).toBeGreaterThan(0);
    await take(id, 'rest', 'cn', { on: '2026-01-02', reason: WHY });
    expect(await missed()).toBeLessThanOrEqual(1);
    await take(id, 'end', 'cn', { on: '2026-01-02', reason: WHY });
    await take(id, 'end', 'ru', { on: '2026-01-02' });
    expect(await missed()).toBeLessThanOrEqual(1);
  });
});

describe('seats in a mechanism', () => {
  const seat = (id: string, more: object = {}) =>
    portal.ask('/memberships', {
      method: 'POST',
      actor: parties.cn.official,
      json: {
        ...{ sourceLanguage: 'zh', mechanism: { id }, organization: { id: parties.cn.official.organizationId } },
        ...{ side: 'cn', role: 'deputy', post: { zh: '副市长' }, ...more },
      },
    });

  it('0-19 are held by one post once at a time, by an organization through several posts', async () => {
    const id = await mechanism({ status: 'active' });
    expect((await seat(id, { since: '2020-01-01', until: '2023-06-30' })).status).toBe(201);
    expect(said(await seat(id, { since: '2023-06-30' }))).toEqual([409, 'membership.overlap']);
    expect((await seat(id, { since: '2023-07-01' })).status).toBe(201);
    expect(said(await seat(id))).toEqual([409, 'membership.overlap']);
    expect((await seat(id, { post: { zh: '市委常委' } })).status).toBe(201);
    expect((await seat(id, { role: 'member' })).status).toBe(201);
    expect(fault(await seat(id, { since: '2024-01-02', until: '2024-01-01' }))).toEqual([
      ...[400, '/until', 'order-of-dates'],
    ]);
  });

  it('H115 are taken by one of two who write the same one at once', async () => {
    const id = await mechanism({ status: 'active' });
    const answers = await Promise.all([seat(id), seat(id), seat(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('say who sat on a day', async () => {
    const id = await mechanism({ status: 'active' });
    const first = await seat(id, { since: '2020-01-01', until: '2023-06-30' });
    const second = await seat(id, { since: '2023-07-01' });
    const on = async (day: string) => {
      const path = `/mechanisms/${id}/members?on=${day}`;
      const { body } = await portal.ask(path, { actor: parties.cn.official });
      return body.items.map((item: { id: string }) => item.id);
    };
    expect(await on('2023-06-30')).toEqual([first.body.id]);
    expect(await on('2024-01-01')).toEqual([second.body.id]);
    expect(await on('2019-12-31')).toEqual([]);
    const again = await portal.ask(`/mechanisms/${id}/members?mechanism=${id}`, { actor: parties.cn.official });
    expect(again.body).toMatchObject({ status: 400, errors: [{ parameter: 'mechanism', code: 'not-a-filter' }] });
    const group = await seedId(portal, 'mech-tj-leading-group');
    const listed = await portal.ask(`/mechanisms/${group}/members?on=2024-01-01&count=true&limit=1`);
    expect(listed.body.page.total).toBeGreaterThan(20);
  });
});
