import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/kernel/actor.js';
import { actorOf } from '../support/actors.js';
import { startPortal, type TestPortal } from '../support/portal.js';

let portal: TestPortal;
let tongjiang: AccountActor;
let heihe: AccountActor;
let eao: AccountActor;

beforeAll(async () => {
  portal = await startPortal();
  tongjiang = await actorOf(portal, 'org-tongjiang-gov');
  heihe = await actorOf(portal, 'org-heihe-ftz');
  eao = await actorOf(portal, 'org-eao-gov');
});
afterAll(() => portal?.close());

type Excerpt = { text: string; marked: boolean }[];
type Hit = {
  resource: string;
  id: string;
  name: Record<string, string> | null;
  title: Record<string, string> | null;
  excerpt: Record<string, Excerpt>;
  matched: {
    lang: string;
    languages: string[];
    field: string;
    reason: string;
    term: Record<string, string> | null;
  };
  link: string;
};

const find = async (q: string, more = '', actor?: AccountActor): Promise<Hit[]> => {
  const answer = await portal.ask(`/search?limit=100&q=${encodeURIComponent(q)}${more}`, actor && { actor });
  expect([q, answer.status]).toEqual([q, 200]);
  return answer.body.items;
};
const idsOf = async (q: string, more = '', actor?: AccountActor): Promise<string[]> =>
  (await find(q, more, actor)).map(({ id }) => id);
/** What really fits, without names that are merely spelt alike. */
const fitting = async (q: string): Promise<string[]> =>
  (await find(q)).filter(({ matched }) => matched.reason !== 'similar').map(({ id }) => id);
const hit = async (q: string, id: string, more = '', actor?: AccountActor): Promise<Hit> => {
  const found = (await find(q, more, actor)).find((one) => one.id === id);
  if (!found) throw new Error(`${q} does not find ${id}`);
  return found;
};
const marked = (excerpt: Excerpt | undefined): string[] =>
  (excerpt ?? []).filter((part) => part.marked).map(({ text }) => text);
const seeded = async (key: string): Promise<string> =>
  (await portal.sql('select record_id from seed_row where key = $1', [key]))[0]!.record_id as string;

const make = async (
  path: string,
  actor: AccountActor,
  json: Record<string, unknown>,
  publish = true,
): Promise<string> => {
  const made = await portal.ask(path, { method: 'POST', actor, json });
  expect([made.status, made.text]).toEqual([201, made.text]);
  if (publish) {
    const answer = await portal.ask(`${path}/${made.body.id}/publish`, {
      method: 'POST',
      actor,
      headers: { 'If-Match': '"v1-all"' },
    });
    expect(answer.status).toBe(200);
  }
  return made.body.id;
};
const meeting = (title: Record<string, string>, more: Record<string, unknown> = {}) => ({
  sourceLanguage: 'zh' in title ? 'zh' : 'ru',
  kind: 'working',
  title,
  ...more,
});

const PLACES = ['同江', 'Тунцзян', 'Тунцзяне', 'тунцзянский', 'Нижнеленинском', '下列宁斯科耶', '下列宁斯阔耶'];

describe('a search in two languages', () => {
  it('finds one meeting by every name of its places, whichever language it is written in', async () => {
    const meetings = [
      await make('/meetings', tongjiang, meeting({ zh: '同江—下列宁斯阔耶口岸会晤' })),
      await make('/meetings', eao, meeting({ ru: 'Встреча в Нижнеленинском и Тунцзяне' })),
      await make(
        '/meetings',
        tongjiang,
        meeting(
          { zh: '大桥通行协调会', ru: 'Совещание по мосту' },
          {
            hostRegion: { id: await seeded('region-tongjiang') },
            venue: { ru: 'село Нижнеленинское' },
          },
        ),
      ),
    ];
    for (const q of PLACES) {
      const all = await idsOf(q);
      const listed = (await portal.ask(`/meetings?limit=100&q=${encodeURIComponent(q)}`)).body.items;
      for (const id of meetings) {
        expect([q, id, all.includes(id)]).toEqual([q, id, true]);
        expect([q, id, listed.some((item: Hit) => item.id === id)]).toEqual([q, id, true]);
      }
    }
  });

  it('says in which language and field, by which pair of the glossary, and marks it', async () => {
    const id = await make('/meetings', tongjiang, meeting({ zh: '赴同江考察<b>会</b>' }));
    const byTerm = await hit('Тунцзяне', id);
    expect(byTerm).toMatchObject({
      resource: 'meeting',
      name: null,
      title: { zh: '赴同江考察<b>会</b>' },
      matched: {
        lang: 'zh',
        languages: ['zh'],
        field: 'title',
        reason: 'glossary',
        term: { zh: '同江', ru: 'Тунцзян' },
      },
      link: `/api/v1/meetings/${id}`,
    });
    expect(byTerm.excerpt.zh).toEqual([
      { text: '赴', marked: false },
      { text: '同江', marked: true },
      { text: '考察<b>会</b>', marked: false },
    ]);
    expect((await hit('同江', id)).matched).toMatchObject({ reason: 'typed', term: null });
    expect((await portal.ask(byTerm.link.replace('/api/v1', ''))).status).toBe(200);
  });

  it('names the reference through whose name a record was found', async () => {
    const region = await seeded('region-tongjiang');
    const id = await make('/meetings', tongjiang, meeting({ zh: '年度碰头' }, { hostRegion: { id: region } }));
    const found = await hit('Тунцзяне', id);
    expect(found.matched).toMatchObject({ field: 'hostRegion', lang: 'ru' });
    expect(marked(found.excerpt.ru).join()).toMatch(/Тунцзян/);
  });

  it('answers in the language asked for, and in the other one where only that one fits', async () => {
    const id = await make('/meetings', tongjiang, meeting({ zh: '木材加工座谈', ru: 'Рабочая беседа' }));
    const found = await hit('木材加工', id, '&lang=ru');
    expect(found.title).toEqual({ ru: 'Рабочая беседа' });
    expect(Object.keys(found.excerpt)).toEqual(['zh']);
    expect(marked(found.excerpt.zh)).toEqual(['木材加工']);
    expect((await hit('木材加工', id, '&lang=ru&fallback=none')).excerpt).toEqual({});
    const both = await hit('беседы', id);
    expect(marked(both.excerpt.ru)).toEqual(['беседа']);
  });

  it('F90 F91 finds one form by another: ё and е, composed and not, full width, traditional, capitals', async () => {
    const id = await make(
      '/meetings',
      eao,
      meeting({ ru: 'Приём зелёной ёлки', zh: '\u2FA6属開發２０２６' }, { sourceLanguage: 'ru' }),
    );
    for (const q of [
      'прием',
      'ПРИЁМ',
      'прие\u0308м',
      'зеленых',
      '金属',
      '開發',
      '开发',
      '２０２６',
      '2026',
      '金属开发2026',
    ]) {
      expect([q, (await idsOf(q)).includes(id)]).toEqual([q, true]);
    }
  });

  it('finds a word by its stem, its forms and its beginning, and by all words together', async () => {
    const id = await make('/meetings', eao, meeting({ ru: 'Переговоры о логистических терминалах' }));
    for (const q of ['терминал', 'терминалов', 'логистические терминалы', 'переговор', 'логист', 'о терминалах']) {
      expect([q, (await idsOf(q)).includes(id)]).toEqual([q, true]);
    }
    for (const q of ['терминалы зерна', 'огистических'])
      expect([q, (await fitting(q)).includes(id)]).toEqual([q, false]);
  });

  it('finds a document number however its brackets are typed', async () => {
    const number = { issuerPrefix: '同测发', year: 2019, serial: 32, display: '同测发〔2019〕32号' };
    const json = { sourceLanguage: 'zh', type: 'notice', title: { zh: '关于印发方案的通知' }, number };
    const id = await make('/documents', tongjiang, json);
    const forms = [
      '同测发〔2019〕32号',
      '同测发[2019]32号',
      '同测发（2019）32号',
      '同测发(2019)032号',
      '同测发【2019】第32号',
    ];
    for (const q of [...forms, '[2019] № 32']) expect([q, (await fitting(q)).includes(id)]).toEqual([q, true]);
    for (const q of forms) {
      expect([q, (await idsOf(q))[0]]).toEqual([q, id]);
      expect(
        (await portal.ask(`/documents?q=${encodeURIComponent(q)}`)).body.items.map((one: Hit) => one.id),
      ).toContain(id);
    }
    expect((await hit('同测发[2019]32号', id)).matched).toMatchObject({ field: 'number', reason: 'typed' });
    for (const q of ['№ 32', '№32', '32号', '第32号']) expect([q, (await idsOf(q)).includes(id)]).toEqual([q, true]);
    for (const q of ['同测发〔2018〕32号', '同测发〔2019〕33号'])
      expect([q, (await fitting(q)).includes(id)]).toEqual([q, false]);
  });
});

describe('the order of what was found', () => {
  it('is: called exactly so, then by the name, then by other texts; the newest first; the same on every page', async () => {
    const zone = (name: string, summary: string) => ({
      sourceLanguage: 'ru',
      kind: 'base',
      stage: 'planned',
      name: { ru: name },
      summary: { ru: summary },
    });
    const told = await make('/facilities', eao, zone('Причал', 'Рядом стоит элеватор Заря'));
    const named = [
      await make('/facilities', eao, zone('Старый элеватор Заря', 'Зерно')),
      await make('/facilities', eao, zone('Элеватор Заря-2', 'Зерно')),
    ];
    const exact = await make('/facilities', eao, zone('Элеватор «Заря»', 'Зерно'));
    const order = [exact, named[1], named[0], told];
    expect(await idsOf('элеватор Заря')).toEqual(order);
    const paged: string[] = [];
    let cursor = '';
    for (let n = 0; n < order.length; n += 1) {
      const answer = await portal.ask(`/search?limit=1&q=${encodeURIComponent('элеватор Заря')}${cursor}`);
      paged.push(...answer.body.items.map(({ id }: Hit) => id));
      expect(answer.body.page.next === null).toBe(n === order.length - 1);
      cursor = `&cursor=${answer.body.page.next}`;
    }
    expect(paged).toEqual(order);
    expect(await idsOf('элеватор Заря', '&resource=facility')).toEqual(order);
    expect(await idsOf('элеватор Заря', '&resource=lead,zone')).toEqual([]);
  });

  it('puts the place itself before all that speaks of it', async () => {
    const region = await seeded('region-tongjiang');
    for (const q of ['同江', 'Тунцзян', 'Тунцзяне', '同江市']) expect([q, (await idsOf(q))[0]]).toEqual([q, region]);
  });
});

describe('a mistyped word', () => {
  it('finds names that are spelt alike, and says so, only where nothing else fits', async () => {
    const [first] = await find('Нижнеленнское');
    expect(first).toMatchObject({ id: await seeded('region-nizhneleninskoye'), matched: { reason: 'similar' } });
    expect(marked(first!.excerpt.ru)).toContain('Нижнеленинское');
    for (const { matched } of await find('Тунцзян')) expect(matched.reason).not.toBe('similar');
  });

  it('A15 is judged by what the asker may see', async () => {
    const hidden = await make('/meetings', eao, meeting({ ru: 'Квазимодостан' }), false);
    const open = await make('/meetings', eao, meeting({ ru: 'Квазимодостаны' }));
    expect(await idsOf('Квазимодостан', '', eao)).toContain(hidden);
    await portal.sql(`update meeting set title_ru = 'Квазимодоштан' where id = $1`, [open]);
    // Who may not see the one that fits is answered as if it were not there.
    const found = await find('Квазимодостан', '', heihe);
    expect(found.map(({ id, matched }) => [id, matched.reason])).toEqual([[open, 'similar']]);
    expect((await find('Квазимодостан')).map(({ id }) => id)).toEqual([open]);
  });
});

describe('what an asker may not see', () => {
  it('A9 A15 is not found, not counted, and tells nothing by the names of its places', async () => {
    const word = 'Засекреченск';
    const audiences = ['public', 'partners', 'side', 'organization'];
    const made: Record<string, string> = {};
    for (const audience of audiences) {
      made[audience] = await make('/meetings', eao, meeting({ ru: `${word} ${audience}` }, { audience }));
    }
    made.draft = await make('/meetings', eao, meeting({ ru: `${word} черновик` }), false);
    const seenBy = async (actor?: AccountActor) => (await idsOf(word, '', actor)).sort();
    const ids = (...names: string[]) => names.map((name) => made[name]!).sort();
    expect(await seenBy()).toEqual(ids('public'));
    expect(await seenBy(heihe)).toEqual(ids('public', 'partners'));
    expect(await seenBy(eao)).toEqual(ids(...audiences, 'draft'));
    const amur = await actorOf(portal, 'org-amur-gov');
    expect(await seenBy(amur)).toEqual(ids('public', 'partners', 'side'));
    for (const actor of [undefined, heihe]) {
      const pages = await portal.ask(`/search?limit=1&q=${word}`, actor && { actor });
      expect([actor?.side, pages.body.page.next === null]).toEqual([actor?.side, actor === undefined]);
      const list = await portal.ask(`/meetings?count=true&q=${word}`, actor && { actor });
      expect(list.body.page.total).toBe((await seenBy(actor)).length);
    }
    await portal.ask(`/meetings/${made.public}`, {
      method: 'DELETE',
      actor: eao,
      headers: { 'If-Match': '"v2-all"' },
      json: { reason: { ru: 'Отменено' } },
    });
    expect(await seenBy()).toEqual([]);
  });

  it('A15 lends its name to nobody: a meeting at a hidden place is not found by that place', async () => {
    const json = { sourceLanguage: 'ru', level: 'settlement', name: { ru: 'Тайногорск' } };
    const place = await make('/regions', eao, json, false);
    const id = await make('/meetings', eao, meeting({ ru: 'Сверка часов' }, { hostRegion: { id: place } }));
    expect(await idsOf('Тайногорске', '', eao)).toEqual([place, id]);
    expect(await idsOf('Тайногорске', '', heihe)).toEqual([]);
    expect(await idsOf('Тайногорск')).toEqual([]);
    const listed = await portal.ask(`/meetings?count=true&q=${encodeURIComponent('Тайногорске')}`);
    expect(listed.body).toMatchObject({ items: [], page: { total: 0 } });
    const shown = await portal.ask(`/search?q=${encodeURIComponent('Сверка часов')}`);
    expect(shown.text).not.toContain('Тайногорск');
  });
});

describe('the parameters of a search', () => {
  const refused = async (query: string, pointer: string): Promise<void> => {
    const answer = await portal.ask(`/search?${query}`);
    expect([query, answer.status, answer.body.errors?.[0]?.parameter]).toEqual([query, 400, pointer]);
  };

  it('B33 are checked like those of lists', async () => {
    await refused('', 'q');
    await refused('q=', 'q');
    await refused(`q=${'x'.repeat(201)}`, 'q');
    await refused('q=%00', 'q');
    await refused(`q=${encodeURIComponent('a\u202Eb')}`, 'q');
    await refused('q=x&resource=passwords', 'resource');
    await refused('q=x&limit=0', 'limit');
    expect((await portal.ask('/search?q=x&sort=name')).body.code).toBe('request.unknown-parameter');
    expect((await portal.ask(`/search?q=${encodeURIComponent('𠀀'.repeat(200))}`)).status).toBe(200);
  });

  it.each(['%', '_', '\\', "'", '"', '*', ':*', '&', '!(', "a' | 'b", '((', '<->', "x'::tsquery", '\\x'])(
    'B33 are words and nothing else: %s',
    async (q) => {
      const answer = await portal.ask(`/search?q=${encodeURIComponent(q)}`);
      expect([q, answer.status]).toEqual([q, 200]);
      if (!/[a-z]/.test(q)) expect(answer.body.items).toEqual([]);
    },
  );

  it('B31 bind the cursor: one of another search, asker or language is refused', async () => {
    const { body } = await portal.ask(`/search?limit=1&q=${encodeURIComponent('合作')}`);
    const next = body.page.next;
    expect(typeof next).toBe('string');
    for (const query of [
      `q=${encodeURIComponent('中国')}`,
      `q=${encodeURIComponent('合作')}&resource=lead`,
      `q=${encodeURIComponent('合作')}&lang=zh`,
    ]) {
      expect([query, (await portal.ask(`/search?limit=1&${query}&cursor=${next}`)).body.code]).toEqual([
        query,
        'request.invalid-cursor',
      ]);
    }
    const other = await portal.ask(`/search?limit=1&q=${encodeURIComponent('合作')}&cursor=${next}`, { actor: heihe });
    expect(other.body.code).toBe('request.invalid-cursor');
  });
});
