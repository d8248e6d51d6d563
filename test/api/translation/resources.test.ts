import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../../src/app.module.js';
import { localizedFields, resources } from '../../../src/resource/spec.js';
import { startPortal, type TestPortal } from '../../support/portal.js';
import { Records } from '../../support/records.js';
import { type Bureau, Translation, type Unit } from '../../support/translation.js';

let portal: TestPortal;
let work: Translation;
let people: Bureau;
beforeAll(async () => {
  portal = await startPortal();
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(() => portal?.close());

/** The texts of meetings, plans and leads, each from missing to approved and stale. */
const CASES = [
  ['meetings', 'title', { title: { zh: '工作会晤' }, kind: 'working' }],
  ['plans', 'title', { title: { zh: '工作计划' } }],
  ['leads', 'name', { name: { zh: '冷链项目' }, kind: 'investment' }],
] as const;

describe('texts run through the translation', () => {
  it.each(CASES)('of %s', async (path, field, body) => {
    const id = await work.record(path, body);
    const unit = await work.unit(id, field);
    await work.write(people.intoRussian, unit, 'Название по-русски');
    await work.step(people.intoRussian, unit, 'submit');
    const { findings } = (await work.get(people.otherIntoRussian, unit.id)).body as Unit;
    for (const { check, message, language, excerpt } of findings)
      await work.step(people.otherIntoRussian, unit, 'waivers', {
        check,
        message,
        language,
        excerpt,
        reason: { ru: 'Проба' },
      });
    expect((await work.step(people.otherIntoRussian, unit, 'approve')).body.state).toBe('approved');
    const read = () => work.ask(people.official, 'GET', `/${path}/${id}`);
    expect((await read()).body).toMatchObject({
      version: 2,
      [field]: { ru: 'Название по-русски' },
      languages: { ru: { state: 'approved' } },
    });
    const edited = await work.edit(`${path}/${id}`, 2, { [field]: { zh: '改后的标题' } });
    expect(edited.body.languages.ru.state).toBe('stale');
    expect((await work.get(people.intoRussian, unit.id)).body.state).toBe('stale');
  });

  it('of every resource that has any, also of what was loaded at the start', async () => {
    const records = new Records(portal);
    for (const spec of resources()) {
      const fields = localizedFields(spec).map(({ name }) => name);
      if (fields.length === 0) continue;
      const id = await records.make(spec, people.official, { state: 'draft', audience: 'partners' });
      const { body: record } = await work.ask(people.official, 'GET', `/${spec.path}/${id}`);
      const units = await work.list(people.official, `record=${id}&limit=100`);
      expect([spec.name, units.every(({ field }: Unit) => fields.includes(field as string))]).toEqual([
        spec.name,
        true,
      ]);
      expect([spec.name, units.length > 0]).toEqual([spec.name, fields.some((field) => record[field] !== null)]);
    }
    const [row] = await portal.sql(
      `select count(*)::int as n from seed_row s where not exists (select 1 from translation t where t.record_id = s.record_id)`,
    );
    const [loaded] = await portal.sql('select count(*)::int as n from seed_row');
    expect(row!.n as number).toBeLessThan((loaded!.n as number) / 2);
  });
});
