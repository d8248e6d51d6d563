import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPortal, type TestPortal } from '../../support/portal.js';
import { entriesOf } from '../../support/trail.js';
import { type Bureau, refusal, Translation, type Unit } from '../../support/translation.js';

let portal: TestPortal;
let work: Translation;
let people: Bureau;
beforeAll(async () => {
  portal = await startPortal();
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(() => portal?.close());

const stateOf = async (unit: Unit): Promise<string> => (await work.get(people.official, unit.id)).body.state;

describe('a translation on its way to approval', () => {
  it('is missing, a draft, in review and approved, and the record, feed and trail follow', async () => {
    const { body: start } = await portal.ask('/changes?after=now');
    const id = await work.lead();
    const unit = await work.unit(id);
    expect(unit).toMatchObject({ state: 'missing', origin: null, field: 'name', record: { resource: 'lead', id } });
    const written = await work.write(people.intoRussian, unit, 'Холодовой проект');
    expect(written.body).toMatchObject({ state: 'draft', origin: 'human', authorId: people.intoRussian.id });
    expect((await work.step(people.intoRussian, unit, 'submit')).body.state).toBe('in-review');
    const approved = await work.step(people.otherIntoRussian, unit, 'approve');
    expect(approved.body).toMatchObject({ state: 'approved', approverId: people.otherIntoRussian.id });
    const record = await work.ask(people.official, 'GET', `/leads/${id}`);
    expect(record.body).toMatchObject({
      version: 2,
      name: { ru: 'Холодовой проект' },
      languages: { ru: { state: 'approved' } },
    });
    const feed = await work.ask(people.official, 'GET', `/changes?after=${start.page.next}&limit=100`);
    const told = feed.body.items.filter((item: { id: string }) => item.id === id);
    expect(told[0]).toMatchObject({ type: 'created' });
    expect(told.slice(1).map(({ type, fields, languages }: Unit) => [type, fields, languages])).toEqual([
      ['updated', ['name'], null],
      ['language', [], { ru: { from: 'missing', to: 'draft' } }],
      ['language', ['name'], { ru: { from: 'draft', to: 'approved' } }],
    ]);
    const actions = (await entriesOf(portal))
      .filter(({ objectId }) => objectId === unit.id)
      .map(({ action }) => action);
    expect(actions).toEqual(['translation.submit', 'translation.approve']);
  });

  it('is approved by another person than its author, and after review only', async () => {
    const unit = await work.unit(await work.lead());
    await work.write(people.intoRussian, unit, 'Холодовой проект');
    expect(refusal(await work.step(people.otherIntoRussian, unit, 'approve'))).toEqual([
      409,
      'translation.wrong-state',
    ]);
    await work.step(people.intoRussian, unit, 'submit');
    expect(refusal(await work.step(people.intoRussian, unit, 'approve'))).toEqual([403, 'translation.own-work']);
    expect(await stateOf(unit)).toBe('in-review');
    expect(refusal(await work.step(people.intoRussian, unit, 'submit'))).toEqual([409, 'translation.wrong-state']);
    expect((await work.step(people.otherIntoRussian, unit, 'approve')).status).toBe(200);
    expect(refusal(await work.step(people.otherIntoRussian, unit, 'approve'))).toEqual([
      409,
      'translation.wrong-state',
    ]);
  });

  it('A17 is not approved by the side whose language it is not, and the attempt is in the trail', async () => {
    const unit = await work.unit(await work.lead());
    await work.write(people.intoRussian, unit, 'Холодовой проект');
    await work.step(people.intoRussian, unit, 'submit');
    expect(refusal(await work.step(people.official, unit, 'approve'))).toEqual([403, 'auth.forbidden']);
    const refused = (await entriesOf(portal)).filter(({ objectId }) => objectId === unit.id).at(-1);
    expect(refused).toMatchObject({ action: 'translation.work.refused', actorId: people.official.id });
  });

  it('goes back to its author with a reason', async () => {
    const unit = await work.unit(await work.lead());
    await work.write(people.intoRussian, unit, 'Холодовой проект');
    expect(refusal(await work.step(people.otherIntoRussian, unit, 'return', { reason: { ru: 'Рано' } }))).toEqual([
      409,
      'translation.wrong-state',
    ]);
    await work.step(people.intoRussian, unit, 'submit');
    expect((await work.step(people.otherIntoRussian, unit, 'return', {})).body.code).toBe('request.invalid');
    expect(refusal(await work.step(people.official, unit, 'return', { reason: { zh: '不妥' } }))).toEqual([
      403,
      'auth.forbidden',
    ]);
    const returned = await work.step(people.otherIntoRussian, unit, 'return', { reason: { ru: 'Неточно' } });
    expect(returned.body).toMatchObject({ state: 'draft', authorId: people.intoRussian.id });
    const entry = (await entriesOf(portal)).filter(({ objectId }) => objectId === unit.id).at(-1);
    expect(entry?.action).toBe('translation.return');
    expect(JSON.stringify(entry?.changes)).toContain('Неточно');
  });

  it('editing one zh field makes only that ru field stale, undoing clears it', async () => {
    const id = await work.lead({ summary: { zh: '冷链仓储。' } });
    const [name, summary] = [await work.unit(id), await work.unit(id, 'summary')];
    await work.settle(name, 'Холодовой проект');
    await work.settle(summary, 'Холодное хранение.');
    await work.edit(`leads/${id}`, 3, { name: { zh: '冷链物流项目' } });
    expect([await stateOf(name), await stateOf(summary)]).toEqual(['stale', 'approved']);
    expect((await work.get(people.intoRussian, name.id)).body.lastApproved.zh.parts).toContainEqual({
      op: 'added',
      text: '物流',
    });
    await work.edit(`leads/${id}`, 4, { name: { zh: '冷链项目' } });
    expect([await stateOf(name), await stateOf(summary)]).toEqual(['approved', 'approved']);
  });

  it('keeps its approval where another person signs that nothing is to be translated anew', async () => {
    const id = await work.lead();
    const unit = await work.unit(id);
    const reason = { reason: { ru: 'Смысл прежний' } };
    await work.settle(unit, 'Холодовой проект');
    expect(refusal(await work.step(people.otherIntoRussian, unit, 'confirm-unchanged', reason))).toEqual([
      409,
      'translation.wrong-state',
    ]);
    await work.edit(`leads/${id}`, 2, { name: { zh: '冷链的项目' } });
    expect((await work.step(people.otherIntoRussian, unit, 'confirm-unchanged', {})).status).toBe(400);
    const confirmed = await work.step(people.otherIntoRussian, unit, 'confirm-unchanged', reason);
    expect(confirmed.body.state).toBe('approved');
    await work.edit(`leads/${id}`, 3, { name: { zh: '该冷链项目' } });
    expect((await work.step(people.intoRussian, unit, 'confirm-unchanged', reason)).body.state).toBe('in-review');
    const entry = (await entriesOf(portal)).filter(({ objectId }) => objectId === unit.id).at(-1);
    expect([entry?.action, entry?.actorId]).toEqual(['translation.confirm-unchanged', people.intoRussian.id]);
  });
});

describe('two authentic texts', () => {
  const pair = async (): Promise<{ id: string; zh: Unit; ru: Unit }> => {
    const id = await work.lead({ sourceLanguage: 'both', name: { zh: '冷链项目', ru: 'Холодовой проект' } });
    return { id, zh: await work.unit(id, 'name', 'zh'), ru: await work.unit(id, 'name', 'ru') };
  };
  const agreed = async () => {
    const made = await pair();
    for (const unit of [made.zh, made.ru])
      expect((await work.step(people.official, unit, 'submit')).body.state).toBe('in-review');
    expect((await work.step(people.coordinator, made.zh, 'approve')).body.state).toBe('approved');
    expect((await work.step(people.foreignCoordinator, made.ru, 'approve')).body.state).toBe('approved');
    return made;
  };

  it('are published with one approver from each side, not before', async () => {
    const { id, zh, ru } = await pair();
    expect(refusal(await work.publish(`leads/${id}`, 1))).toEqual([409, 'translation.not-agreed']);
    for (const unit of [zh, ru]) await work.step(people.official, unit, 'submit');
    await work.step(people.coordinator, zh, 'approve');
    const early = await work.publish(`leads/${id}`, 1);
    expect(early.body.errors).toMatchObject([{ pointer: '/name', code: 'not-agreed' }]);
    await work.step(people.foreignCoordinator, ru, 'approve');
    expect((await work.publish(`leads/${id}`, 1)).status).toBe(200);
  });

  it.each(['zh', 'ru'] as const)('an edit on an authentic pair drops both approvals (%s)', async (language) => {
    const { id, zh, ru } = await agreed();
    await work.edit(`leads/${id}`, 1, { name: { [language]: language === 'zh' ? '新冷链项目' : 'Новый проект' } });
    expect([await stateOf(zh), await stateOf(ru)]).toEqual(['draft', 'draft']);
    expect(refusal(await work.publish(`leads/${id}`, 2))).toEqual([409, 'translation.not-agreed']);
  });

  it('A17 neither side approves the text of the other, and no translator either of them', async () => {
    const { zh, ru } = await pair();
    for (const unit of [zh, ru]) await work.step(people.official, unit, 'submit');
    expect(refusal(await work.step(people.coordinator, ru, 'approve'))).toEqual([403, 'auth.forbidden']);
    expect(refusal(await work.step(people.foreignCoordinator, zh, 'approve'))).toEqual([403, 'auth.forbidden']);
    expect((await work.step(people.otherIntoRussian, ru, 'approve')).status).toBe(404);
    expect([await stateOf(zh), await stateOf(ru)]).toEqual(['in-review', 'in-review']);
  });

  it('are shown to the coordinators of the other side once they are handed on, and no sooner', async () => {
    const { ru } = await pair();
    expect((await work.get(people.foreignCoordinator, ru.id)).status).toBe(404);
    await work.step(people.official, ru, 'submit');
    expect((await work.get(people.foreignCoordinator, ru.id)).status).toBe(200);
    expect((await work.get(people.foreigner, ru.id)).status).toBe(404);
  });
});
