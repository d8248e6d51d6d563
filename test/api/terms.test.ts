import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/kernel/actor.js';
import { termSpec } from '../../src/platform/glossary/term.resource.js';
import { describeResource } from '../support/describe-resource.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';
import { type Bureau, refusal, Translation, type Unit } from '../support/translation.js';

describeResource(termSpec);

let portal: TestPortal;
let work: Translation;
let people: Bureau;
beforeAll(async () => {
  portal = await startPortal();
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(() => portal?.close());

const BASE = { domain: 'investment', grade: 'B' };

/** A published term; both sides approve the name of one of grade A. */
const term = async (zh: string, ru: string, more: object = {}): Promise<string> => {
  const id = await work.record('terms', { ...BASE, name: { zh, ru }, ...more });
  if ((more as { grade?: string }).grade === 'A') await agree(id);
  expect((await work.publish(`terms/${id}`, 1)).status).toBe(200);
  return id;
};

const agree = async (id: string): Promise<void> => {
  for (const [language, approver] of [
    ['zh', people.coordinator],
    ['ru', people.foreignCoordinator],
  ] as const) {
    const unit = await work.unit(id, 'name', language);
    expect((await work.step(people.official, unit, 'submit')).status).toBe(200);
    expect((await work.step(approver, unit, 'approve')).status).toBe(200);
  }
};

/** A text that was handed on for approval, and the findings of the check of terms. */
const submitted = async (zh: string, ru: string): Promise<{ unit: Unit; findings: Unit[] }> => {
  const unit = await work.unit(await work.lead({ name: { zh } }));
  expect((await work.write(people.intoRussian, unit, ru)).status).toBe(200);
  expect((await work.step(people.intoRussian, unit, 'submit')).status).toBe(200);
  return { unit, findings: await findingsOf(unit) };
};

const findingsOf = async (unit: Unit): Promise<Unit[]> =>
  (await work.get(people.otherIntoRussian, unit.id)).body.findings.filter(({ check }: Unit) => check === 'glossary');

const waive = ({ check, message, language, excerpt }: Unit, unit: Unit): Promise<Answer> =>
  work.step(people.otherIntoRussian, unit, 'waivers', {
    ...{ check, message, language, excerpt },
    reason: { zh: '项目名称如此。', ru: 'Так назван проект.' },
  });

describe('the check of terms', () => {
  it('lets a warning pass with a reason, and only grade A blocks', async () => {
    await term('雪松亭', 'беседка Кедрач');
    await term('霜花亭', 'беседка Изморозь', { grade: 'A', sourceLanguage: 'both' });

    const mild = await submitted('修缮雪松亭', 'Ремонт веранды');
    expect(mild.findings).toMatchObject([{ severity: 'warning', message: 'term-missing' }]);
    expect(refusal(await work.step(people.otherIntoRussian, mild.unit, 'approve'))[1]).toBe(
      'translation.findings-open',
    );
    expect((await waive(mild.findings[0]!, mild.unit)).status).toBe(201);
    expect((await work.step(people.otherIntoRussian, mild.unit, 'approve')).status).toBe(200);

    const grave = await submitted('修缮霜花亭', 'Ремонт веранды');
    expect(grave.findings).toMatchObject([{ severity: 'error', message: 'term-missing' }]);
    expect((await waive(grave.findings[0]!, grave.unit)).status).toBe(400);
    expect(refusal(await work.step(people.otherIntoRussian, grave.unit, 'approve'))[1]).toBe(
      'translation.findings-open',
    );
  });

  it('goes by the terms that hold: a draft, an expired and a withdrawn one alarm nobody', async () => {
    const id = await work.record('terms', { ...BASE, name: { zh: '云杉亭', ru: 'беседка Ельник' } });
    const { unit, findings } = await submitted('修缮云杉亭', 'Ремонт веранды');
    expect(findings).toEqual([]);
    await work.publish(`terms/${id}`, 1);
    expect(await findingsOf(unit)).toHaveLength(1);
    await work.edit(`terms/${id}`, 2, { validUntil: '2020-12-31' });
    expect(await findingsOf(unit)).toEqual([]);
    await work.edit(`terms/${id}`, 3, { validUntil: null });
    expect(await findingsOf(unit)).toHaveLength(1);
    const reason = { reason: { zh: '不再使用。', ru: 'Больше не употребляется.' } };
    await work.ask(people.official, 'DELETE', `/terms/${id}`, reason, { 'If-Match': '"v4-all"' });
    expect(await findingsOf(unit)).toEqual([]);
  });

  it('widens searches by a new term', async () => {
    const lead = await work.lead({ name: { zh: '整修白桦亭' } });
    await work.publish(`leads/${lead}`, 1);
    await term('白桦亭', 'беседка Березняк');
    const found = async () => (await portal.ask('/search?q=беседка%20Березняк&resource=lead')).body.items.length > 0;
    const until = Date.now() + 20_000;
    while (!(await found()) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await found()).toBe(true);
  });
});

describe('grade A', () => {
  it('stands on a term only with an approver from each side, and then stays as agreed', async () => {
    const name = { zh: '红松亭', ru: 'беседка Кедровник' };
    const alone = await work.ask(people.official, 'POST', '/terms', {
      ...BASE,
      ...{ name, grade: 'A', sourceLanguage: 'zh' },
    });
    expect(alone.body.errors).toMatchObject([{ pointer: '/grade', code: 'invalid-value' }]);
    const id = await work.record('terms', { ...BASE, name, grade: 'A', sourceLanguage: 'both' });
    expect(refusal(await work.publish(`terms/${id}`, 1))).toEqual([409, 'translation.not-agreed']);
    await agree(id);
    expect((await work.publish(`terms/${id}`, 1)).status).toBe(200);
    for (const patch of [{ name: { ru: 'беседка Кедр' } }, { forbidden: { ru: ['беседка Сосна'] } }])
      expect(refusal(await work.edit(`terms/${id}`, 2, patch))).toEqual([409, 'term.agreed']);
    expect((await work.edit(`terms/${id}`, 2, { note: 'f' })).status).toBe(200);
    const other = await term('黑桦亭', 'беседка Чёрная берёза', { sourceLanguage: 'both', grade: 'A' });
    expect((await work.edit(`terms/${other}`, 2, { grade: 'B' }, people.foreignCoordinator)).status).toBe(200);
    expect(refusal(await work.edit(`terms/${other}`, 3, { grade: 'A' }))).toEqual([409, 'term.agreed']);
  });

  it('A15 translators propose terms, and publish none', async () => {
    const made = await work.ask(people.intoRussian, 'POST', '/terms', {
      ...BASE,
      ...{ sourceLanguage: 'zh', name: { zh: '樟松亭', ru: 'беседка Сосняк' } },
    });
    expect(made.status).toBe(201);
    const published = await work.ask(people.intoRussian, 'POST', `/terms/${made.body.id}/publish`, undefined, {
      'If-Match': '"v1-all"',
    });
    expect(refusal(published)).toEqual([403, 'auth.forbidden']);
  });
});

describe('what a term touches', () => {
  const impact = (by: AccountActor, id: string, patch?: object, query = '') =>
    work.ask(by, patch ? 'POST' : 'GET', `/terms/${id}/impact${query}`, patch);

  it('are the approved texts that hold it and that a change would make the check alarm about', async () => {
    const id = await term('落叶松亭', 'беседка Лиственница');
    const units: string[] = [];
    for (const n of ['一', '二']) {
      const unit = await work.unit(await work.lead({ name: { zh: `修缮落叶松亭${n}` } }));
      units.push((await work.settle(unit, 'Ремонт беседки Лиственница')).id);
    }
    expect((await impact(people.official, id)).body.items).toEqual([]);

    const patch = { name: { ru: 'павильон Лиственница' } };
    const touched = await impact(people.official, id, patch);
    expect(touched.body.items.map(({ unit }: Unit) => unit).sort()).toEqual(units.sort());
    expect(touched.body.items[0]).toMatchObject({
      ...{ resource: 'lead', field: 'name', language: 'ru' },
      findings: [{ severity: 'warning', language: 'zh', excerpt: '落叶松亭', suggestion: 'павильон Лиственница' }],
    });
    const first = await impact(people.official, id, patch, '?limit=1');
    expect(first.body.items).toHaveLength(1);
    const second = await impact(people.official, id, patch, `?limit=1&cursor=${first.body.page.next}`);
    expect(new Set([first, second].map(({ body }) => body.items[0].unit))).toEqual(new Set(units));
    // Drafts of the other side are none of the asker's.
    expect((await impact(people.foreigner, id, patch)).body.items).toEqual([]);
    // A trial leaves the term as it was; what was changed shows the same texts.
    expect((await work.edit(`terms/${id}`, 2, patch)).status).toBe(200);
    expect((await impact(people.official, id)).body.items).toHaveLength(2);
    expect((await portal.ask(`/terms/${id}/impact`)).status).toBe(401);
  });
});

describe('the glossary as a file', () => {
  const exported = async (format: string): Promise<Answer> => portal.ask(`/terms/export?format=${format}`);
  const load = (json: object, by = people.official) => work.ask(by, 'POST', '/terms/import', json);
  const HEADER =
    'zh,ru,domain,note,source,zh_variants,zh_forms,zh_except,zh_deprecated,zh_forbidden,ru_variants,ru_deprecated,ru_forbidden,ru_forms,use';
  const table = (...rows: string[]) => `${[HEADER, ...rows.map((row) => `${row},,,,,,,,,,`)].join('\n')}\n`;

  it.each([
    ['csv', 'text/csv'],
    ['tbx', 'application/xml'],
  ])('goes out as %s and comes back without a change', async (format, type) => {
    const file = await exported(format);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    const report = await load({ format, text: file.text });
    expect(report.status).toBe(200);
    expect(report.body).toMatchObject({ created: 0, updated: 0 });
    expect(report.body.unchanged).toBeGreaterThan(330);
    expect((await exported(format)).text).toBe(file.text);
  });

  it('is tried before it is taken over: new terms become drafts, known ones are changed', async () => {
    const id = await term('青冈亭', 'беседка Дубрава');
    const text = table(
      '青冈亭,беседка Дубняк,investment,pos: noun,[B] x',
      '枫亭,беседка Клён,investment,,own translation',
    );
    const before = await portal.sql('select count(*)::int as n from term');
    const tried = await load({ format: 'csv', text, dryRun: true });
    expect(tried.body).toMatchObject({ dryRun: true, created: 1, updated: 1, unchanged: 0 });
    expect(await portal.sql('select count(*)::int as n from term')).toEqual(before);
    const done = await load({ format: 'csv', text });
    expect(done.body.terms).toMatchObject([
      { number: 1, id, outcome: 'updated', changed: 'name, partOfSpeech, attestation' },
      { number: 2, outcome: 'created' },
    ]);
    const made = await work.ask(people.official, 'GET', `/terms/${done.body.terms[1].id}`);
    expect(made.body).toMatchObject({ state: 'draft', grade: 'own', attestation: 'own translation' });
  });

  it('is taken over whole or not at all, and every fault is named', async () => {
    const text = table('柞亭,беседка Дуб,investment,,x', '桑亭,беседка Тут,nowhere,,[Q] x', '柞亭,иное,investment,,x');
    const { body, status } = await load({ format: 'csv', text });
    expect([status, body.code]).toEqual([400, 'request.invalid']);
    expect(body.errors).toMatchObject([
      { pointer: '/terms/1/domain', code: 'unknown-code' },
      { pointer: '/terms/1/grade', code: 'unknown-code' },
      { pointer: '/terms/2', code: 'repeated-reference' },
    ]);
    expect(await portal.sql("select id from term where name_zh = '柞亭'")).toEqual([]);
  });

  it('changes no term of somebody else, and reads no declarations', async () => {
    await term('榆亭', 'беседка Вяз');
    const text = table('榆亭,беседка Ильм,investment,,[B] x');
    const foreign = await load({ format: 'csv', text }, people.foreigner);
    expect(foreign.body.errors).toMatchObject([{ pointer: '/terms/0', code: 'not-yours-to-write' }]);
    for (const bad of ['<!DOCTYPE tbx><tbx/>', '<tbx>', 'zh,ru'])
      expect((await load({ format: 'tbx', text: bad })).body.errors).toMatchObject([
        { pointer: '/text', code: 'invalid-format' },
      ]);
    expect((await exported('xlsx')).status).toBe(400);
  });
});
