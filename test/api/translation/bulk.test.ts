import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';
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

const bulk = (actor: AccountActor, action: string, of: object): Promise<Answer> =>
  work.ask(actor, 'POST', '/translation-units/bulk', { action, ...of });
const named = (units: readonly { id: string }[]) => ({ units: units.map(({ id }) => ({ id })) });
const statesOf = async (id: string): Promise<string[]> =>
  (await work.list(people.official, `record=${id}`)).map(({ state }: Unit) => state as string);

describe('a bulk action', () => {
  it('A13 bulk of 50 with one foreign id → all refused, nothing written', async () => {
    const own: Unit[] = [];
    for (let n = 0; n < 49; n += 1) own.push(await work.unit(await work.lead({ name: { zh: `冷链项目${n}` } })));
    const foreign = await work.record(
      'leads',
      { kind: 'investment', sourceLanguage: 'ru', name: { ru: 'Склад' } },
      people.foreigner,
    );
    const theirs = await work.unit(foreign, 'name', 'zh', people.foreigner);
    const claims = async () =>
      (await portal.sql(`select count(*)::int as n from audit where action = 'translation.claim'`))[0]!.n as number;
    const refused = await bulk(people.official, 'claim', named([...own.slice(0, 30), theirs, ...own.slice(30)]));
    expect(refusal(refused)).toEqual([404, 'resource.not-found']);
    expect(refused.body.errors).toMatchObject([{ pointer: '/units/30/id', code: 'unknown-reference' }]);
    const claimed = await portal.sql('select 1 from translation where assignee_id is not null');
    expect(claimed).toEqual([]);
    expect(await claims()).toBe(0);
    const done = await bulk(people.official, 'claim', named(own));
    expect(done.body.units.map(({ assigneeId }: Unit) => assigneeId)).toEqual(own.map(() => people.official.id));
    expect(await claims()).toBe(49);
  });

  it('A13 one unit in the wrong state → all refused', async () => {
    const id = await work.lead({ summary: { zh: '冷链仓储。' } });
    const units = await work.list(people.intoRussian, `record=${id}`);
    await work.write(people.intoRussian, units[0], 'Холодовой проект');
    expect(refusal(await bulk(people.intoRussian, 'submit', named(units)))).toEqual([409, 'translation.wrong-state']);
    expect((await statesOf(id)).sort()).toEqual(['draft', 'missing']);
  });

  it('takes a whole record through claim, submission and approval', async () => {
    const id = await work.lead({ summary: { zh: '冷链仓储。' } });
    const record = { record: { resource: 'lead', id } };
    expect((await bulk(people.official, 'request', record)).body.units).toHaveLength(2);
    expect((await bulk(people.intoRussian, 'claim', { ...record, language: 'ru' })).body.units).toHaveLength(2);
    await work.write(people.intoRussian, await work.unit(id), 'Холодовой проект');
    await work.write(people.intoRussian, await work.unit(id, 'summary'), 'Холодное хранение.');
    expect((await bulk(people.intoRussian, 'submit', record)).body.units).toHaveLength(2);
    expect(refusal(await bulk(people.intoRussian, 'approve', record))).toEqual([403, 'translation.own-work']);
    expect(await statesOf(id)).toEqual(['in-review', 'in-review']);
    expect((await bulk(people.otherIntoRussian, 'approve', record)).status).toBe(200);
    expect(await statesOf(id)).toEqual(['approved', 'approved']);
    expect((await bulk(people.intoRussian, 'release', record)).body.units).toHaveLength(2);
  });

  it('is asked for units or for a record, each once', async () => {
    const unit = await work.unit(await work.lead());
    const record = { record: { resource: 'lead', id: unit.record.id } };
    for (const meant of [{}, { ...record, ...named([unit]) }, named([]), named([unit, unit]), { units: [{ id: 'x' }] }])
      expect(refusal(await bulk(people.official, 'claim', meant))).toEqual([400, 'request.invalid']);
    expect(refusal(await bulk(people.official, 'sign', record))).toEqual([400, 'request.invalid']);
    expect(refusal(await bulk(people.official, 'approve', record))).toEqual([400, 'request.invalid']);
    expect(refusal(await bulk(people.foreigner, 'claim', record))).toEqual([404, 'resource.not-found']);
  });
});
