import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MatterWorld, REASON } from '../../support/matters.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let world: MatterWorld;
beforeAll(async () => {
  portal = await startPortal();
  world = await MatterWorld.in(portal);
});
afterAll(() => portal?.close());

type Entry = { matter: { id: string }; why: string | null; toMechanism: { id: string } | null };
type Report = { climbing: Entry[]; staying: Entry[]; examined: number };

const saidOf = (report: Report, ids: readonly string[]) =>
  ids.map((id) => {
    const entry = [...report.climbing, ...report.staying].find(({ matter }) => matter.id === id);
    return entry?.why ?? entry?.toMechanism?.id;
  });

describe('escalation by rule', () => {
  it('G103 does what the dry run said, and keeps a reason for everything that stayed', async () => {
    const { unit, oblast } = world.people;
    const sought = await world.mechanism({ kind: 'leading-group', status: 'sought' });
    const overdue = await world.matter();
    const early = await world.matter({ dueOn: '2099-01-12' });
    const waiting = await world.matter();
    await world.act(waiting, 'refer', unit, { to: { id: oblast.organizationId }, text: REASON });
    const held = await world.matter();
    await world.act(held, 'hold', unit, { reason: REASON });
    const answered = await world.matter();
    await world.act(answered, 'answer', unit, { text: REASON });
    const request = await world.matter({ kind: 'policy-request' });
    const blocked = await world.matter({ mechanisms: [{ id: sought }] });
    const top = await world.matter({ addressedToMechanism: { id: world.commission } });
    const ids = [overdue, early, waiting, held, answered, request, blocked, top];
    const expected = [
      world.office,
      ...[
        'not-due',
        'awaits-counterpart',
        'on-hold',
        'answered',
        'kind-does-not-climb',
        'next-sought',
        'top-of-ladder',
      ],
    ];
    const before = await portal.sql('select count(*) as n from matter_step');
    const preview = await portal.ask('/matters/escalation-preview', { actor: unit });
    expect(saidOf(preview.body, ids)).toEqual(expected);
    expect(await portal.sql('select count(*) as n from matter_step')).toEqual(before);
    const run = await world.run();
    expect(run.status).toBe(200);
    expect(saidOf(run.body, ids)).toEqual(expected);
    expect(run.body.examined).toBe(preview.body.examined);
    expect((await world.get(overdue)).body).toMatchObject({ status: 'escalated', standsAt: 'office' });
    expect(await world.kinds(overdue)).toEqual(['raised', 'escalated']);
    expect((await world.steps(overdue)).at(-1)).toMatchObject({ cause: 'rule', toMechanism: { id: world.office } });
    expect(await world.kinds(blocked)).toEqual(['raised', 'not-escalated: next-sought']);
    const after = await portal.sql('select count(*) as n from matter_step');
    const again = await world.run();
    expect(saidOf(again.body, [overdue, early])).toEqual(['not-due', 'not-due']);
    const [{ n }] = (await portal.sql('select count(*)::int as n from matter_step')) as [{ n: number }];
    // The matter that climbed is told once that its new day has not come; of the others nothing has changed.
    expect(n).toBe(Number(after[0]!.n) + 1);
  });

  it('says as of any day what would climb, to whoever may ask, and only of what they see', async () => {
    const id = await world.matter({ dueOn: '2098-01-12', audience: 'side' });
    const preview = (on: string, actor: object = world.people.unit) =>
      portal.ask(`/matters/escalation-preview?on=${on}`, { actor: actor as never });
    expect(saidOf((await preview('2098-01-12')).body, [id])).toEqual(['not-due']);
    expect(saidOf((await preview('2098-01-13')).body, [id])).toEqual([world.office]);
    expect(saidOf((await preview('2098-01-13', world.people.oblast)).body, [id])).toEqual([undefined]);
    expect((await preview('2098-02-30')).body.code).toBe('request.invalid-parameter');
    expect((await portal.ask('/matters/escalation-preview')).body.code).toBe('auth.required');
    const byOfficial = await portal.ask('/matters/escalation-run', { method: 'POST', actor: world.people.unit });
    expect(byOfficial.body.code).toBe('auth.forbidden');
  });

  it('H113 takes a matter up once, whichever of two workers comes first', async () => {
    const other = await startPortal({ databaseUrl: portal.databaseUrl });
    try {
      const ids: string[] = [];
      for (let n = 0; n < 5; n += 1) ids.push(await world.matter());
      const runs = await Promise.all([world.run(), world.run(other), world.run(), world.run(other)]);
      expect(runs.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      for (const id of ids) {
        const climbs = (await world.steps(id)).filter(({ kind }) => kind === 'escalated');
        expect(climbs).toHaveLength(1);
        expect((await world.get(id)).body.standsAt).toBe('office');
      }
    } finally {
      await other.close();
    }
  });

  it('leaves a trail of the portal’s own', async () => {
    const id = await world.matter();
    await world.run();
    const { body } = await portal.ask(`/matters/${id}/history`, { actor: world.people.unit });
    expect(JSON.stringify(body.items)).toContain('"system"');
  });
});

describe('the agenda of the leaders', () => {
  const itemsOf = async (meeting: string, lang = 'all') =>
    (await portal.ask(`/agenda-items?meeting=${meeting}&lang=${lang}`, { actor: world.people.oblast })).body.items;

  it('gets a matter by itself, once, in both languages; where no meeting is ahead the matter waits and says so', async () => {
    const { city } = world.people;
    const chairs = [{ side: 'cn', organization: { id: city.organizationId } }];
    const leaders = await world.mechanism({ kind: 'leaders-meeting', level: 'province', chairs });
    const id = await world.matter({ dueOn: undefined, addressedToMechanism: { id: leaders } });
    expect(await world.kinds(id)).toEqual(['raised', 'not-on-agenda: no-meeting']);
    await world.run();
    await world.run();
    expect((await world.kinds(id)).filter((kind) => kind.startsWith('not-on-agenda'))).toHaveLength(1);
    await world.cooperation.meeting(leaders, { heldOn: '2099-09-01', year: 2099 });
    const next = await world.cooperation.meeting(leaders, { heldOn: '2099-03-01', year: 2099 });
    await world.cooperation.meeting(leaders, { heldOn: '2020-03-01', year: 2020 });
    await world.run();
    await world.run();
    const placed = (await world.steps(id)).filter(({ kind }) => kind === 'put-on-agenda');
    expect(placed).toMatchObject([{ meeting: { id: next }, cause: 'rule' }]);
    const [item, ...others] = await itemsOf(next);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ title: (await world.get(id)).body.title, status: 'proposed' });
    expect((await itemsOf(next, 'ru'))[0].title).toEqual({ ru: item.title.ru });
    expect((await world.kinds(id)).at(-1)).toBe('not-escalated: awaits-meeting');
  });

  it('says which text is missing where a matter has one language only', async () => {
    const leaders = await world.mechanism({ kind: 'leaders-meeting', level: 'province' });
    const meeting = await world.cooperation.meeting(leaders, { heldOn: '2099-03-01', year: 2099 });
    const title = { zh: '口岸查验设备不足' };
    await world.matter({ sourceLanguage: 'zh', title, addressedToMechanism: { id: leaders } });
    const [item] = await itemsOf(meeting);
    expect(item.languages.ru).toEqual({ state: 'missing', missing: ['title'] });
  });
});
