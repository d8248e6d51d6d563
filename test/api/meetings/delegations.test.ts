import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { castOf } from '../../support/cast.js';
import { Meetings, type Parties, partiesOf } from '../../support/meetings.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

const NAME = { zh: '代表团', ru: 'Делегация' };

let portal: TestPortal;
let parties: Parties;
let meetings: Meetings;
let meeting: string;
beforeAll(async () => {
  portal = await startPortal();
  parties = await partiesOf(portal);
  meetings = new Meetings(portal, parties);
  meeting = await meetings.confirmed({ audience: 'public' });
});
afterAll(() => portal?.close());

const said = ({ status, body }: Answer) => [status, body.code ?? body.status];

const delegation = (side: 'cn' | 'ru', more: object = {}) =>
  meetings.published('/delegations', parties[side].official, { meeting: { id: meeting }, side, name: NAME, ...more });

const delegate = (id: string, side: 'cn' | 'ru', more: object = {}) =>
  meetings.published('/delegates', parties[side].official, {
    ...{ delegation: { id }, name: { zh: '王文涛', ru: 'Ван Вэньтао' }, nameLatin: 'Wang Wentao', ...more },
  });

const create = (path: string, actor: object, json: object) =>
  portal.ask(path, { method: 'POST', actor: actor as never, json: { sourceLanguage: 'both', ...json } });

describe('a delegation', () => {
  it('is made up by each side for itself, also for the meeting of the other', async () => {
    const json = { meeting: { id: meeting }, side: 'cn', name: NAME };
    const foreign = await create('/delegations', parties.ru.official, json);
    expect([foreign.status, foreign.body.errors[0].pointer]).toEqual([400, '/side']);
    const own = await create('/delegations', parties.ru.official, { ...json, side: 'ru' });
    expect([own.status, own.body.audience, own.body.status, own.body.head]).toEqual([201, 'partners', 'forming', null]);
  });

  it('is told to the other side with exactly one head', async () => {
    const id = await delegation('ru', { name: { ru: 'Делегация Амурской области' } });
    const register = () => meetings.step(`/delegations/${id}/register`, parties.ru.official);
    expect(said(await register())).toEqual([409, 'delegation.head']);
    const head = await delegate(id, 'ru', { role: 'head', post: { ru: 'Губернатор' } });
    const second = await create('/delegates', parties.ru.official, {
      delegation: { id },
      name: { ru: 'Иванов' },
      role: 'head',
    });
    expect(said(second)).toEqual([409, 'delegation.head']);
    expect(said(await register())).toEqual([200, 'registered']);
    expect(said(await register())).toEqual([409, 'delegation.wrong-status']);
    const { body } = await portal.ask(`/delegations/${id}?lang=zh`, { actor: parties.cn.official });
    expect(body).toMatchObject({ head: { id: head, name: { zh: '王文涛' } }, delegates: [{ id: head, role: 'head' }] });
  });

  it('H115 gets one head of two who are named at once', async () => {
    const id = await delegation('cn');
    const make = () =>
      create('/delegates', parties.cn.official, { delegation: { id }, name: { zh: '李强' }, role: 'head' });
    const answers = await Promise.all(Array.from({ length: 6 }, make));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers) expect([201, 409]).toContain(answer.status);
  });

  it('A3 takes members from nobody but its own side', async () => {
    const id = await delegation('cn');
    const answer = await create('/delegates', parties.ru.official, { delegation: { id }, name: { ru: 'Чужой' } });
    expect(said(answer)).toEqual([403, 'auth.forbidden']);
    expect(said(await meetings.step(`/delegations/${id}/register`, parties.ru.secretariat))).toEqual([
      403,
      'auth.forbidden',
    ]);
  });
});

describe('the people of a delegation', () => {
  it('are told to partners at the widest', async () => {
    const cast = await castOf(portal);
    const id = await delegation('cn');
    const member = await delegate(id, 'cn', { role: 'head' });
    for (const path of [`/delegations/${id}`, `/delegates/${member}`]) {
      expect((await portal.ask(path)).status).toBe(404);
      expect((await portal.ask(path, { headers: cast.headersOf('investor') })).status).toBe(404);
      expect((await portal.ask(path, { actor: parties.ru.official })).status).toBe(200);
    }
    const anonymous = await portal.ask(`/meetings/${meeting}/delegations`);
    expect(anonymous.body.items).toMatchObject([
      { side: 'cn', delegations: [], counts: { members: 0 } },
      { side: 'ru', delegations: [], counts: { members: 0 } },
    ]);
    expect(anonymous.text).not.toMatch(/Wang|王文涛/);
    for (const path of ['/delegations', '/delegates']) expect((await portal.ask(path)).body.items).toEqual([]);
    const wider = await meetings.patch(`/delegates/${member}`, 'delegate', parties.cn.official, { audience: 'public' });
    expect([wider.status, wider.body.errors[0]]).toMatchObject([400, { pointer: '/audience', code: 'invalid-value' }]);
  });

  it('answer their invitations, and are replaced by members of the same delegation', async () => {
    const [id, other] = [await delegation('cn'), await delegation('cn')];
    const [head, deputy] = [await delegate(id, 'cn', { role: 'head' }), await delegate(id, 'cn', { role: 'deputy' })];
    const foreign = await delegate(other, 'cn');
    const answer = (delegateId: string, json: object, actor = parties.cn.official) =>
      meetings.step(`/delegates/${delegateId}/answer`, actor, json);
    expect((await answer(deputy, { invitation: 'accepted' })).body.invitation).toBe('accepted');
    expect((await answer(head, { invitation: 'substituted' })).status).toBe(400);
    const away = await answer(head, { invitation: 'substituted', substitute: { id: foreign } });
    expect([said(away), away.body.errors[0].pointer]).toEqual([[404, 'resource.reference-unseen'], '/substitute']);
    const replaced = await answer(head, { invitation: 'substituted', substitute: { id: deputy } });
    expect(replaced.body).toMatchObject({ invitation: 'substituted', substitute: { id: deputy } });
    const heads = await meetings.patch(`/delegates/${deputy}`, 'delegate', parties.cn.official, { role: 'head' });
    expect(heads.status).toBe(200);
    expect(said(await answer(head, { invitation: 'accepted' }))).toEqual([409, 'delegation.head']);
    expect(said(await answer(deputy, { invitation: 'declined' }, parties.ru.secretariat))).toEqual([
      403,
      'auth.forbidden',
    ]);
    const patched = await meetings.patch(`/delegates/${deputy}`, 'delegate', parties.cn.official, {
      invitation: 'declined',
    });
    expect([patched.status, patched.body.errors[0].code]).toEqual([400, 'set-by-step']);
  });

  it('have names in both scripts and Latin letters, and interpreters their languages', async () => {
    const id = await delegation('ru');
    const make = (more: object) =>
      create('/delegates', parties.ru.official, { delegation: { id }, name: { ru: 'Петров' }, ...more });
    expect((await make({ role: 'interpreter' })).body.errors[0]).toMatchObject({ pointer: '/interprets' });
    expect((await make({ interprets: ['zh'] })).body.errors[0]).toMatchObject({ pointer: '/interprets' });
    expect((await make({ nameLatin: 'Петров' })).body.errors[0]).toMatchObject({ pointer: '/nameLatin' });
    const made = await make({ role: 'interpreter', interprets: ['zh', 'ru'], nameLatin: "Pëtr O'Petrov" });
    expect([made.status, made.body.interprets]).toEqual([201, ['zh', 'ru']]);
  });

  it('are counted by side, and ticked off at the door once the meeting was held', async () => {
    const held = await meetings.confirmed();
    const of = async (side: 'cn' | 'ru') => {
      const id = await meetings.published('/delegations', parties[side].official, {
        meeting: { id: held },
        side,
        name: NAME,
      });
      const people = [
        await delegate(id, side, { role: 'head' }),
        await delegate(id, side, { role: 'interpreter', interprets: ['ru'] }),
      ];
      return { id, people };
    };
    const [cn, ru] = [await of('cn'), await of('ru')];
    const attend = (id: string, actor = parties.cn.official) =>
      meetings.step(`/delegates/${id}/attendance`, actor, { attended: 'yes' });
    expect(said(await attend(ru.people[0]!))).toEqual([409, 'meeting.wrong-status']);
    await meetings.step(`/meetings/${held}/hold`, parties.cn.official);
    // The host keeps the list for both sides; the guests keep their own.
    for (const id of [ru.people[0]!, cn.people[0]!]) expect((await attend(id)).body.attended).toBe('yes');
    expect((await attend(ru.people[1]!, parties.ru.official)).status).toBe(200);
    expect(said(await attend(cn.people[1]!, parties.ru.official))).toEqual([403, 'auth.forbidden']);
    const { body } = await portal.ask(`/meetings/${held}/delegations`, { actor: parties.ru.official });
    expect(body.items).toMatchObject([
      { side: 'cn', counts: { members: 2, interpreters: 1, invited: 2, attended: 1 }, delegations: [{ id: cn.id }] },
      {
        side: 'ru',
        counts: { members: 2, interpreters: 1, attended: 2 },
        delegations: [{ head: { id: ru.people[0] } }],
      },
    ]);
  });
});
