import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { exported, FORMATS, type Format, imported, outcomes, traces } from '../../support/exchange.js';
import { startPortal, type TestPortal } from '../../support/portal.js';
import { type Bureau, refusal, Translation } from '../../support/translation.js';

let portal: TestPortal;
let work: Translation;
let people: Bureau;
beforeAll(async () => {
  portal = await startPortal();
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(() => portal?.close());

const csv = (query: string, actor: AccountActor = people.intoRussian): Promise<string> =>
  exported(portal, actor, 'csv', `into=ru&${query}`).then(({ text }) => text);
const take = (text: string, actor: AccountActor = people.intoRussian, query = '') =>
  imported(portal, actor, text, 'text/csv', query);

/** Puts a translation of a missing text into a file, and a state that says whether somebody has looked at it. */
const translated: Record<Format, (file: string, text: string, reviewed: boolean) => string> = {
  xliff2: (file, text, reviewed) =>
    file
      .replace('</source>', `</source><target>${text}</target>`)
      .replace('state="initial"', `state="${reviewed ? 'reviewed' : 'translated'}"`),
  xliff12: (file, text, reviewed) =>
    file.replace('</source>', `</source><target state="${reviewed ? 'signed-off' : 'translated'}">${text}</target>`),
  csv: (file, text, reviewed) => file.replace(',ru,,missing,', `,ru,${text},${reviewed ? 'in-review' : 'draft'},`),
};

describe('an import', () => {
  it.each(Object.keys(FORMATS) as Format[])('%s: writes a translation as a draft of its bringer', async (format) => {
    const id = await work.lead();
    const { text } = await exported(portal, people.intoRussian, format, `into=ru&record=${id}`);
    const file = translated[format](text, 'Холодовой проект', false);
    const tried = await imported(portal, people.intoRussian, file, FORMATS[format], '?dryRun=true');
    expect(tried.body).toMatchObject({ dryRun: true, counts: { applied: 1, unchanged: 0, refused: 0 } });
    expect((await work.unit(id)).state).toBe('missing');
    const done = await imported(portal, people.intoRussian, file, FORMATS[format]);
    expect(done.body).toEqual({ ...tried.body, dryRun: false });
    expect(await work.unit(id)).toMatchObject({
      texts: { zh: '冷链项目', ru: 'Холодовой проект' },
      ...{ state: 'draft', origin: 'import', authorId: people.intoRussian.id, approverId: null },
    });
    expect(outcomes((await imported(portal, people.intoRussian, file, FORMATS[format])).body)).toEqual(['unchanged']);
  });

  it.each(Object.keys(FORMATS) as Format[])(
    '%s: hands on what was reviewed elsewhere, and approves nothing',
    async (format) => {
      const id = await work.lead();
      const { text } = await exported(portal, people.intoRussian, format, `into=ru&record=${id}`);
      const file = translated[format](text, 'Холодовой проект', true);
      const done = await imported(portal, people.intoRussian, file, FORMATS[format]);
      expect(done.body.units[0]).toMatchObject({ outcome: 'applied', state: 'in-review' });
      const unit = await work.unit(id);
      expect(unit.state).toBe('in-review');
      expect(refusal(await work.step(people.intoRussian, unit, 'approve'))).toEqual([403, 'translation.own-work']);
      expect((await work.step(people.otherIntoRussian, unit, 'approve')).status).toBe(200);
    },
  );

  it('A13 one unit of many is refused → none is written, and each is reported', async () => {
    const id = await work.lead({ summary: { zh: '冷链仓储。' }, constructionContent: { zh: '详情。' } });
    const file = await csv(`record=${id}`);
    const edited = file
      .replace('冷链项目,ru,,', '冷链项目,ru,Холодовой проект,')
      .replace('冷链仓储。,ru,,', '冷链仓储。,ru,Склад.,');
    const mixed = edited.replace(/^[0-9a-f-]{36}(,lead,[^,]*,summary)/m, '01900000-0000-7000-8000-00000000ffff$1');
    const before = await traces(portal);
    const tried = await take(mixed, people.intoRussian, '?dryRun=true');
    expect(tried.status).toBe(200);
    expect(outcomes(tried.body).sort()).toEqual(['applied', 'unchanged', 'unknown-unit']);
    const refused = await take(mixed);
    expect(refusal(refused)).toEqual([409, 'exchange.refused']);
    expect(refused.body.report).toEqual({ ...tried.body, dryRun: false });
    expect(await traces(portal)).toEqual(before);
    expect(outcomes((await take(edited)).body).sort()).toEqual(['applied', 'applied', 'unchanged']);
  });

  it('refuses by name what has changed on either side since it left', async () => {
    const id = await work.lead();
    const file = (await csv(`record=${id}`)).replace(',ru,,', ',ru,Холодовой проект,');
    await work.write(people.otherIntoRussian, await work.unit(id), 'Иной перевод');
    expect(outcomes((await take(file)).body.report)).toEqual(['conflict']);
    const now = (await csv(`record=${id}`)).replace('Иной перевод', 'Третий перевод');
    await work.edit(`leads/${id}`, 2, { name: { zh: '冷链项目（二期）' } });
    expect(outcomes((await take(now)).body.report)).toEqual(['stale']);
    const fresh = (await csv(`record=${id}`)).replace('Иной перевод', 'Холодовой проект (вторая очередь)');
    expect(outcomes((await take(fresh)).body)).toEqual(['applied']);
    expect((await work.unit(id)).state).toBe('draft');
  });

  it('asks nothing of a unit that nobody worked on, whatever has happened to it meanwhile', async () => {
    const id = await work.lead({ name: { zh: '冷链项目', ru: 'Холодовой проект' } });
    const file = await csv(`record=${id}`);
    await work.edit(`leads/${id}`, 1, { name: { zh: '冷链项目（二期）' } });
    await work.write(people.intoRussian, await work.unit(id), 'Вторая очередь');
    expect(outcomes((await take(file)).body)).toEqual(['unchanged']);
    expect((await work.unit(id)).texts.ru).toBe('Вторая очередь');
  });

  it('never takes a text away', async () => {
    const id = await work.lead({ name: { zh: '冷链项目', ru: 'Холодовой проект' } });
    const file = (await csv(`record=${id}`)).replace('Холодовой проект', '');
    expect(outcomes((await take(file)).body)).toEqual(['unchanged']);
    expect((await work.unit(id)).texts.ru).toBe('Холодовой проект');
  });

  it('A16 a translator who edits the original or another language’s text → refused', async () => {
    const id = await work.lead();
    const file = (await csv(`record=${id}`)).replace(',ru,,', ',ru,Холодовой проект,');
    expect(outcomes((await take(file.replace('冷链项目', '冷链计划'))).body.report)).toEqual(['source-edited']);
    expect(outcomes((await take(file.replace(',ru,Х', ',zh,Х'))).body.report)).toEqual(['wrong-language']);
    expect(outcomes((await take(file.replace(/[0-9a-f]{32}-0/, ''))).body.report)).toEqual(['fingerprint-missing']);
    const twice = `${file}${file.split('\n')[1]!.replace('Холодовой', 'Другой')}\n`;
    expect(outcomes((await take(twice)).body.report)).toEqual(['applied', 'repeated-unit']);
  });

  it('writes only what the bringer may write', async () => {
    const id = await work.lead();
    await work.publish(`leads/${id}`, 1);
    const file = (await csv(`record=${id}`)).replace(',ru,,', ',ru,Холодовой проект,');
    const foreign = await take(file, people.foreigner);
    expect(outcomes(foreign.body.report)).toEqual(['not-yours']);
    expect(outcomes((await take(file, people.intoChinese)).body.report)).toEqual(['unknown-unit']);
    await work.step(people.otherIntoRussian, await work.unit(id), 'claim');
    expect(outcomes((await take(file)).body.report)).toEqual(['claimed']);
    await work.step(people.otherIntoRussian, await work.unit(id), 'release');
    await work.settle(await work.unit(id), 'Холодовой проект');
    const rewritten = (await csv(`record=${id}`)).replace('Холодовой проект', 'Проект');
    expect(outcomes((await take(rewritten)).body.report)).toEqual(['approved']);
    expect(outcomes((await take(rewritten, people.official)).body)).toEqual(['applied']);
    expect((await work.unit(id)).state).toBe('in-review');
  });

  it('E85 a lost placeholder is an error, other findings are told', async () => {
    const id = await work.lead({ name: { zh: '项目{{name}}' } });
    const file = await exported(portal, people.intoRussian, 'xliff2', `into=ru&record=${id}`).then(({ text }) => text);
    expect(file).toContain('<data id="d1">{{name}}</data>');
    const ph = /<ph [^>]*>/.exec(file)![0];
    const lost = file.replace('</source>', '</source><target>Проект</target>');
    const report = await imported(portal, people.intoRussian, lost, 'application/xml');
    expect(outcomes(report.body.report)).toEqual(['placeholder-lost']);
    const kept = file.replace('</source>', `</source><target>Проект ${ph}.</target>`);
    const done = await imported(portal, people.intoRussian, kept, 'application/xml');
    expect(outcomes(done.body)).toEqual(['applied']);
    expect(done.body.units[0].findings).toMatchObject([{ check: 'end-punctuation', severity: 'warning' }]);
    expect((await work.unit(id)).texts.ru).toBe('Проект {{name}}.');
  });

  it('F88 refuses a text that the field does not take', async () => {
    const id = await work.lead();
    const file = await csv(`record=${id}`);
    for (const text of ['Проект\u202E', 'х'.repeat(5_000)])
      expect(outcomes((await take(file.replace(',ru,,', `,ru,${text},`))).body.report)).toEqual(['invalid-text']);
    expect((await work.unit(id)).state).toBe('missing');
  });

  it('TMX: approved pairs leave as a memory, and fill missing texts of the same original', async () => {
    const first = await work.lead({ name: { zh: '边境冷链中心' } });
    await work.settle(await work.unit(first), 'Пограничный холодовой центр');
    const memory = await exported(portal, people.intoRussian, 'tmx', `into=ru&record=${first}`);
    expect(memory.headers.get('content-type')).toContain('application/x-tmx+xml');
    const [second, third] = [
      await work.lead({ name: { zh: '边境冷链中心' } }),
      await work.lead({ name: { zh: '别的' } }),
    ];
    const foreignTool = memory.text.replace('<tmx', '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx');
    const done = await imported(portal, people.intoRussian, foreignTool, 'application/x-tmx+xml');
    expect(done.body).toMatchObject({ counts: { applied: 1, unchanged: 0, refused: 0 }, units: [{ state: 'draft' }] });
    expect(await work.unit(second)).toMatchObject({ state: 'draft', origin: 'import' });
    expect((await work.unit(third)).state).toBe('missing');
    await work.lead({ name: { zh: '边境冷链中心' } });
    const two = memory.text.replace(/(<tu .*<\/tu>)/, (unit) => `${unit}${unit.replace('Пограничный', 'Иной')}`);
    expect(outcomes((await imported(portal, people.intoRussian, two, 'text/xml')).body)).toEqual(['ambiguous']);
  });
});
