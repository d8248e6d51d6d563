import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPortal, type TestPortal } from '../../support/portal.js';
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

const tagOf = async (unit: Unit): Promise<string> => (await work.get(people.official, unit.id)).headers.get('etag')!;

describe('writing the text of a unit', () => {
  it('the loser of a race on one language gets 412 with both texts', async () => {
    const unit = await work.unit(await work.lead());
    const tag = await tagOf(unit);
    const both = await Promise.all([
      work.write(people.intoRussian, unit, 'Первый', tag),
      work.write(people.otherIntoRussian, unit, 'Второй', tag),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [winner, loser] = [both.find(({ status }) => status === 200)!, both.find(({ status }) => status === 412)!];
    expect(loser.body).toMatchObject({ code: 'resource.stale', texts: winner.body.texts });
    expect(Object.keys(loser.body.texts).sort()).toEqual(['ru', 'zh']);
  });

  it('zh and ru lock independently: a translation written over an edit of its original is kept, and stale', async () => {
    const id = await work.lead();
    const unit = await work.unit(id);
    const tag = await tagOf(unit);
    await work.edit(`leads/${id}`, 1, { name: { zh: '冷链物流项目' } });
    const written = await work.write(people.intoRussian, unit, 'Холодовой проект', tag);
    expect([written.status, written.body.state]).toEqual([200, 'stale']);
    await work.edit(`leads/${id}`, 3, { name: { zh: '冷链项目' } });
    expect((await work.get(people.intoRussian, unit.id)).body.state).toBe('draft');
  });

  it('zh and ru lock independently: an edit of the original does not lose against a translation', async () => {
    const id = await work.lead();
    const unit = await work.unit(id);
    expect((await work.write(people.intoRussian, unit, 'Холодовой проект')).status).toBe(200);
    const edited = await work.edit(`leads/${id}`, 1, { name: { zh: '冷链物流项目' } });
    expect([edited.status, edited.body.version]).toEqual([200, 3]);
    expect(edited.body.name).toEqual({ zh: '冷链物流项目', ru: 'Холодовой проект' });
    const late = await work.edit(`leads/${id}`, 1, { name: { zh: '另一个' } });
    expect(refusal(late)).toEqual([412, 'resource.stale']);
    expect(refusal(await work.edit(`leads/${id}`, 2, { name: { ru: 'Иначе' } }))).toEqual([412, 'resource.stale']);
  });

  it('zh and ru lock independently: a translator cannot pass over an edit of the original by an old record', async () => {
    const id = await work.lead();
    await work.edit(`leads/${id}`, 1, { name: { zh: '冷链物流项目' } });
    const patch = await work.edit(`leads/${id}`, 1, { name: { ru: 'Проект' } }, people.intoRussian);
    expect(refusal(patch)).toEqual([412, 'resource.stale']);
  });

  it('both sides write an authentic pair at once, each its own text', async () => {
    const id = await work.lead({ sourceLanguage: 'both', name: { zh: '甲', ru: 'А' } });
    const [zh, ru] = [await work.unit(id, 'name', 'zh'), await work.unit(id, 'name', 'ru')];
    const tags = [await tagOf(zh), await tagOf(ru)];
    const answers = await Promise.all([
      work.write(people.official, zh, '甲乙', tags[0]),
      work.write(people.coordinator, ru, 'А и Б', tags[1]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const record = await work.ask(people.official, 'GET', `/leads/${id}`);
    expect(record.body).toMatchObject({ version: 3, name: { zh: '甲乙', ru: 'А и Б' } });
  });

  it('needs a tag of this very language', async () => {
    const unit = await work.unit(await work.lead());
    const send = (headers: Record<string, string>) =>
      work.ask(people.intoRussian, 'PATCH', `/translation-units/${unit.id}`, { text: { ru: 'Проект' } }, headers);
    expect(refusal(await send({}))).toEqual([428, 'resource.precondition-required']);
    const tag = await tagOf(unit);
    for (const wrong of ['*', `W/${tag}`, '"v1-all"', tag.replace('-ru-', '-zh-'), tag.replace('"u1', '"u7')])
      expect([wrong, ...refusal(await send({ 'If-Match': wrong }))]).toEqual([wrong, 412, 'resource.stale']);
    expect((await send({ 'If-Match': tag })).status).toBe(200);
  });

  it('A16 is for the language of the unit, and for those who translate into it', async () => {
    const unit = await work.unit(await work.lead());
    const headers = { 'If-Match': await tagOf(unit) };
    const path = `/translation-units/${unit.id}`;
    for (const text of [{ zh: '改' }, { ru: 'Проект', zh: '改' }])
      expect(refusal(await work.ask(people.intoRussian, 'PATCH', path, { text }, headers))).toEqual([
        403,
        'auth.forbidden',
      ]);
    expect((await work.ask(people.intoRussian, 'PATCH', path, { text: {} }, headers)).status).toBe(400);
    expect((await work.ask(people.intoChinese, 'PATCH', path, { text: { ru: 'Проект' } }, headers)).status).toBe(404);
    expect((await work.ask(people.foreigner, 'PATCH', path, { text: { ru: 'Проект' } }, headers)).status).toBe(404);
    expect((await work.get(people.intoRussian, unit.id)).body).toMatchObject({ version: 1, state: 'missing' });
  });

  it('A16 leaves an approved text that still stands alone', async () => {
    const unit = await work.unit(await work.lead());
    await work.settle(unit, 'Холодовой проект');
    expect(refusal(await work.write(people.intoRussian, unit, 'Иначе'))).toEqual([409, 'translation.wrong-state']);
    expect((await work.write(people.official, unit, 'Иначе')).body.state).toBe('draft');
  });

  it('keeps the rules of the field', async () => {
    const unit = await work.unit(await work.lead());
    const answer = await work.write(people.intoRussian, unit, 'я'.repeat(5_000));
    expect(answer.body).toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/name/ru', code: 'too-long' }] });
  });
});

describe('a claim', () => {
  it('keeps a text for whoever took it, until it is given back or runs out', async () => {
    const unit = await work.unit(await work.lead());
    const claimed = await work.step(people.intoRussian, unit, 'claim');
    expect(claimed.body.assigneeId).toBe(people.intoRussian.id);
    const other = people.otherIntoRussian;
    for (const answer of [
      await work.step(other, unit, 'claim'),
      await work.step(other, unit, 'release'),
      await work.write(other, unit, 'Проект'),
    ])
      expect(refusal(answer)).toEqual([409, 'translation.claimed']);
    expect((await work.list(people.intoRussian, 'assignee=me')).map(({ id }) => id)).toContain(unit.id);
    expect((await work.list(other, `assignee=none&record=${unit.record.id}`)).length).toBe(0);
    expect((await work.list(other, `assignee=${people.intoRussian.id}`)).map(({ id }) => id)).toContain(unit.id);
    await portal.sql(`update translation set claimed_until = now() - interval '1 minute' where id = $1`, [unit.id]);
    expect((await work.step(other, unit, 'claim')).body.assigneeId).toBe(other.id);
    expect((await work.step(other, unit, 'release')).body.assigneeId).toBeNull();
    expect(refusal(await work.step(other, unit, 'release'))).toEqual([409, 'translation.wrong-state']);
  });

  it('two at once: one has the text', async () => {
    const unit = await work.unit(await work.lead());
    const both = await Promise.all([
      work.step(people.intoRussian, unit, 'claim'),
      work.step(people.otherIntoRussian, unit, 'claim'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is for those who may write the text', async () => {
    const id = await work.lead();
    const unit = await work.unit(id);
    await work.publish(`leads/${id}`, 1);
    expect(refusal(await work.step(people.foreigner, unit, 'claim'))).toEqual([403, 'auth.forbidden']);
    expect((await work.step(people.official, unit, 'claim')).status).toBe(200);
  });
});
