import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { actorOf } from '../../support/actors.js';
import { Cooperation, seedId } from '../../support/cadence.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let actor: AccountActor;
let cooperation: Cooperation;
let mechanism: string;
beforeAll(async () => {
  portal = await startPortal();
  actor = await actorOf(portal, 'org-heihe-ftz');
  cooperation = new Cooperation(portal, actor);
});
afterAll(() => portal?.close());

const parties = async (...keys: string[]) => ({
  parties: await Promise.all(keys.map(async (key) => ({ id: await seedId(portal, key) }))),
});

// Tests share their organizations, so the meetings of one must not stand in the way of the next.
beforeEach(async () => {
  await portal.sql(
    "update meeting set status = 'cancelled' where created_at > now() - interval '1 hour' and held_on is null",
  );
  mechanism = await cooperation.mechanism(await parties('org-heihe-ftz', 'org-amur-gov'));
});

const slots = (json: object, lang = 'zh', by: AccountActor | null = actor) =>
  portal.ask(`/mechanisms/${mechanism}/slots?lang=${lang}`, { method: 'POST', json, ...(by && { actor: by }) });

const JUNE = { from: '2026-06-12', to: '2026-06-30', durationMinutes: 120 };

type Obstacle = Record<string, unknown>;

const conflicts = async (id: string, lang = 'zh'): Promise<Obstacle[]> => {
  const answer = await portal.ask(`/meetings/${id}/conflicts?lang=${lang}`);
  expect(answer.status).toBe(200);
  return answer.body.items;
};

const told = (obstacles: Obstacle[]) => obstacles.map(({ code, side, date }) => [code, side, date]);

describe('slots', () => {
  it('are days on which both banks work and hours in which both are open, each explained', async () => {
    const { status, body } = await slots({ ...JUNE, count: 2 });
    expect(status).toBe(200);
    expect(body.slots).toHaveLength(2);
    expect(body.slots[0]).toMatchObject({
      startsAt: '2026-06-15T01:00:00.000Z',
      endsAt: '2026-06-15T03:00:00.000Z',
      local: [
        { side: 'cn', timeZone: 'Asia/Shanghai', date: '2026-06-15', from: '09:00', to: '11:00', offset: '+08:00' },
        { side: 'ru', timeZone: 'Asia/Yakutsk', date: '2026-06-15', from: '10:00', to: '12:00', offset: '+09:00' },
      ],
    });
    expect(body.slots[0].reasons).toContainEqual({ code: 'working-day', label: { zh: '当天为工作日' }, side: 'ru' });
    expect(body.passedOver.map(({ date }: { date: string }) => date)).toEqual([
      '2026-06-12',
      '2026-06-13',
      '2026-06-14',
    ]);
    expect(body.passedOver[0].obstacles).toEqual([
      expect.objectContaining({ code: 'day-off', side: 'ru', dayStatus: 'holiday', name: { zh: '俄罗斯日' } }),
    ]);
  });

  it('are explained in Russian, and in both languages', async () => {
    const russian = await slots({ ...JUNE, count: 1 }, 'ru');
    expect(russian.body.passedOver[0].obstacles[0]).toMatchObject({
      label: { ru: 'день нерабочий' },
      name: { ru: 'День России' },
    });
    const both = await slots({ ...JUNE, count: 1 }, 'all');
    expect(Object.keys(both.body.slots[0].reasons[0].label)).toEqual(['zh', 'ru']);
  });

  it('are worked also on a weekend that was exchanged for another day', async () => {
    mechanism = await cooperation.mechanism({ ...(await parties('org-heihe-ftz')), sides: ['cn'] });
    const { body } = await slots({ from: '2026-02-14', to: '2026-02-14', durationMinutes: 60 });
    expect(body.slots[0].reasons[0]).toMatchObject({ code: 'make-up-day', side: 'cn' });
  });

  it('go around other meetings of the organizations, and have no conflict once they are taken', async () => {
    const other = await cooperation.mechanism(await parties('org-amur-gov'));
    const busy = { startsAt: '2026-06-15T10:00:00+09:00', endsAt: '2026-06-15T12:00:00+09:00' };
    await cooperation.meeting(other, busy);
    const { body } = await slots({ ...JUNE, count: 1 });
    expect(body.slots[0].local[0]).toMatchObject({ date: '2026-06-15', from: '13:00' });
    const { startsAt, endsAt } = body.slots[0];
    const taken = await cooperation.meeting(mechanism, { startsAt, endsAt, timeZone: 'Asia/Shanghai' });
    expect(await conflicts(taken)).toEqual([]);
  });

  it('pass over a day that another meeting fills, and name it', async () => {
    const other = await cooperation.mechanism(await parties('org-amur-gov'));
    const id = await cooperation.meeting(other, { heldOn: '2026-06-16', timeZone: 'Asia/Yakutsk' });
    const { body } = await slots({ from: '2026-06-16', to: '2026-06-17', durationMinutes: 60, count: 1 });
    expect(body.passedOver[0].obstacles).toEqual([
      expect.objectContaining({
        code: 'organization-busy',
        meeting: { id, name: { zh: '第三次会晤' } },
        organization: expect.objectContaining({ id: await seedId(portal, 'org-amur-gov') }),
      }),
    ]);
    await cooperation.stands(id, 'cancelled');
    expect(
      (await slots({ from: '2026-06-16', to: '2026-06-17', durationMinutes: 60, count: 1 })).body.passedOver,
    ).toEqual([]);
  });

  it('do not give away a meeting that the asker may not see', async () => {
    const amur = await actorOf(portal, 'org-amur-gov');
    const other = await cooperation.mechanism(await parties('org-amur-gov'));
    const body = {
      title: { ru: 'Внутреннее совещание' },
      kind: 'working',
      status: 'confirmed',
      mechanism: { id: other },
    };
    const time = { startsAt: '2026-06-18T09:00:00+09:00', endsAt: '2026-06-18T18:00:00+09:00' };
    await cooperation.published('/meetings', { ...body, ...time, audience: 'side' }, amur);
    const wish = { from: '2026-06-18', to: '2026-06-18', durationMinutes: 60 };
    expect((await slots(wish)).body.slots).toHaveLength(1);
    expect((await slots(wish, 'zh', amur)).body.slots).toHaveLength(0);
  });

  it('are refused in a year that no decree has settled', async () => {
    const { status, body } = await slots({ ...JUNE, from: '2026-12-01', to: '2027-01-20' });
    expect([status, body.code]).toEqual([409, 'scheduling.calendar-unknown']);
    expect(body.detail).toContain('2027');
    const russian = await slots({ ...JUNE, from: '2027-01-01', to: '2027-01-20' }, 'ru');
    expect(russian.body.detail).toContain('китайская сторона');
  });

  it('are refused where nobody knows what time it is on the other bank', async () => {
    mechanism = await cooperation.mechanism(await parties('org-heihe-ftz'));
    expect((await slots(JUNE)).body.code).toBe('scheduling.time-zone-unknown');
  });

  it('suit every zone where the Russian partners sit in several', async () => {
    mechanism = await cooperation.mechanism(await parties('org-amur-gov', 'org-eao-gov'));
    const { body } = await slots({ from: '2026-06-24', to: '2026-06-24', durationMinutes: 240 });
    expect(body.slots[0].local.map(({ timeZone, from, to }: Obstacle) => [timeZone, from, to])).toEqual([
      ['Asia/Shanghai', '09:00', '13:00'],
      ['Asia/Vladivostok', '11:00', '15:00'],
      ['Asia/Yakutsk', '10:00', '14:00'],
    ]);
  });

  it.each([
    [{ ...JUNE, from: '2026-07-01' }, '/to', 'order-of-dates'],
    [{ ...JUNE, durationMinutes: 5 }, '/durationMinutes', 'too-small'],
    [{ ...JUNE, count: 11 }, '/count', 'too-large'],
    [{ ...JUNE, to: '2027-06-30' }, '/to', 'too-large'],
    [{ ...JUNE, place: 'x' }, '/place', 'unknown-property'],
    [{ from: '2026-06-12', to: '2026-06-12' }, '/durationMinutes', 'required'],
  ])('are refused for %j', async (wish, pointer, code) => {
    const { status, body } = await slots(wish);
    expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([400, pointer, code]);
  });

  it('are for those who arrange meetings, and of a mechanism that they may see', async () => {
    expect((await slots(JUNE, 'zh', null)).status).toBe(401);
    const hidden = await cooperation.created('/mechanisms', {
      name: { zh: '草案' },
      kind: 'working-group',
      status: 'sought',
    });
    mechanism = hidden;
    expect((await slots(JUNE, 'zh', await actorOf(portal, 'org-tongjiang-gov'))).status).toBe(404);
  });
});

describe('conflicts of a meeting', () => {
  it('are a holiday of either side and hours outside those of the offices', async () => {
    const time = {
      startsAt: '2026-06-12T08:00:00+08:00',
      endsAt: '2026-06-12T09:30:00+08:00',
      timeZone: 'Asia/Shanghai',
    };
    const id = await cooperation.meeting(mechanism, time);
    expect(told(await conflicts(id))).toEqual([
      ['outside-working-hours', 'cn', '2026-06-12'],
      ['day-off', 'ru', '2026-06-12'],
    ]);
    const russian = await conflicts(id, 'ru');
    expect(russian[1]).toMatchObject({ name: { ru: 'День России' }, source: { ru: expect.stringContaining('1466') } });
  });

  it('look at the day across the river', async () => {
    const time = { startsAt: '2026-06-11T23:30:00+08:00', endsAt: '2026-06-11T23:45:00+08:00' };
    expect(told(await conflicts(await cooperation.meeting(mechanism, time)))).toContainEqual([
      'day-off',
      'ru',
      '2026-06-12',
    ]);
  });

  it('are an organization that sits in two meetings at once', async () => {
    const other = await cooperation.mechanism(await parties('org-amur-gov', 'org-eao-gov'));
    const time = { startsAt: '2026-06-23T10:00:00+08:00', endsAt: '2026-06-23T11:00:00+08:00' };
    const first = await cooperation.meeting(other, time);
    const second = await cooperation.meeting(mechanism, time);
    expect(await conflicts(second)).toEqual([
      expect.objectContaining({ code: 'organization-busy', meeting: expect.objectContaining({ id: first }) }),
    ]);
  });

  it('are a year that is unknown, a zone that is unknown, a day that is not set', async () => {
    const next = await cooperation.meeting(mechanism, { heldOn: '2027-03-01' });
    expect(told(await conflicts(next))).toEqual([
      ['calendar-unknown', 'cn', '2027-03-01'],
      ['calendar-unknown', 'ru', '2027-03-01'],
    ]);
    const alone = await cooperation.meeting(null, { startsAt: '2026-06-25T10:00:00+08:00' });
    expect(told(await conflicts(alone))).toEqual([['time-zone-unknown', 'ru', null]]);
    expect(told(await conflicts(await cooperation.meeting(mechanism)))).toEqual([['day-not-set', null, null]]);
  });

  it('of a meeting that may not be seen are not told', async () => {
    const id = await cooperation.created('/meetings', { title: { zh: '草案' }, kind: 'working', status: 'draft' });
    expect((await portal.ask(`/meetings/${id}/conflicts`)).status).toBe(404);
  });
});

describe('a checkpoint that is closed', () => {
  const bridge = { zh: '黑河—布拉戈维申斯克黑龙江（阿穆尔河）大桥', ru: expect.any(String) };
  const closure = { from: '2026-06-18', until: '2026-06-19', reason: { zh: '防汛', ru: 'Паводок' } };
  let facility: string;
  beforeAll(async () => {
    facility = await seedId(portal, 'fac-heihe-bridge');
    await close(facility, [closure]);
  });

  const close = (id: string, closures: object[]) =>
    portal.sql('update facility set closures = $2::jsonb where id = $1', [id, JSON.stringify(closures)]);

  const onDay = (day: string, more: object = {}) =>
    cooperation.meeting(mechanism, {
      ...{ startsAt: `${day}T10:00:00+08:00`, endsAt: `${day}T11:00:00+08:00`, timeZone: 'Asia/Shanghai' },
      ...more,
    });

  const closed = async (id: string, lang?: string) =>
    (await conflicts(id, lang)).filter(({ code }) => code === 'checkpoint-closed');

  it('is told of a meeting on its days, with why, and not of one before or after them', async () => {
    const told = { code: 'checkpoint-closed', date: '2026-06-18', until: '2026-06-19', side: null };
    expect(await closed(await onDay('2026-06-18'))).toEqual([
      expect.objectContaining({ ...told, facility: { id: facility, name: { zh: bridge.zh } }, name: { zh: '防汛' } }),
    ]);
    const [russian] = await closed(await onDay('2026-06-19'), 'ru');
    expect(russian).toMatchObject({
      name: { ru: 'Паводок' },
      label: { ru: expect.stringContaining('пункт пропуска') },
    });
    expect(await closed(await onDay('2026-06-17'))).toEqual([]);
    expect(await closed(await onDay('2026-06-20'))).toEqual([]);
  });

  it('concerns only those who travel by it', async () => {
    expect(await closed(await onDay('2026-06-18', { form: 'online' }))).toEqual([]);
    mechanism = await cooperation.mechanism(await parties('org-heihe-ftz', 'org-eao-gov'));
    expect(await closed(await onDay('2026-06-18'))).toEqual([]);
    mechanism = await cooperation.mechanism({ ...(await parties('org-heihe-ftz')), sides: ['cn'] });
    expect(await closed(await onDay('2026-06-18'))).toEqual([]);
  });

  it('does not take a day away from the slots, and stands with it as a warning', async () => {
    const { body } = await slots({ from: '2026-06-17', to: '2026-06-18', durationMinutes: 60, count: 2 });
    const warned = body.slots.map(({ startsAt, warnings }: { startsAt: string; warnings: Obstacle[] }) => [
      startsAt.slice(0, 10),
      warnings.map(({ code }) => code),
    ]);
    expect(warned).toEqual([
      ['2026-06-17', []],
      ['2026-06-18', ['checkpoint-closed']],
    ]);
  });

  it('until further notice is closed on every later day', async () => {
    const rail = await seedId(portal, 'fac-tongjiang-rail-bridge');
    await close(rail, [{ ...closure, until: null }]);
    mechanism = await cooperation.mechanism(await parties('org-tongjiang-gov', 'org-eao-gov'));
    const [found] = await closed(await onDay('2026-09-09'));
    expect(found).toMatchObject({ facility: { id: rail }, date: '2026-06-18', until: null });
  });

  it('cannot open again before it closes', async () => {
    const json = { closures: [{ ...closure, until: '2026-06-17' }] };
    const headers = { 'If-Match': '"v1-all"' };
    const owner = await actorOf(portal, await ownerOf(facility));
    const answer = await portal.ask(`/facilities/${facility}`, { method: 'PATCH', actor: owner, json, headers });
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/closures', code: 'order-of-dates' })],
    ]);
  });

  const ownerOf = async (id: string) => {
    const [row] = await portal.sql(
      'select s.key from facility f join seed_row s on s.record_id = f.owner_id where f.id = $1',
      [id],
    );
    return row!.key as string;
  };
});
