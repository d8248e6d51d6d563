import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPortal, type TestPortal } from '../../support/portal.js';
import { type Bureau, refusal, Translation, type Unit } from '../../support/translation.js';

let portal: TestPortal;
let work: Translation;
let people: Bureau;
beforeAll(async () => {
  portal = await startPortal({ config: { engine: 'fake' } });
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(() => portal?.close());

const detail = async (unit: Unit, actor = people.intoRussian): Promise<Unit> => (await work.get(actor, unit.id)).body;

describe('a translator is shown', () => {
  it('approved translations of the same original, then of similar ones with what differs', async () => {
    const original = '黑河自贸片区冷链物流园项目建设';
    await work.settle(
      await work.unit(await work.lead({ name: { zh: original } })),
      'Строительство парка холодовой логистики Хэйхэского участка ЗСТ',
    );
    const same = await detail(await work.unit(await work.lead({ name: { zh: original } })));
    expect(same.memory[0]).toMatchObject({ match: 'exact', similarity: 1, texts: { zh: original } });
    const like = await detail(await work.unit(await work.lead({ name: { zh: `${original}方案` } })));
    expect(like.memory[0]).toMatchObject({ match: 'similar' });
    expect(like.memory[0].difference.parts).toContainEqual({ op: 'added', text: '方案' });
    expect(like.memory[0].similarity).toBeLessThan(1);
  });

  it('A15 nothing out of records that are hidden from them', async () => {
    const original = '仅限本单位的内部冷链仓储方案';
    const hidden = await work.lead({ name: { zh: original }, audience: 'organization' });
    await work.settle(await work.unit(hidden), 'Внутренний план холодного хранения');
    await work.publish(`leads/${hidden}`, 2);
    const other = await work.unit(await work.lead({ name: { zh: original } }));
    expect((await detail(other, people.official)).memory).toHaveLength(1);
    expect((await detail(other, people.otherIntoRussian)).memory).toEqual([]);
  });

  it('the terms of the text with their variants, and names as they are transcribed', async () => {
    const unit = await work.unit(await work.lead({ name: { zh: '同江市王晓明市长谈超前发展区' } }));
    const shown = await detail(unit);
    expect(shown.terms.map(({ found }: { found: string }) => found)).toEqual(expect.arrayContaining(['同江市']));
    expect(shown.names).toEqual(
      expect.arrayContaining([
        { name: '王晓明', pinyin: 'Wang Xiaoming', russian: 'Ван Сяомин' },
        { name: '同江', pinyin: 'Tongjiang', russian: 'Тунцзян' },
      ]),
    );
    const back = await work.record(
      'leads',
      { kind: 'investment', sourceLanguage: 'ru', name: { ru: 'Ван Сяомин в Хэйхэ' } },
      people.foreigner,
    );
    const names = (await detail(await work.unit(back, 'name', 'zh', people.foreigner), people.intoChinese)).names;
    expect(names).toContainEqual({
      ...{ name: 'Ван Сяомин', russian: 'Ван Сяомин' },
      pinyin: expect.stringMatching(/^Wang Xiaoming/),
    });
  });

  it('what people said about the text, in order', async () => {
    const unit = await work.unit(await work.lead());
    expect((await work.step(people.official, unit, 'comments', { text: { zh: '“冷链”怎么译？' } })).status).toBe(201);
    const answer = await work.step(people.intoRussian, unit, 'comments', { text: { ru: 'Холодовой' } });
    expect(answer.body.comments.map(({ authorId }: Unit) => authorId)).toEqual([
      people.official.id,
      people.intoRussian.id,
    ]);
    expect((await work.step(people.foreigner, unit, 'comments', { text: { ru: 'x' } })).status).toBe(404);
    expect((await work.step(people.official, unit, 'comments', { text: {} })).status).toBe(400);
  });
});

describe('the checks', () => {
  const inReview = async (zh: string, ru: string): Promise<Unit> => {
    const unit = await work.unit(await work.lead({ name: { zh } }));
    await work.write(people.intoRussian, unit, ru);
    await work.step(people.intoRussian, unit, 'submit');
    return unit;
  };

  it('an error blocks approval, and cannot be waived', async () => {
    const unit = await inReview('投资24.7亿元', 'Инвестиции – 24,7\u00A0млрд юаней');
    const refused = await work.step(people.otherIntoRussian, unit, 'approve');
    expect(refusal(refused)).toEqual([409, 'translation.findings-open']);
    const { check, message, language, excerpt, severity } = refused.body.findings[0];
    expect([check, severity]).toEqual(['quantities', 'error']);
    const waiver = { check, message, language, excerpt, reason: { ru: 'Так надо' } };
    expect(refusal(await work.step(people.intoRussian, unit, 'waivers', waiver))).toEqual([400, 'request.invalid']);
  });

  it('a warning needs a waiver with a reason, which is void when either text changes', async () => {
    const [zh, ru] = ['冷链项目。', 'Холодовой проект'];
    const unit = await inReview(zh, ru);
    const refused = await work.step(people.otherIntoRussian, unit, 'approve');
    expect(refused.body.findings.map(({ severity }: Unit) => severity)).toEqual(['warning']);
    const { check, message, language, excerpt } = refused.body.findings[0];
    const named = { check, message, language, ...(excerpt !== null && { excerpt }) };
    expect((await work.step(people.intoRussian, unit, 'waivers', named)).status).toBe(400);
    const reason = { ru: 'Заголовок без точки' };
    expect((await work.step(people.foreigner, unit, 'waivers', { ...named, reason })).status).toBe(404);
    const waived = await work.step(people.intoRussian, unit, 'waivers', { ...named, reason });
    expect(waived.body.findings[0].waiver).toMatchObject({ reason, authorId: people.intoRussian.id });
    const path = `leads/${unit.record.id}`;
    await work.edit(path, 2, { name: { zh: '新冷链项目。' } });
    expect((await detail(unit)).findings[0].waiver).toBeNull();
    await work.edit(path, 3, { name: { zh } });
    expect((await work.step(people.otherIntoRussian, unit, 'approve')).body.state).toBe('approved');
    await work.edit(path, 4, { name: { ru: 'Холодовой большой проект' } });
    expect((await detail(unit)).findings[0].waiver).toBeNull();
  });

  it('block the word that nothing is to be translated anew, where figures changed', async () => {
    const unit = await work.unit(await work.lead({ name: { zh: '投资24.7亿元' } }));
    await work.settle(unit, 'Инвестиции – 2,47\u00A0млрд юаней');
    await work.edit(`leads/${unit.record.id}`, 2, { name: { zh: '投资25.7亿元' } });
    const refused = await work.step(people.otherIntoRussian, unit, 'confirm-unchanged', { reason: { ru: 'То же' } });
    expect(refusal(refused)).toEqual([409, 'translation.findings-open']);
  });
});

describe('machine translation', () => {
  it('is marked in unit and record until a person approves it', async () => {
    const id = await work.lead();
    const unit = await work.unit(id);
    const languages = async () => (await work.ask(people.official, 'GET', `/leads/${id}`)).body.languages.ru.state;
    const made = await work.step(people.intoRussian, unit, 'machine');
    expect(made.body).toMatchObject({
      state: 'machine',
      origin: 'machine',
      authorId: null,
      texts: { ru: 'Машинный перевод' },
    });
    expect(await languages()).toBe('machine');
    expect(refusal(await work.step(people.intoRussian, unit, 'machine'))).toEqual([409, 'translation.wrong-state']);
    await work.step(people.intoRussian, unit, 'submit');
    expect(await languages()).toBe('machine');
    expect(refusal(await work.step(people.intoRussian, unit, 'approve'))).toEqual([403, 'translation.own-work']);
    const found = (await detail(unit)).findings as Unit[];
    for (const { check, message, language, excerpt } of found)
      await work.step(people.intoRussian, unit, 'waivers', {
        check,
        message,
        language,
        excerpt,
        reason: { ru: 'Проба' },
      });
    expect((await work.step(people.otherIntoRussian, unit, 'approve')).body).toMatchObject({ state: 'approved' });
    expect(await languages()).toBe('approved');
  });

  it('is not asked for by those who may not write, and not where a claim stands', async () => {
    const unit = await work.unit(await work.lead());
    await work.step(people.otherIntoRussian, unit, 'claim');
    expect(refusal(await work.step(people.intoRussian, unit, 'machine'))).toEqual([409, 'translation.claimed']);
    expect((await work.step(people.intoChinese, unit, 'machine')).status).toBe(404);
  });

  it('is none unless an engine is connected', async () => {
    const bare = await startPortal();
    try {
      const own = await Translation.on(bare);
      const unit = await own.unit(await own.lead());
      expect(refusal(await own.step(own.people.intoRussian, unit, 'machine'))).toEqual([409, 'translation.no-engine']);
    } finally {
      await bare.close();
    }
  });
});
