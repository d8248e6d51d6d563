import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '../../support/actors.js';
import { Meetings, type Parties, partiesOf } from '../../support/meetings.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

const REASON = { reason: { ru: 'Наводнение' } };

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
const sides = ({ body }: Answer) => body.sides.map(({ side, state }: Record<string, string>) => [side, state]);

describe('a meeting', () => {
  it('goes from draft to held, confirmed by both sides', async () => {
    const id = await meetings.meeting();
    const proposed = await meetings.step(`/meetings/${id}/propose`, parties.cn.official, { form: 'in-person' });
    expect(said(proposed)).toEqual([200, 'proposed']);
    expect(proposed.body).toMatchObject({ id, form: 'in-person', version: 3 });
    expect(sides(proposed)).toEqual([
      ['cn', 'awaited'],
      ['ru', 'awaited'],
    ]);
    const first = await meetings.confirm(id, 'ru');
    expect(said(first)).toEqual([200, 'proposed']);
    expect(sides(first)).toEqual([
      ['cn', 'awaited'],
      ['ru', 'given'],
    ]);
    expect(said(await meetings.confirm(id, 'ru'))).toEqual([409, 'meeting.confirmed-already']);
    expect(said(await meetings.confirm(id, 'cn'))).toEqual([200, 'confirmed']);
    expect(said(await meetings.step(`/meetings/${id}/hold`, parties.ru.secretariat))).toEqual([200, 'held']);
    const record = await portal.ask(`/meetings/${id}`, { actor: parties.ru.official });
    expect(record.body).toMatchObject({ status: 'held', confirmations: [{ side: 'cn' }, { side: 'ru' }] });
    const [created, published, ...steps] = await meetings.trail(id);
    expect([created, published]).toEqual(['meeting.create', 'meeting.publish']);
    expect(steps).toEqual(
      ['propose', 'confirm', 'confirm', 'hold'].flatMap((act) => [`meeting.${act}`, 'meeting.update']),
    );
  });

  it('tells its steps in history, feed and calendar', async () => {
    const id = await meetings.confirmed({ audience: 'public' });
    const { body } = await portal.ask(`/meetings/${id}/history?lang=ru`, { actor: parties.ru.official });
    const changed = body.items.map(({ changes }: { changes: { field: string }[] }) =>
      changes.map(({ field }) => field),
    );
    expect(changed[0]).toEqual(['status', 'confirmations']);
    expect(body.items[0]).toMatchObject({ side: 'ru', kind: 'updated' });
    const feed = await portal.sql(
      "select fields from feed_entry where record_id = $1 and type = 'updated' order by seq desc limit 1",
      [id],
    );
    expect(feed[0]!.fields).toEqual(['confirmations', 'status']);
    const event = async () => {
      const { text } = await portal.ask('/calendar.ics?lang=zh');
      return text.split('BEGIN:VEVENT').find((one) => one.includes(id))!;
    };
    expect(await event()).toMatch(/STATUS:CONFIRMED/);
    expect(await event()).toMatch(/SEQUENCE:4\r/);
    expect(said(await meetings.step(`/meetings/${id}/cancel`, parties.ru.secretariat, REASON))).toEqual([
      200,
      'cancelled',
    ]);
    expect(await event()).toMatch(/SEQUENCE:5\r\n[\s\S]*STATUS:CANCELLED/);
  });

  it('is proposed with what speaks against its time, in the language asked for', async () => {
    const id = await meetings.meeting({ startsAt: '2026-06-13T22:00:00+08:00', endsAt: null });
    const answer = await meetings.step(`/meetings/${id}/propose?lang=ru`, parties.cn.official, {});
    const codes = answer.body.warnings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('day-off');
    expect(answer.body.warnings[0].label).toEqual({ ru: expect.any(String) });
    expect(answer.headers.get('etag')).toMatch(/^"v3-ru-/);
  });

  it('that was put off is proposed for another time, and asks both sides anew', async () => {
    const id = await meetings.confirmed();
    const off = await meetings.step(`/meetings/${id}/postpone`, parties.ru.secretariat, REASON);
    expect(said(off)).toEqual([200, 'postponed']);
    expect(off.body).toMatchObject({
      statusReason: REASON.reason,
      sides: [{ state: 'dropped' }, { state: 'dropped' }],
    });
    const propose = (json: object) => meetings.step(`/meetings/${id}/propose`, parties.cn.official, json);
    expect(said(await propose({ form: 'online' }))).toEqual([409, 'meeting.same-time']);
    const again = await propose({ startsAt: '2026-06-11T23:30:00+08:00' });
    expect(again.body).toMatchObject({ status: 'proposed', statusReason: null, heldOn: '2026-06-11', endsAt: null });
    expect(said(await meetings.confirm(id, 'cn'))).toEqual([200, 'proposed']);
    expect(said(await meetings.confirm(id, 'ru'))).toEqual([200, 'confirmed']);
  });
});

describe('a change of a confirmed meeting', () => {
  it('drops the confirmations, says whose, and makes it a proposal again', async () => {
    const id = await meetings.confirmed();
    const changed = await meetings.patch(`/meetings/${id}`, 'meeting', parties.cn.official, {
      venue: { zh: '黑河国际会议中心' },
      form: 'hybrid',
    });
    expect(changed.body).toMatchObject({
      status: 'proposed',
      confirmations: [
        { side: 'cn', droppedAt: expect.any(String), droppedFor: ['place', 'form'] },
        { side: 'ru', droppedAt: expect.any(String), droppedFor: ['place', 'form'] },
      ],
    });
    const standing = await portal.ask(`/meetings/${id}/confirmations`, { actor: parties.ru.official });
    expect(sides(standing)).toEqual([
      ['cn', 'dropped'],
      ['ru', 'dropped'],
    ]);
  });

  it('leaves them where neither time nor place nor form changes', async () => {
    const id = await meetings.confirmed({ venue: { zh: '黑河' } });
    const json = { title: { zh: '改题' }, startsAt: '2026-06-10T01:30:00Z', venue: { ru: 'Хэйхэ' } };
    const changed = await meetings.patch(`/meetings/${id}`, 'meeting', parties.cn.official, json);
    expect(changed.body).toMatchObject({
      status: 'confirmed',
      confirmations: [{ droppedAt: null }, { droppedAt: null }],
    });
  });
});

describe('a step is refused', () => {
  it('A17 where one side confirms for the other, which the trail remembers', async () => {
    const id = await meetings.proposed();
    const foreign = await meetings.step(`/meetings/${id}/confirm`, parties.cn.secretariat, { side: 'ru' });
    expect(said(foreign)).toEqual([403, 'auth.forbidden']);
    expect(foreign.body.errors).toEqual([expect.objectContaining({ pointer: '/side', code: 'not-yours-to-write' })]);
    const official = await meetings.step(`/meetings/${id}/confirm`, parties.ru.official, { side: 'ru' });
    expect(said(official)).toEqual([403, 'auth.forbidden']);
    expect((await meetings.trail(id)).slice(-2)).toEqual(['meeting.confirm.refused', 'meeting.confirm.refused']);
    const record = await portal.ask(`/meetings/${id}`, { actor: parties.cn.official });
    expect(record.body).toMatchObject({ status: 'proposed', confirmations: [] });
  });

  it('A17 where a side takes no part in the mechanism', async () => {
    const mechanism = await meetings.published('/mechanisms', parties.cn.official, {
      name: { zh: '领导小组' },
      kind: 'leading-group',
      status: 'active',
      sides: ['cn'],
    });
    const id = await meetings.proposed({ mechanism: { id: mechanism } });
    expect(said(await meetings.confirm(id, 'ru'))).toEqual([403, 'auth.forbidden']);
    expect(said(await meetings.confirm(id, 'cn'))).toEqual([200, 'confirmed']);
  });

  it('A1 where somebody else owns the meeting, seen or unseen', async () => {
    const id = await meetings.meeting();
    expect(said(await meetings.step(`/meetings/${id}/propose`, parties.ru.secretariat, {}))).toEqual([
      403,
      'auth.forbidden',
    ]);
    expect(said(await meetings.step(`/meetings/${id}/cancel`, parties.ru.secretariat, REASON))).toEqual([
      403,
      'auth.forbidden',
    ]);
    const hidden = await portal.ask('/meetings', {
      method: 'POST',
      actor: parties.cn.official,
      json: { sourceLanguage: 'zh', title: { zh: '草案' }, kind: 'working' },
    });
    const unseen = await meetings.step(`/meetings/${hidden.body.id}/confirm`, parties.ru.secretariat, { side: 'ru' });
    expect(said(unseen)).toEqual([404, 'resource.not-found']);
  });

  it.each([
    ['hold', 'draft', undefined],
    ['confirm', 'draft', { side: 'cn' }],
    ['propose', 'proposed', {}],
    ['hold', 'proposed', undefined],
    ['propose', 'held', {}],
    ['postpone', 'held', REASON],
    ['cancel', 'closed', REASON],
    ['cancel', 'cancelled', REASON],
    ['confirm', 'confirmed', { side: 'cn' }],
    ['confirm', 'postponed', { side: 'cn' }],
  ])('%s of a meeting that is %s', async (act, status, json) => {
    const id = await meetings.meeting();
    const reason = status === 'cancelled' || status === 'postponed' ? '原因' : null;
    await portal.sql('update meeting set status = $2, status_reason_zh = $3 where id = $1', [id, status, reason]);
    const answer = await meetings.step(`/meetings/${id}/${act}`, parties.cn.secretariat, json);
    expect(said(answer)).toEqual([409, 'meeting.wrong-status']);
  });

  it('without a version, with an old one, and without a reason', async () => {
    const id = await meetings.proposed();
    const cancel = (headers: Record<string, string>, json: object = REASON) =>
      portal.ask(`/meetings/${id}/cancel`, { method: 'POST', actor: parties.cn.official, headers, json });
    expect(said(await cancel({}))).toEqual([428, 'resource.precondition-required']);
    const stale = await cancel({ 'If-Match': '"v2-all"' });
    expect(said(stale)).toEqual([412, 'resource.stale']);
    expect(stale.body.current).toMatchObject({ version: 3, title: expect.any(Object) });
    for (const json of [{}, { reason: {} }, { reason: { en: 'x' } }, { reason: '水灾' }])
      expect(said(await cancel({ 'If-Match': '"v3-all"' }, json))[0]).toBe(400);
  });

  it('where the other side could not see the meeting, or no day is known', async () => {
    const own = await meetings.meeting({ audience: 'side' });
    const propose = (id: string) => meetings.step(`/meetings/${id}/propose`, parties.cn.official, {});
    expect(said(await propose(own))).toEqual([409, 'meeting.not-shared']);
    const dateless = await meetings.meeting({ startsAt: null, endsAt: null });
    expect(said(await propose(dateless))).toEqual([409, 'meeting.time-missing']);
  });

  it('where a meeting that lies ahead is said to have been held', async () => {
    const id = await meetings.confirmed({ startsAt: '2100-06-10T09:30:00+08:00', endsAt: null });
    expect(said(await meetings.step(`/meetings/${id}/hold`, parties.cn.official))).toEqual([409, 'meeting.not-yet']);
  });

  it('B28 where a patch or a new record sets what steps set', async () => {
    const id = await meetings.meeting();
    for (const json of [{ status: 'confirmed' }, { confirmations: [] }, { agendaFrozenAt: null }]) {
      const answer = await meetings.patch(`/meetings/${id}`, 'meeting', parties.cn.official, json);
      expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'set-by-step']);
    }
    const make = (status: string) =>
      portal.ask('/meetings', {
        method: 'POST',
        actor: parties.cn.official,
        json: { sourceLanguage: 'zh', title: { zh: '旧会' }, kind: 'working', status },
      });
    for (const status of ['proposed', 'confirmed', 'postponed', 'cancelled'])
      expect((await make(status)).body.errors[0]).toMatchObject({ pointer: '/status', code: 'set-by-step' });
    for (const status of ['held', 'closed']) expect((await make(status)).status).toBe(201);
  });
});

describe('both sides at once', () => {
  it('H114 confirm with the same version: one transition, two confirmations', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await meetings.proposed();
      const version = await meetings.version('meeting', id);
      const answers = await Promise.all([meetings.confirm(id, 'cn', version), meetings.confirm(id, 'ru', version)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers.map(({ body }) => body.status).sort()).toEqual(['confirmed', 'proposed']);
      const record = await portal.ask(`/meetings/${id}`, { actor: parties.ru.official });
      expect(record.body).toMatchObject({ status: 'confirmed', version: version + 2 });
      expect(record.body.confirmations.map(({ side }: { side: string }) => side)).toEqual(['cn', 'ru']);
      const confirmed = (await meetings.trail(id)).filter((action) => action === 'meeting.confirm');
      expect(confirmed).toHaveLength(2);
    }
  });

  it('H114 ten confirmations of one side are one', async () => {
    const id = await meetings.proposed();
    const version = await meetings.version('meeting', id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => meetings.confirm(id, 'cn', version)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  it('H107 a confirmation does not overlook a new time', async () => {
    const id = await meetings.proposed();
    const version = await meetings.version('meeting', id);
    await meetings.patch(`/meetings/${id}`, 'meeting', parties.cn.official, {
      startsAt: '2026-06-12T09:30:00+08:00',
      endsAt: null,
    });
    expect(said(await meetings.confirm(id, 'ru', version))).toEqual([412, 'resource.stale']);
  });

  it('H109 a confirmation that is repeated with its key has one effect', async () => {
    const id = await meetings.proposed();
    const ask = () =>
      portal.ask(`/meetings/${id}/confirm`, {
        method: 'POST',
        actor: parties.ru.secretariat,
        json: { side: 'ru' },
        headers: { 'If-Match': '"v3-all"', 'Idempotency-Key': `confirm-${id}` },
      });
    const [first, second] = [await ask(), await ask()];
    expect([said(first), said(second)]).toEqual([
      [200, 'proposed'],
      [200, 'proposed'],
    ]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await meetings.version('meeting', id)).toBe(4);
  });
});

it('A11 a stranger of either side speaks for nobody', async () => {
  const id = await meetings.proposed();
  const tongjiang = await actorOf(portal, 'org-tongjiang-gov');
  expect(said(await meetings.step(`/meetings/${id}/cancel`, tongjiang, REASON))).toEqual([403, 'auth.forbidden']);
  const nobody = await portal.ask(`/meetings/${id}/confirm`, { method: 'POST', json: { side: 'cn' } });
  expect(said(nobody)).toEqual([401, 'auth.required']);
});
