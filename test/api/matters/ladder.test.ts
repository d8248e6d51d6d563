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

const INVESTOR = {
  kind: 'account',
  id: '01900000-0000-7000-8000-00000000aaaa',
  roles: ['investor'],
  side: 'cn',
  organizationId: null,
  translatesInto: [],
} as const;

const told = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

describe('a matter on the ladder', () => {
  it('D65 climbs from the unit to both sides’ leaders, and the answer comes home level by level', async () => {
    const { unit, office, city, oblast } = world.people;
    await world.cooperation.meeting(world.leaders, { heldOn: '2099-05-20', year: 2099 });
    const id = await world.matter();
    for (const [actor, rung] of [
      [unit, 'office'],
      [office, 'leading-group'],
      [city, 'leaders'],
    ] as const) {
      const answer = await world.act(id, 'escalate', actor, { reason: REASON });
      expect([answer.status, answer.body.status, answer.body.standsAt]).toEqual([200, 'escalated', rung]);
    }
    const given = { zh: '双方各增设两条查验通道。', ru: 'Стороны открывают по две полосы досмотра.' };
    const answered = await world.act(id, 'answer', oblast, { text: given });
    expect([answered.status, answered.body.status]).toEqual([200, 'answered']);
    const steps = await world.steps(id, unit);
    expect(steps.map(({ kind }) => kind)).toEqual([
      ...['raised', 'escalated', 'escalated', 'escalated', 'put-on-agenda'],
      ...['answered', 'passed-down', 'passed-down', 'passed-down'],
    ]);
    const copies = steps.filter(({ kind }) => kind === 'passed-down');
    expect(copies.map(({ fromLevel, toLevel }) => [fromLevel, toLevel])).toEqual([
      ['leaders', 'leading-group'],
      ['leading-group', 'office'],
      ['office', 'unit'],
    ]);
    expect(copies.at(-1)).toMatchObject({ toOrganization: { id: unit.organizationId }, reason: given });
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_, n) => n + 1));
    const closed = await world.act(id, 'close', unit);
    expect([closed.status, closed.body.status, closed.body.course.length]).toEqual([200, 'closed', steps.length + 1]);
  });

  it('names each step in the trail, before what it changed, with the version that it made', async () => {
    const id = await world.matter();
    await world.act(id, 'escalate', world.people.unit, { reason: REASON });
    await world.act(id, 'accept', world.people.office);
    const entries = await portal.sql(
      'select action, object_version, changes is null as bare from audit where object_id = $1 order by seq',
      [id],
    );
    expect(entries.slice(-4)).toEqual([
      { action: 'matter.escalate', object_version: 3, bare: true },
      { action: 'matter.update', object_version: 3, bare: false },
      { action: 'matter.accept', object_version: 4, bare: true },
      { action: 'matter.update', object_version: 4, bare: false },
    ]);
  });

  it('is told in either language, and its chain is paged', async () => {
    const id = await world.matter();
    await world.act(id, 'escalate', world.people.unit, { reason: REASON });
    const { body } = await world.get(id, world.people.oblast, '?lang=ru');
    expect(body.course.at(-1).reason).toEqual({ ru: REASON.ru });
    expect((await world.steps(id, world.people.city, '?lang=zh')).at(-1)!.reason).toEqual({ zh: REASON.zh });
    const first = await portal.ask(`/matters/${id}/steps?limit=1`, { actor: world.people.city });
    expect(first.body.items[0].kind).toBe('raised');
    const next = await portal.ask(`/matters/${id}/steps?limit=1&cursor=${first.body.page.next}`, {
      actor: world.people.city,
    });
    expect(next.body.items[0].kind).toBe('escalated');
  });

  it('A9 is not there for a stranger, its steps included', async () => {
    const id = await world.matter();
    for (const options of [{}, { actor: INVESTOR }])
      for (const path of [`/matters/${id}`, `/matters/${id}/steps`])
        expect(told(await portal.ask(path, options))).toEqual([404, 'resource.not-found']);
    const acted = await world.act(id, 'answer', INVESTOR, { text: REASON });
    expect(told(acted)).toEqual([403, 'auth.forbidden']);
  });

  it('keeps a step that is told to one side from the other', async () => {
    const id = await world.matter();
    await world.act(id, 'escalate', world.people.unit, { reason: REASON, audience: 'side' });
    expect((await world.steps(id, world.people.city)).map(({ kind }) => kind)).toEqual(['raised', 'escalated']);
    expect((await world.steps(id, world.people.oblast)).map(({ kind }) => kind)).toEqual(['raised']);
    expect((await world.get(id, world.people.oblast)).body.course).toHaveLength(1);
  });

  it('has a day for its answer, counted in working days of those who answer', async () => {
    const id = await world.matter({ dueOn: undefined });
    const { body } = await world.get(id);
    expect(body.dueBasis).toMatch(/^(working|calendar)-days$/);
    expect(body.dueOn > new Date().toISOString().slice(0, 10)).toBe(true);
    const asked = await world.matter({ dueOn: undefined, kind: 'policy-request' });
    expect((await world.get(asked)).body.dueOn).toBeNull();
  });

  it('F80 is answered once however often the answer is sent', async () => {
    const id = await world.matter();
    const key = { 'Idempotency-Key': `answer-${id}` };
    const headers = { ...key, 'If-Match': '"v2-all"' };
    const first = await world.act(id, 'answer', world.people.unit, { text: REASON }, headers);
    const again = await world.act(id, 'answer', world.people.unit, { text: REASON }, headers);
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    expect((await world.steps(id)).filter(({ kind }) => kind === 'answered')).toHaveLength(1);
  });

  it('keeps its steps as they were taken', async () => {
    const id = await world.matter();
    await expect(portal.sql('update matter_step set number = 9 where matter_id = $1', [id])).rejects.toThrow(
      'never changed',
    );
    await expect(portal.sql('delete from matter_step where matter_id = $1', [id])).rejects.toThrow('never changed');
  });

  it('is paused, resumed, returned and recalled by whoever may', async () => {
    const { unit, office } = world.people;
    const id = await world.matter();
    await world.act(id, 'escalate', unit, { reason: REASON });
    const held = await world.act(id, 'hold', office, { reason: REASON, until: '2099-01-31' });
    expect([held.status, held.body.status, held.body.heldUntil]).toEqual([200, 'on-hold', '2099-01-31']);
    expect((await world.act(id, 'resume', office)).body.status).toBe('accepted');
    const returned = await world.act(id, 'return', office, { reason: REASON });
    expect(returned.body).toMatchObject({ status: 'returned', standsAt: 'unit', addressedToMechanism: null });
    expect((await world.act(id, 'recall', unit, { reason: REASON })).body.status).toBe('withdrawn');
    expect(told(await world.act(id, 'escalate', unit, { reason: REASON }))).toEqual([409, 'matter.not-now']);
  });
});

describe('what is refused', () => {
  it('D64 is acting for the other side, or for another organization of one’s own', async () => {
    const id = await world.matter();
    const refusals = [world.people.oblast, world.coordinator('ru'), world.people.neighbour];
    for (const actor of refusals)
      for (const action of ['answer', 'escalate', 'recall'])
        expect(told(await world.act(id, action, actor, { [action === 'answer' ? 'text' : 'reason']: REASON }))).toEqual(
          [403, 'auth.forbidden'],
        );
    expect((await world.act(id, 'accept', world.coordinator('cn'))).status).toBe(200);
  });

  it('is a step without precondition, upon an older version, or of a draft', async () => {
    const id = await world.matter();
    const path = `/matters/${id}/accept`;
    const asked = { method: 'POST', actor: world.people.unit, json: {} };
    expect(told(await portal.ask(path, asked))).toEqual([428, 'resource.precondition-required']);
    const stale = await portal.ask(path, { ...asked, headers: { 'If-Match': '"v1-all"' } });
    expect(told(stale)).toEqual([412, 'resource.stale']);
    const draft = await world.cooperation.created('/matters', world.content(), world.people.unit);
    expect(told(await world.act(draft, 'accept', world.people.unit))).toEqual([409, 'resource.conflict']);
  });

  it('is changing by hand what the course decides', async () => {
    const id = await world.matter();
    for (const [name, value] of [
      ['dueOn', '2099-01-01'],
      ['addressedTo', { id: world.people.office.organizationId }],
    ] as const) {
      const answer = await portal.ask(`/matters/${id}`, {
        method: 'PATCH',
        actor: world.people.unit,
        json: { [name]: value },
        headers: { 'If-Match': '"v2-all"' },
      });
      expect(told(answer)).toEqual([409, 'matter.course-decides']);
      expect(answer.body.errors[0].pointer).toBe(`/${name}`);
    }
    const status = await portal.ask(`/matters/${id}`, {
      method: 'PATCH',
      actor: world.people.unit,
      json: { status: 'closed' },
      headers: { 'If-Match': '"v2-all"' },
    });
    expect(told(status)).toEqual([400, 'request.invalid']);
  });

  it('is climbing where nothing leads, past what is not above, and to what does not work', async () => {
    const { unit, city } = world.people;
    const escalate = async (id: string, json: object = {}, actor = unit) =>
      told(await world.act(id, 'escalate', actor, { reason: REASON, ...json }));
    const beside = await world.mechanism({ kind: 'leading-group' });
    expect(await escalate(await world.matter(), { to: { id: beside } })).toEqual([409, 'matter.not-above']);
    const dormant = await world.mechanism({ kind: 'leading-group', status: 'dormant' }, world.leaders);
    const asleep = await world.matter({ mechanisms: [{ id: dormant }] });
    expect(await escalate(asleep)).toEqual([409, 'matter.next-not-in-force']);
    expect(await escalate(asleep, { to: { id: world.leaders } })).toEqual([200, undefined]);
    const top = await world.matter({ addressedToMechanism: { id: world.commission } });
    expect(await escalate(top, {}, city)).toEqual([409, 'matter.top-of-ladder']);
    const [seatless] = await portal.sql(
      `select id from organization o where o.side = 'cn' and o.state = 'published'
        and not exists (select 1 from membership m where m.organization_id = o.id) order by id limit 1`,
    );
    const loner = { ...unit, organizationId: seatless!.id as string };
    const lonely = await world.matter({ mechanisms: [] }, loner);
    expect(await escalate(lonely, {}, loner)).toEqual([409, 'matter.no-mechanism']);
  });
});
