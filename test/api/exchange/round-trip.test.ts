import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { exported, FORMATS, type Format, idsIn, imported, outcomes, traces } from '../../support/exchange.js';
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

const formats = Object.keys(FORMATS) as Format[];

/** A lead whose summary is awkward in every format. */
const AWKWARD = '=1+1，“引号”，{{name}} <b>&amp;</b>\n第二行，, "x"; ]]> $t(key)';
const awkward = () => work.lead({ summary: { zh: AWKWARD, ru: '-5 °C, «кавычки» {{name}} $t(key)\tи <b>' } });

/** Ids of all pages of a list. */
const listed = async (actor: AccountActor, query: string): Promise<string[]> => {
  const ids: string[] = [];
  let cursor = '';
  for (;;) {
    const { body } = await portal.ask(`/translation-units?${query}&limit=100${cursor}`, { actor });
    ids.push(...body.items.map(({ id }: Unit) => id as string));
    if (!body.page.next) return ids;
    cursor = `&cursor=${encodeURIComponent(body.page.next)}`;
  }
};

/** Ids of all files of an export. */
const left = async (actor: AccountActor, format: Format, query: string): Promise<string[]> => {
  let path: string | undefined = `/translation-units/export?format=${format}&${query}`;
  const ids: string[] = [];
  while (path) {
    const answer = await portal.ask(path, { actor });
    if (answer.status === 404) return ids;
    ids.push(...idsIn(answer.text));
    const link = answer.headers.get('link');
    path = link ? /<\/api\/v1([^>]*)>/.exec(link)![1] : undefined;
  }
  return ids;
};

describe('files of units', () => {
  it.each(formats)('%s: go and come back without an edit, and nothing has changed', async (format) => {
    const id = await awkward();
    const file = await exported(portal, people.intoRussian, format, `into=ru&record=${id}`);
    const before = await traces(portal);
    for (const query of ['?dryRun=true', '']) {
      const answer = await imported(portal, people.intoRussian, file.text, FORMATS[format], query);
      expect(answer.status).toBe(200);
      expect(outcomes(answer.body)).toEqual(['unchanged', 'unchanged']);
    }
    expect(await traces(portal)).toEqual(before);
    const again = await exported(portal, people.intoRussian, format, `into=ru&record=${id}`);
    expect(again.text).toBe(file.text);
  });

  it.each(formats)('%s: all that the seeds hold comes back unchanged', async (format) => {
    const file = await exported(portal, people.official, format, 'into=ru&resource=policy,zone,mechanism');
    const answer = await imported(portal, people.official, file.text, FORMATS[format]);
    expect(answer.status).toBe(200);
    expect(new Set(outcomes(answer.body))).toEqual(new Set(['unchanged']));
    expect(answer.body.counts.unchanged).toBe(200);
  });

  it.each(formats)('A14 %s export → exactly the rows of the JSON list for that caller', async (format) => {
    await work.record('leads', { kind: 'investment', sourceLanguage: 'ru', name: { ru: 'Склад' } }, people.foreigner);
    const everyone = [people.official, people.foreigner, people.coordinator, people.intoRussian, people.intoChinese];
    for (const actor of everyone) {
      for (const into of ['zh', 'ru']) {
        const asked = 'resource=lead,meeting,zone';
        const expected = await listed(actor, `language=${into}&${asked}`);
        // XLIFF holds the texts of a record together, so that the order is the queue's by record only.
        expect((await left(actor, format, `into=${into}&${asked}`)).sort()).toEqual(expected.sort());
      }
    }
  });

  it('A14 a key and an investor get nothing, and somebody from the other side no draft', async () => {
    const id = await work.lead();
    const query = `/translation-units/export?format=csv&into=ru&record=${id}`;
    expect(refusal(await work.ask(people.foreigner, 'GET', query))).toEqual([404, 'exchange.nothing']);
    const investor: AccountActor = { ...people.official, roles: ['investor'] };
    expect(refusal(await work.ask(investor, 'GET', query))).toEqual([403, 'auth.forbidden']);
    expect(refusal(await portal.ask(query))).toEqual([401, 'auth.required']);
  });

  it('E82 CSV: a cell that begins like a formula is harmless', async () => {
    const file = await exported(portal, people.official, 'csv', `into=ru&record=${await awkward()}`);
    expect(file.text).toContain(`"'=1+1，`);
    expect(file.text).toContain(`"'-5 °C`);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="translation-zh-ru.csv"');
  });

  it('names what it is asked wrongly', async () => {
    const ask = (query: string) => work.ask(people.official, 'GET', `/translation-units/export?${query}`);
    expect((await ask('')).body.errors).toMatchObject([
      { parameter: 'format', code: 'required' },
      { parameter: 'into', code: 'required' },
    ]);
    for (const query of ['format=xlsx&into=ru', 'format=csv&into=en', 'format=tmx&into=ru&state=draft'])
      expect(refusal(await ask(query))).toEqual([400, 'request.invalid-parameter']);
    expect(refusal(await ask('format=csv&into=ru&language=ru'))).toEqual([400, 'request.unknown-parameter']);
  });
});
