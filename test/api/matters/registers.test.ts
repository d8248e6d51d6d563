import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedId } from '../../support/cadence.js';
import { MatterWorld, REASON } from '../../support/matters.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let world: MatterWorld;
beforeAll(async () => {
  portal = await startPortal();
  world = await MatterWorld.in(portal);
});
afterAll(() => portal?.close());

const told = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
const document = async () => ({
  id: (await portal.sql("select id from document where state = 'published' limit 1"))[0]!.id,
});

describe('referral to the counterpart', () => {
  it('goes to the pair of the register in its language, and its answer comes home', async () => {
    const { city, oblast } = world.people;
    const id = await world.matter({}, city);
    const referred = await world.act(id, 'refer', city, { text: { ru: 'Просим сообщить о ходе оснащения.' } });
    expect(referred.body).toMatchObject({ status: 'referred', addressedTo: { id: oblast.organizationId } });
    expect((await world.steps(id)).at(-1)).toMatchObject({ kind: 'referred', missingText: null });
    expect(told(await world.act(id, 'answer', city, { text: REASON }))).toEqual([403, 'auth.forbidden']);
    expect(told(await world.act(id, 'answer', world.coordinator('cn'), { text: REASON }))).toEqual([
      403,
      'auth.forbidden',
    ]);
    expect((await world.act(id, 'answer', world.coordinator('ru'), { text: REASON })).status).toBe(200);
    expect((await world.steps(id)).at(-1)).toMatchObject({
      kind: 'passed-down',
      toOrganization: { id: city.organizationId },
    });
  });

  it('says that the text is missing in the counterpart’s language', async () => {
    const { city } = world.people;
    const id = await world.matter({ sourceLanguage: 'zh', title: { zh: '口岸查验设备不足' } }, city);
    const { body } = await world.act(id, 'refer', city);
    expect(body.languages.ru).toEqual({ state: 'missing', missing: ['title'] });
    expect((await world.steps(id)).at(-1)).toMatchObject({ kind: 'referred', missingText: 'ru' });
  });

  it('is refused by name', async () => {
    const { neighbour, city, oblast } = world.people;
    const refer = async (id: string, actor: typeof city, json: object = {}) =>
      told(await world.act(id, 'refer', actor, json));
    // The zone of Heihe has two counterparts.
    expect(await refer(await world.matter({}, neighbour), neighbour)).toEqual([409, 'matter.counterpart-unclear']);
    const same = { to: { id: neighbour.organizationId } };
    expect(await refer(await world.matter({}, city), city, same)).toEqual([409, 'matter.not-a-counterpart']);
    const hidden = await world.matter({ audience: 'side' }, city);
    const to = { to: { id: oblast.organizationId } };
    expect(await refer(hidden, city, to)).toEqual([409, 'matter.counterpart-cannot-see']);
  });
});

describe('proposals to bodies outside', () => {
  it('go proposed → accepted → discussed → outcome, with days and a document, and skip nothing', async () => {
    const { city } = world.people;
    const council = await seedId(portal, 'mech-cn-ru-interregional-council');
    const more = { kind: 'agenda-proposal', dueOn: undefined, mechanisms: [], addressedToMechanism: { id: council } };
    const id = await world.matter(more, city);
    const stage = (name: string, on: string, json: object = {}) =>
      world.act(id, 'proposal', city, { stage: name, on, ...json });
    expect(told(await stage('discussed', '2026-02-01'))).toEqual([409, 'matter.not-now']);
    expect((await stage('proposed', '2026-02-01')).body).toMatchObject({
      status: 'proposed',
      proposalStage: 'proposed',
    });
    expect(told(await stage('accepted', '2026-01-01'))).toEqual([400, 'request.invalid']);
    expect((await stage('accepted', '2026-03-01')).status).toBe(200);
    expect((await stage('discussed', '2026-04-01')).status).toBe(200);
    const done = await stage('concluded', '2026-05-01', { text: REASON, document: await document() });
    expect(done.body).toMatchObject({ status: 'answered', proposalStage: 'concluded' });
    const listed = await portal.ask('/matters?proposalStage=concluded', { actor: city });
    expect(listed.body.items.map((matter: { id: string }) => matter.id)).toContain(id);
    const days = (await world.steps(id)).flatMap(({ on }) => on ?? []);
    expect(days.slice(0, 4)).toEqual(['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01']);
  });
});

describe('supervision orders', () => {
  it('name addressee, task and day; are answered and closed', async () => {
    const { city, office } = world.people;
    const [task] = await portal.sql("select id from task where state = 'published' limit 1");
    const order = {
      kind: 'supervision-order',
      mechanisms: [],
      dueOn: '2099-01-31',
      addressedTo: { id: office.organizationId },
    };
    const json = { sourceLanguage: 'zh', ...world.content(order) };
    const refused = await portal.ask('/matters', { method: 'POST', actor: city, json });
    expect(refused.body.errors).toMatchObject([{ pointer: '/tasks', code: 'required' }]);
    const id = await world.matter({ ...order, tasks: [{ id: task!.id }] }, city);
    expect((await world.act(id, 'answer', office, { text: REASON })).body.status).toBe('answered');
    expect(told(await world.act(id, 'close', office))).toEqual([403, 'auth.forbidden']);
    expect((await world.act(id, 'return', city, { reason: REASON })).body.status).toBe('returned');
    expect((await world.act(id, 'answer', office, { text: REASON })).status).toBe(200);
    expect((await world.act(id, 'close', city)).body.status).toBe('closed');
  });
});

describe('suggestions', () => {
  const suggestion = (more: object = {}) => ({
    kind: 'suggestion',
    suggestionSource: 'expert',
    suggestedBy: { zh: '王教授', ru: 'профессор Ван' },
    addressedTo: { id: world.people.office.organizationId },
    ...more,
  });

  it('have a source, and are taken up, declined with a reason or passed on', async () => {
    const { unit, office, oblast, city } = world.people;
    const json = { sourceLanguage: 'zh', ...world.content(suggestion({ suggestionSource: undefined })) };
    const without = await portal.ask('/matters', { method: 'POST', actor: unit, json });
    expect(without.body.errors).toMatchObject([{ pointer: '/suggestionSource', code: 'required' }]);
    const id = await world.matter(suggestion());
    const triage = (outcome: string, more: object = {}) => world.act(id, 'triage', office, { outcome, ...more });
    expect((await triage('declined')).body.errors).toMatchObject([{ pointer: '/reason', code: 'required' }]);
    const across = { reason: REASON, to: { id: oblast.organizationId } };
    expect((await triage('passed-on', across)).body.errors).toMatchObject([{ pointer: '/to', code: 'invalid-value' }]);
    const passed = await triage('passed-on', { reason: REASON, to: { id: city.organizationId } });
    expect(passed.body).toMatchObject({ triage: 'passed-on', addressedTo: { id: city.organizationId } });
    expect((await world.act(id, 'triage', city, { outcome: 'taken-up' })).body.status).toBe('accepted');
    expect((await world.act(id, 'answer', city, { text: REASON })).status).toBe(200);
    const listed = await portal.ask('/matters?suggestionSource=expert&triage=taken-up', { actor: unit });
    expect(listed.body.items.map((matter: { id: string }) => matter.id)).toEqual([id]);
  });
});

describe('obstacles', () => {
  it('are a register by how far they are removed, and removed ones are proved', async () => {
    const { unit } = world.people;
    const id = await world.matter({ kind: 'obstacle' });
    const remove = (removal: string, more: object = {}) => world.act(id, 'removal', unit, { removal, ...more });
    expect((await remove('being-removed')).body.removal).toBe('being-removed');
    expect((await remove('removed')).body.errors).toMatchObject([{ pointer: '/evidence', code: 'required' }]);
    const evidence = await document();
    expect((await remove('removed', { evidence })).body).toMatchObject({
      removal: 'removed',
      removalEvidence: evidence,
    });
    expect(told(await remove('being-removed'))).toEqual([409, 'matter.not-now']);
    const register = async (removal: string) =>
      (await portal.ask(`/matters?removal=${removal}`, { actor: unit })).body.items.map(
        ({ id: one }: { id: string }) => one,
      );
    expect(await register('removed')).toEqual([id]);
    // Obstacles of the documents of which nothing has been reported are open.
    expect((await register('open')).length).toBeGreaterThan(0);
    expect(told(await world.act(await world.matter(), 'removal', unit, { removal: 'removed' }))).toEqual([
      409,
      'matter.not-now',
    ]);
  });
});

describe('three-level linkage', () => {
  it('shows one matter as each level sees it, each with its own status and note', async () => {
    const { unit, city, oblast } = world.people;
    const id = await world.matter();
    for (const [owner, level, status] of [
      [unit, 'county', 'accepted'],
      [city, 'prefecture', 'open'],
      [oblast, 'province', 'referred'],
    ] as const)
      await world.cooperation.published(
        '/matter-level-notes',
        { matter: { id }, level, status, note: REASON, audience: 'partners', asOf: '2026-06-30' },
        owner,
      );
    const { body } = await world.get(id);
    expect(body.levelNotes.map((note: { level: string; status: string }) => [note.level, note.status])).toEqual([
      ['county', 'accepted'],
      ['prefecture', 'open'],
      ['province', 'referred'],
    ]);
    expect(body.status).toBe('open');
  });
});
