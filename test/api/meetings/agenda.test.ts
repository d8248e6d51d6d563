import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meetings, type Parties, partiesOf } from '../../support/meetings.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

const REASON = { zh: '材料尚未备齐' };

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
type Line = { id: string; number: string; status: string; lacks: string[]; marks: object[]; version: number };

describe('an item', () => {
  it('is proposed by either side in its own language, and belongs to whoever proposes it', async () => {
    const meeting = await meetings.proposed();
    const answer = await meetings.propose(meeting, 'ru', { durationMinutes: 20 });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/api/v1/agenda-items/${answer.body.id}`);
    expect(answer.body).toMatchObject({
      ...{ state: 'published', status: 'proposed', audience: 'partners', sourceLanguage: 'ru', position: 1 },
      ...{ owner: { id: parties.ru.official.organizationId }, proposedBy: { id: parties.ru.official.organizationId } },
      languages: { zh: { state: 'missing', missing: ['title'] }, ru: { state: 'source' } },
    });
    expect((await meetings.propose(meeting, 'cn')).body).toMatchObject({ sourceLanguage: 'zh', position: 2 });
    expect((await portal.ask(`/agenda-items/${answer.body.id}`)).status).toBe(404);
    const { body } = await meetings.agenda(meeting);
    expect(body.items.map(({ number, lacks }: Line) => [number, lacks])).toEqual([
      ['1', ['zh']],
      ['2', ['ru']],
    ]);
    expect(body).toMatchObject({ totalMinutes: 20, acceptedMinutes: 0, availableMinutes: 120, frozenAt: null });
  });

  it('can also be recorded as a draft for the meeting of others, and is proposed by its publication', async () => {
    const meeting = await meetings.proposed();
    const id = await meetings.published('/agenda-items', parties.ru.official, {
      ...{ meeting: { id: meeting }, position: 1, title: { ru: 'Туризм' }, audience: 'partners', sourceLanguage: 'ru' },
    });
    expect((await meetings.agenda(meeting)).body.items).toMatchObject([{ id, status: 'proposed' }]);
  });

  it('is accepted when both secretariats accept it', async () => {
    const meeting = await meetings.proposed();
    const item = await meetings.item(meeting, 'ru');
    const first = await meetings.answer(item, 'cn', 'accepted');
    expect(first.body).toMatchObject({ status: 'proposed', answers: [{ side: 'cn', answer: 'accepted', version: 3 }] });
    expect(said(await meetings.answer(item, 'cn', 'accepted'))).toEqual([409, 'agenda.answered-already']);
    expect(said(await meetings.answer(item, 'ru', 'accepted'))).toEqual([200, 'accepted']);
    const { body } = await portal.ask(`/agenda-items/${item}/history`, { actor: parties.cn.official });
    expect(body.items[0].changes.map(({ field }: { field: string }) => field)).toEqual(['status', 'answers']);
    const [entry] = await portal.sql('select fields from feed_entry where record_id = $1 order by seq desc limit 1', [
      item,
    ]);
    expect(entry!.fields).toEqual(['answers', 'status']);
  });

  it('is declined by one side with a reason in its language, and never without one', async () => {
    const meeting = await meetings.proposed();
    const item = await meetings.item(meeting, 'ru');
    const without = await meetings.answer(item, 'cn', 'declined');
    expect([without.status, without.body.errors[0]]).toMatchObject([400, { pointer: '/reason', code: 'required' }]);
    const declined = await meetings.answer(item, 'cn', 'declined', REASON);
    expect(declined.body).toMatchObject({ status: 'declined', answers: [{ side: 'cn', reason: REASON }] });
    expect(said(await meetings.answer(item, 'ru', 'accepted'))).toEqual([409, 'agenda.wrong-status']);
  });

  it('A17 is answered by no side for the other, and by no official', async () => {
    const meeting = await meetings.proposed();
    const item = await meetings.item(meeting, 'cn');
    const path = `/agenda-items/${item}/answer`;
    const json = { side: 'ru', answer: 'accepted' };
    expect(said(await meetings.step(path, parties.cn.secretariat, json))).toEqual([403, 'auth.forbidden']);
    expect(said(await meetings.step(path, parties.ru.official, json))).toEqual([403, 'auth.forbidden']);
    expect((await meetings.trail(item)).slice(-2)).toEqual([
      'agenda-item.answer.refused',
      'agenda-item.answer.refused',
    ]);
    const record = await portal.ask(`/agenda-items/${item}`, { actor: parties.cn.official });
    expect(record.body).toMatchObject({ status: 'proposed', answers: [] });
  });

  it('H114 is accepted by both sides at once: one transition, two answers', async () => {
    const meeting = await meetings.proposed();
    for (let round = 0; round < 5; round += 1) {
      const item = await meetings.item(meeting, 'cn');
      const sides = ['cn', 'ru'] as const;
      const answers = await Promise.all(sides.map((side) => meetings.answer(item, side, 'accepted', undefined, 2)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const { body } = await portal.ask(`/agenda-items/${item}`, { actor: parties.cn.official });
      expect(body).toMatchObject({ status: 'accepted', version: 4, answers: [{ side: 'cn' }, { side: 'ru' }] });
    }
  });

  it('is asked about anew when it is reworded, and not when it is translated', async () => {
    const meeting = await meetings.proposed();
    const item = await meetings.accepted(meeting, 'ru');
    const patch = (json: object) => meetings.patch(`/agenda-items/${item}`, 'agenda_item', parties.ru.official, json);
    expect((await patch({ title: { zh: '大桥和口岸' } })).body).toMatchObject({ status: 'accepted' });
    expect((await patch({ title: { ru: 'Мост' } })).body).toMatchObject({ status: 'proposed', answers: [] });
  });

  it('is discussed once the meeting was held, if it was accepted', async () => {
    const meeting = await meetings.confirmed();
    const [accepted, proposed] = [await meetings.accepted(meeting, 'cn'), await meetings.item(meeting, 'cn')];
    const discuss = (item: string) => meetings.step(`/agenda-items/${item}/discuss`, parties.ru.secretariat);
    expect(said(await discuss(accepted))).toEqual([409, 'meeting.wrong-status']);
    await meetings.step(`/meetings/${meeting}/hold`, parties.cn.official);
    expect(said(await discuss(accepted))).toEqual([200, 'discussed']);
    expect(said(await discuss(proposed))).toEqual([409, 'agenda.wrong-status']);
    expect(said(await meetings.propose(meeting, 'ru'))).toEqual([409, 'meeting.wrong-status']);
  });

  it('B28 takes state and answers from no patch and no new record', async () => {
    const meeting = await meetings.proposed();
    const item = await meetings.item(meeting, 'cn');
    for (const json of [{ status: 'accepted' }, { answers: [] }, { deferredFrom: { id: item } }, { marks: [] }]) {
      const answer = await meetings.patch(`/agenda-items/${item}`, 'agenda_item', parties.cn.official, json);
      expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'set-by-step']);
    }
    const json = {
      sourceLanguage: 'zh',
      meeting: { id: meeting },
      position: 1,
      title: { zh: '题' },
      status: 'accepted',
    };
    const made = await portal.ask('/agenda-items', { method: 'POST', actor: parties.cn.official, json });
    expect([made.status, made.body.errors[0].code]).toEqual([400, 'set-by-step']);
  });

  it('A8 is put to no meeting that the proposer does not see', async () => {
    const hidden = await meetings.meeting({ audience: 'side' });
    expect(said(await meetings.propose(hidden, 'ru'))).toEqual([404, 'resource.not-found']);
    expect(await portal.sql('select 1 from agenda_item where meeting_id = $1', [hidden])).toEqual([]);
  });

  it('A2 stands below no item of another meeting', async () => {
    const [own, other] = [await meetings.proposed(), await meetings.proposed()];
    const foreign = await meetings.item(other, 'cn');
    const answer = await meetings.propose(own, 'ru', { parent: { id: foreign } });
    expect([said(answer), answer.body.errors[0].pointer]).toEqual([[404, 'resource.reference-unseen'], '/parent']);
    expect(await portal.sql('select 1 from agenda_item where meeting_id = $1', [own])).toEqual([]);
  });
});

describe('the order of an agenda', () => {
  const order = (meeting: string, items: object[], more: object = {}, actor = parties.cn.official) =>
    meetings.step(`/meetings/${meeting}/agenda/order`, actor, { items, ...more });

  it('is arranged by the owner of the meeting, items of the other side included', async () => {
    const meeting = await meetings.proposed();
    const [a, b, c] = [
      await meetings.item(meeting, 'cn'),
      await meetings.item(meeting, 'ru'),
      await meetings.item(meeting, 'ru'),
    ];
    const answer = await order(meeting, [
      { item: { id: b }, position: 1, durationMinutes: 30 },
      { item: { id: a }, position: 2 },
      { item: { id: c }, parent: { id: b }, position: 1, durationMinutes: 10 },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.items.map(({ id, number, level }: Record<string, unknown>) => [id, number, level])).toEqual([
      [b, '1', 1],
      [c, '1.1', 2],
      [a, '2', 1],
    ]);
    expect(answer.body.totalMinutes).toBe(30);
    const same = await order(meeting, [{ item: { id: a }, position: 2 }], {}, parties.ru.secretariat);
    expect(same.status).toBe(200);
    expect(said(await order(meeting, [{ item: { id: a }, position: 1 }], {}, parties.ru.official))).toEqual([
      403,
      'auth.forbidden',
    ]);
  });

  it('H114 is arranged while its items are answered, and nobody waits in vain', async () => {
    const deadlocks = async () => {
      const [row] = await portal.sql('select deadlocks from pg_stat_database where datname = current_database()');
      return row!.deadlocks;
    };
    const before = await deadlocks();
    for (let round = 0; round < 4; round += 1) {
      const meeting = await meetings.proposed();
      const items = [await meetings.item(meeting, 'cn'), await meetings.item(meeting, 'ru')];
      const places = items.map((id, n) => ({ item: { id }, position: 7 - n }));
      const answers = await Promise.all([
        ...items.map((id) => meetings.answer(id, 'cn', 'accepted')),
        order(meeting, places),
        order(meeting, places.toReversed(), {}, parties.ru.secretariat),
        ...items.map((id) => meetings.answer(id, 'ru', 'accepted')),
      ]);
      for (const { status } of answers) expect([200, 412]).toContain(status);
    }
    expect(await deadlocks()).toBe(before);
  });

  it('A7 holds no item of another meeting', async () => {
    const [own, other] = [await meetings.proposed(), await meetings.proposed()];
    const [item, foreign] = [await meetings.item(own, 'cn'), await meetings.item(other, 'cn')];
    for (const [named, pointer] of [
      [{ item: { id: foreign }, position: 1 }, '/items/0/item'],
      [{ item: { id: item }, parent: { id: foreign }, position: 1 }, '/items/0/parent'],
      [{ item: { id: '01900000-0000-7000-8000-00000000ffff' }, position: 1 }, '/items/0/item'],
    ] as const) {
      const answer = await order(own, [named]);
      expect([said(answer), answer.body.errors[0].pointer]).toEqual([[404, 'resource.reference-unseen'], pointer]);
    }
  });

  it('has no item above itself, and none twice', async () => {
    const meeting = await meetings.proposed();
    const [a, b] = [await meetings.item(meeting, 'cn'), await meetings.item(meeting, 'cn')];
    const circle = [
      { item: { id: a }, parent: { id: b }, position: 1 },
      { item: { id: b }, parent: { id: a }, position: 1 },
    ];
    expect((await order(meeting, circle)).status).toBe(400);
    expect((await order(meeting, [circle[0]!, circle[0]!])).status).toBe(400);
    const own = await meetings.patch(`/agenda-items/${a}`, 'agenda_item', parties.cn.official, { parent: { id: a } });
    expect([own.status, own.body.errors[0].pointer]).toEqual([400, '/parent']);
  });
});

describe('a confirmed agenda', () => {
  const frozen = async () => {
    const meeting = await meetings.proposed();
    const [a, b] = [
      await meetings.accepted(meeting, 'cn', { title: { zh: '甲', ru: 'Первый' } }),
      await meetings.accepted(meeting, 'ru'),
    ];
    expect((await meetings.confirmAgenda(meeting, 'cn')).body.frozenAt).toBeNull();
    const last = await meetings.confirmAgenda(meeting, 'ru');
    expect([last.status, last.body.frozenAt]).toEqual([200, expect.any(String)]);
    return { meeting, a, b };
  };

  it('A17 is confirmed by each side for itself, as it was read, with every question answered', async () => {
    const meeting = await meetings.proposed();
    const item = await meetings.item(meeting, 'cn');
    expect(said(await meetings.confirmAgenda(meeting, 'cn'))).toEqual([409, 'agenda.not-settled']);
    await meetings.answer(item, 'cn', 'accepted');
    const { revision } = (await meetings.agenda(meeting)).body;
    await meetings.answer(item, 'ru', 'accepted');
    expect(said(await meetings.confirmAgenda(meeting, 'cn', revision))).toEqual([409, 'agenda.changed']);
    const json = { side: 'ru', revision };
    const foreign = await meetings.step(`/meetings/${meeting}/agenda/confirm`, parties.cn.secretariat, json);
    expect(said(foreign)).toEqual([403, 'auth.forbidden']);
    expect((await meetings.trail(meeting)).at(-1)).toBe('meeting.confirm.refused');
  });

  it('is asked about anew when it changes before both sides have confirmed it', async () => {
    const meeting = await meetings.proposed();
    await meetings.accepted(meeting, 'cn');
    await meetings.confirmAgenda(meeting, 'cn');
    await meetings.accepted(meeting, 'ru');
    const { sides } = (await meetings.agenda(meeting)).body;
    expect(sides).toMatchObject([
      { side: 'cn', state: 'dropped', droppedFor: ['agenda'] },
      { side: 'ru', state: 'awaited' },
    ]);
  });

  it('is not moved in silence', async () => {
    const { meeting, a } = await frozen();
    const moved = await meetings.patch(`/agenda-items/${a}`, 'agenda_item', parties.cn.official, { position: 9 });
    expect([said(moved), moved.body.errors[0].pointer]).toEqual([[409, 'agenda.frozen'], '/position']);
    const items = [{ item: { id: a }, position: 9 }];
    const silent = await meetings.step(`/meetings/${meeting}/agenda/order`, parties.cn.official, { items });
    expect(said(silent)).toEqual([409, 'agenda.frozen']);
    const withdrawn = await portal.ask(`/agenda-items/${a}`, {
      method: 'DELETE',
      actor: parties.cn.official,
      json: { reason: REASON },
      headers: { 'If-Match': `"v${await meetings.version('agenda_item', a)}-all"` },
    });
    expect(said(withdrawn)).toEqual([409, 'agenda.frozen']);
    const other = await meetings.proposed();
    const away = await meetings.patch(`/agenda-items/${a}`, 'agenda_item', parties.cn.official, {
      meeting: { id: other },
    });
    expect(said(away)).toEqual([409, 'agenda.frozen']);
  });

  it('marks what is changed with a reason: who, when and what', async () => {
    const { meeting, a, b } = await frozen();
    const items = [
      { item: { id: b }, position: 1 },
      { item: { id: a }, position: 2 },
    ];
    const json = { items, reason: REASON };
    const { body } = await meetings.step(`/meetings/${meeting}/agenda/order`, parties.cn.official, json);
    const mark = { kind: 'changed', side: 'cn', fields: ['position'], reason: REASON, at: expect.any(String) };
    expect(body.items).toMatchObject([
      { id: b, marks: [mark] },
      { id: a, marks: [mark] },
    ]);
  });

  it('marks what is reworded and added, and asks both sides about it', async () => {
    const { meeting, a } = await frozen();
    await meetings.patch(`/agenda-items/${a}`, 'agenda_item', parties.cn.official, { title: { zh: '丙' } });
    const added = await meetings.item(meeting, 'ru');
    const late = await meetings.published('/agenda-items', parties.cn.official, {
      ...{ meeting: { id: meeting }, position: 9, title: { zh: '丁' }, audience: 'partners', sourceLanguage: 'zh' },
    });
    const { body } = await meetings.agenda(meeting);
    const found = (id: string) => body.items.find((line: Line) => line.id === id);
    expect(found(a)).toMatchObject({ status: 'proposed', marks: [{ kind: 'changed', fields: ['title'], side: 'cn' }] });
    expect(found(added)).toMatchObject({ status: 'proposed', marks: [{ kind: 'added', side: 'ru' }] });
    expect(found(late)).toMatchObject({ marks: [{ kind: 'added', side: 'cn' }] });
    expect(body.frozenAt).toEqual(expect.any(String));
  });

  it('takes a translation without a mark', async () => {
    const { meeting, b } = await frozen();
    await meetings.patch(`/agenda-items/${b}`, 'agenda_item', parties.ru.official, { title: { zh: '大桥' } });
    const { body } = await meetings.agenda(meeting, parties.cn.official, '?lang=zh');
    expect(body.items[1]).toMatchObject({ id: b, title: { zh: '大桥' }, status: 'accepted', marks: [], lacks: [] });
  });

  it('H114 is confirmed by both sides at once', async () => {
    const meeting = await meetings.proposed();
    await meetings.accepted(meeting, 'cn');
    const { revision } = (await meetings.agenda(meeting)).body;
    const version = await meetings.version('meeting', meeting);
    const confirm = (side: 'cn' | 'ru') =>
      meetings.step(`/meetings/${meeting}/agenda/confirm`, parties[side].secretariat, { side, revision }, version);
    const answers = await Promise.all([confirm('cn'), confirm('ru')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { body } = await portal.ask(`/meetings/${meeting}`, { actor: parties.cn.official });
    expect(body).toMatchObject({ version: version + 2, agendaConfirmations: [{ side: 'cn' }, { side: 'ru' }] });
    expect(body.agendaFrozenAt).toEqual(expect.any(String));
  });
});

describe('an item that was put off', () => {
  const series = async () => {
    const mechanism = { id: await meetings.mechanism() };
    return { mechanism, first: await meetings.proposed({ mechanism, numberInSeries: 1 }) };
  };
  const next = (mechanism: object, more: object = {}) =>
    meetings.meeting({ mechanism, numberInSeries: 2, startsAt: '2026-12-10T09:30:00+08:00', endsAt: null, ...more });

  it('goes to the next meeting of the series by itself, once', async () => {
    const { mechanism, first } = await series();
    const second = await next(mechanism);
    const item = await meetings.accepted(first, 'ru', { durationMinutes: 15 });
    const answer = await meetings.answer(item, 'ru', 'deferred', { ru: 'Не готовы материалы' });
    expect(answer.body).toMatchObject({ status: 'deferred', deferredTo: { id: expect.any(String) } });
    const { body } = await meetings.agenda(second);
    expect(body.items).toMatchObject([
      {
        ...{ id: answer.body.deferredTo.id, status: 'proposed', answers: [], durationMinutes: 15 },
        ...{ deferredFrom: { id: item }, owner: { id: parties.ru.official.organizationId }, lacks: ['zh'] },
      },
    ]);
    await meetings.patch(`/meetings/${second}`, 'meeting', parties.cn.official, { title: { zh: '改题' } });
    await next(mechanism, { numberInSeries: 3, startsAt: '2027-06-10T09:30:00+08:00' });
    expect(await portal.sql('select 1 from agenda_item where deferred_from_id = $1', [item])).toHaveLength(1);
    const [entry] = await portal.sql('select actor_kind from audit where object_id = $1 order by seq limit 1', [
      body.items[0].id,
    ]);
    expect(entry!.actor_kind).toBe('system');
  });

  it('waits until there is a next meeting', async () => {
    const { mechanism, first } = await series();
    const item = await meetings.item(first, 'cn');
    expect((await meetings.answer(item, 'cn', 'deferred', REASON)).body.deferredTo).toBeNull();
    await next(mechanism, { numberInSeries: 1, startsAt: '2026-01-10T09:30:00+08:00' });
    expect(await portal.sql('select 1 from agenda_item where deferred_from_id = $1', [item])).toEqual([]);
    const second = await next(mechanism);
    expect((await meetings.agenda(second)).body.items).toMatchObject([{ deferredFrom: { id: item } }]);
  });

  it('H115 goes once, whoever asks at the same time', async () => {
    const { mechanism, first } = await series();
    const items = [await meetings.item(first, 'cn'), await meetings.item(first, 'ru')];
    await Promise.all([
      ...items.map((item) => meetings.answer(item, 'cn', 'deferred', REASON)),
      next(mechanism),
      next(mechanism, { numberInSeries: 3, startsAt: '2027-06-10T09:30:00+08:00' }),
    ]);
    const copies = await portal.sql('select deferred_from_id from agenda_item where deferred_from_id = any($1)', [
      items,
    ]);
    expect(copies.map((row) => row.deferred_from_id).sort()).toEqual([...items].sort());
  });
});
