import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '../../support/actors.js';
import { Cooperation, seedId } from '../../support/cadence.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let cooperation: Cooperation;
beforeAll(async () => {
  portal = await startPortal();
  cooperation = new Cooperation(portal, await actorOf(portal, 'org-tongjiang-gov'));
});
afterAll(() => portal?.close());

const HALF_YEARLY = {
  kind: 'rule',
  rule: 'FREQ=MONTHLY;INTERVAL=6',
  timeZone: 'Asia/Shanghai',
  startsOn: '2025-01-01',
};

type Item = {
  mechanism: { id: string; name: object };
  reason: string | null;
  periods: { from: string; status: string }[];
};

const overview = async (query: string): Promise<Item[]> => {
  const answer = await portal.ask(`/mechanisms/cadence?${query}`);
  expect([query, answer.status]).toEqual([query, 200]);
  return answer.body.items as Item[];
};

const itemOf = async (id: string, query = 'on=2026-06-30') =>
  (await overview(query)).find(({ mechanism }) => mechanism.id === id);

const statuses = (item: Item | undefined) => item?.periods.map(({ from, status }) => [from, status]);

describe('the cadence guard', () => {
  it('0-20 tells that a half-year has no plenary of the leading group of Tongjiang', async () => {
    const item = await itemOf(await seedId(portal, 'mech-tj-leading-group'));
    expect(statuses(item)).toEqual([
      ['2024-01-01', 'missed'],
      ['2024-07-01', 'missed'],
      ['2025-01-01', 'missed'],
      ['2025-07-01', 'missed'],
      ['2026-01-01', 'due'],
    ]);
  });

  it('3-02 does not guess the past of the yearly meeting with Amur, of which no source says since when it is held', async () => {
    const item = await itemOf(await seedId(portal, 'mech-heihe-amur-annual'), 'on=2026-06-30&from=2025-01-01');
    expect(item?.periods).toEqual([
      expect.objectContaining({ from: '2025-01-01', to: '2025-12-31', status: 'unknown', reason: 'start-not-stated' }),
      expect.objectContaining({ from: '2026-01-01', to: '2026-12-31', status: 'due', reason: null, expected: 1 }),
    ]);
  });

  it('follows a meeting from its plan to its being held, and says who comes next', async () => {
    const cadence = { ...HALF_YEARLY, hostRotation: 'alternates' };
    const mechanism = await cooperation.mechanism({ cadence });
    const id = await cooperation.meeting(mechanism, { heldOn: '2026-05-20', numberInSeries: 3, hostSide: 'cn' });
    const last = async () => (await itemOf(mechanism))?.periods.at(-1);
    expect((await itemOf(mechanism, 'on=2026-05-19'))?.periods.at(-1)).toMatchObject({
      status: 'planned',
      meetings: [{ meeting: { id } }],
    });
    expect(await itemOf(mechanism, 'on=2026-07-01')).toMatchObject({
      ...{ nextNumber: 4, nextHost: 'ru' },
      periods: expect.arrayContaining([
        expect.objectContaining({ from: '2026-01-01', reason: 'outcome-not-recorded' }),
      ]),
    });
    await cooperation.stands(id, 'cancelled');
    expect(await last()).toMatchObject({ status: 'due', meetings: [] });
    await cooperation.stands(id, 'held');
    expect(await last()).toMatchObject({ status: 'held' });
  });

  it('does not tell of a meeting that the asker may not see', async () => {
    const mechanism = await cooperation.mechanism({ cadence: { ...HALF_YEARLY, startsOn: '2026-01-01' } });
    await cooperation.meeting(mechanism, { heldOn: '2026-05-20', status: 'held', audience: 'partners' });
    expect(statuses(await itemOf(mechanism))).toEqual([['2026-01-01', 'due']]);
    const actor = await actorOf(portal, 'org-amur-gov');
    const { body } = await portal.ask('/mechanisms/cadence?on=2026-06-30', { actor });
    expect(statuses((body.items as Item[]).find((item) => item.mechanism.id === mechanism))).toEqual([
      ['2026-01-01', 'held'],
    ]);
  });

  it('counts a meeting by the day of its host: 23:30 on the last of June is July across the river', async () => {
    const cadence = { ...HALF_YEARLY, startsOn: '2026-01-01' };
    const time = { startsAt: '2026-06-30T23:30:00+08:00', status: 'held' };
    const heihe = await cooperation.mechanism({ cadence });
    await cooperation.meeting(heihe, { ...time, timeZone: 'Asia/Shanghai' });
    const amur = await cooperation.mechanism({ cadence });
    await cooperation.meeting(amur, { ...time, timeZone: 'Asia/Yakutsk' });
    expect(statuses(await itemOf(heihe, 'on=2026-07-02'))).toEqual([
      ['2026-01-01', 'held'],
      ['2026-07-01', 'due'],
    ]);
    expect(statuses(await itemOf(amur, 'on=2026-07-02'))).toEqual([
      ['2026-01-01', 'missed'],
      ['2026-07-01', 'held'],
    ]);
  });

  it('lists by status and side, with reasons where nothing can be said', async () => {
    const missed = await overview('on=2026-06-30&status=missed');
    expect(missed.length).toBeGreaterThan(0);
    for (const { periods } of missed) expect(periods.every(({ status }) => status === 'missed')).toBe(true);
    const unknown = await overview('on=2026-06-30&status=unknown');
    expect(unknown.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['not-stated', 'on-demand', 'not-in-force', null]),
    );
    const russian = await overview('on=2026-06-30&side=ru');
    expect(russian.map(({ mechanism }) => mechanism.id)).not.toContain(await seedId(portal, 'mech-tj-leading-group'));
  });

  it.each(['zh', 'ru'])('stands in the deep read of a mechanism as of today (%s)', async (lang) => {
    const mechanism = await cooperation.mechanism({ cadence: { ...HALF_YEARLY, startsOn: '2020-01-01' } });
    const id = await cooperation.meeting(mechanism, { heldOn: '2020-02-02', status: 'held', numberInSeries: 1 });
    const { body } = await portal.ask(`/mechanisms/${mechanism}?lang=${lang}`);
    expect(body.cadenceGuard).toMatchObject({ reason: null, nextNumber: 2, nextHost: null });
    expect(body.cadenceGuard.periods.at(-1)).toMatchObject({ status: 'due', meetings: [] });
    expect(body.cadenceGuard.periods).toHaveLength(5);
    const { items } = (await portal.ask(`/mechanisms/cadence?on=2020-03-01&lang=${lang}`)).body;
    const [period] = items.find((item: Item) => item.mechanism.id === mechanism).periods;
    const names = { zh: '第三次会晤', ru: 'Третья встреча' } as Record<string, string>;
    expect(period.meetings).toEqual([{ meeting: { id, name: { [lang]: names[lang] } } }]);
  });

  it.each([
    ['status=lost', 'status', 'unknown-code'],
    ['side=xx', 'side', 'unknown-code'],
    ['on=2026-02-30', 'on', 'invalid-date'],
    ['from=2026-07-01&to=2026-06-01', 'to', 'order-of-dates'],
    ['from=1900-01-01', 'from', 'invalid-value'],
  ])('refuses %s', async (query, parameter, code) => {
    const { status, body } = await portal.ask(`/mechanisms/cadence?${query}`);
    expect([status, body.errors[0].parameter, body.errors[0].code]).toEqual([400, parameter, code]);
  });

  it.each(['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;INTERVAL=9999', 'FREQ=SECONDLY'])(
    'a rule that names no day is refused: %s',
    async (rule) => {
      const actor = await actorOf(portal, 'org-tongjiang-gov');
      const json = {
        name: { zh: '机制' },
        kind: 'working-group',
        status: 'active',
        sourceLanguage: 'zh',
        cadence: { ...HALF_YEARLY, rule },
      };
      const { body } = await portal.ask('/mechanisms', { method: 'POST', actor, json });
      expect(body.errors).toEqual([expect.objectContaining({ pointer: '/cadence/rule', code: 'invalid-recurrence' })]);
    },
  );
});
