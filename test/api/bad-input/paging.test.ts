import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '../../../src/kernel/actor.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';
import { expectProblem, IN_RUSSIAN } from './problems.js';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startPortal({ template: 'portal_empty' });
});
afterAll(() => portal.close());
beforeEach(() => portal.sql('truncate industry cascade'));

type Names = { zh?: string; ru?: string };
type Page = { ids: string[]; next: string | null; answer: Answer };

/** Published industries under the given names. @returns their ids */
const publish = async (names: Names[], code = randomUUID()): Promise<string[]> => {
  const rows = await portal.sql(
    `insert into industry (id, version, state, audience, source_language, created_at, updated_at, published_at, verbatim, code, name_zh, name_ru)
     select gen_random_uuid(), 1, 'published', 'public', 'zh', now(), now(), now(), true, $3 || '-' || n, zh, ru
     from unnest($1::text[], $2::text[]) with ordinality as names(zh, ru, n) returning id`,
    [names.map(({ zh }) => zh ?? null), names.map(({ ru }) => ru ?? null), code],
  );
  return rows.map(({ id }) => id as string);
};

const page = async (query: string, cursor: string | null = null, actor?: Actor): Promise<Page> => {
  const answer = await portal.ask(`/industries?${query}${cursor === null ? '' : `&cursor=${cursor}`}`, {
    headers: IN_RUSSIAN,
    ...(actor && { actor }),
  });
  return { ids: (answer.body.items ?? []).map(({ id }: { id: string }) => id), next: answer.body.page?.next, answer };
};

/** Every page of a list, with something done between each two of them. */
const walk = async (
  query: string,
  between: (pages: number) => Promise<unknown> = async () => {},
): Promise<string[][]> => {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const { ids, next, answer }: Page = await page(query, cursor);
    expect(answer.status).toBe(200);
    pages.push(ids);
    cursor = next;
    await between(pages.length);
  } while (cursor !== null);
  return pages;
};

const CHINESE = [
  '长春',
  '哈尔滨',
  '黑河',
  '佳木斯',
  '同江',
  '绥芬河',
  '牡丹江',
  '大庆',
  '抚远',
  '饶河',
  '虎林',
  '漠河',
];
const RUSSIAN = ['Еда', 'Ёлка', 'Ель', 'Амур', 'Бурея', 'Зея', 'Архара', 'Свободный', 'Тында', 'Яблоко', 'Жук', 'Щука'];

describe('pages of a list', () => {
  it('B35 of twelve records by their translated title are ten and two, and the total is twelve', async () => {
    await publish(CHINESE.map((zh, index) => ({ zh, ru: RUSSIAN[index]! })));
    for (const lang of ['zh', 'ru', 'all']) {
      const pages = await walk(`sort=name&limit=10&count=true&lang=${lang}`);
      expect(pages.map(({ length }) => length)).toEqual([10, 2]);
      expect(new Set(pages.flat()).size).toBe(12);
      const { answer } = await page(`sort=name&limit=10&count=true&lang=${lang}`);
      expect(answer.body.page).toMatchObject({ limit: 10, total: 12 });
    }
  });

  it('F94 stand by pinyin in Chinese and by the alphabet with its ё in Russian, over the border of a page', async () => {
    await publish(CHINESE.map((zh, index) => ({ zh, ru: RUSSIAN[index]! })));
    const named = async (lang: 'zh' | 'ru'): Promise<string[]> => {
      const names: string[] = [];
      for (const ids of await walk(`sort=name&limit=5&lang=${lang}`)) {
        const { answer } = await page(`ids=${ids}&sort=name&lang=${lang}`);
        names.push(...answer.body.items.map(({ name }: { name: Names }) => name[lang]));
      }
      return names;
    };
    expect(await named('zh')).toEqual([
      '长春',
      '大庆',
      '抚远',
      '哈尔滨',
      '黑河',
      '虎林',
      '佳木斯',
      '漠河',
      '牡丹江',
      '饶河',
      '绥芬河',
      '同江',
    ]);
    expect(await named('ru')).toEqual([
      'Амур',
      'Архара',
      'Бурея',
      'Еда',
      'Ёлка',
      'Ель',
      'Жук',
      'Зея',
      'Свободный',
      'Тында',
      'Щука',
      'Яблоко',
    ]);
  });

  it('B37 of a hundred records with one name come in one order, whatever the size of the page', async () => {
    const published = await publish(Array(100).fill({ zh: '同名', ru: 'Тёзка' }));
    const whole = (await walk('sort=name&limit=100')).flat();
    expect([...whole].sort()).toEqual([...published].sort());
    for (const limit of [1, 7, 33, 99]) expect((await walk(`sort=name&limit=${limit}`)).flat()).toEqual(whole);
    expect((await walk('sort=-name&limit=7')).flat()).toEqual([...whole].reverse());
  });

  it('B36 hold every record that was there throughout exactly once, whatever comes and goes between them', async () => {
    const names = fc.array(fc.constantFrom('甲', '乙', '丙', '丁'), { minLength: 1, maxLength: 25 });
    const change = fc.record({
      add: fc.array(fc.constantFrom('甲', '乙', '丙', '丁'), { maxLength: 4 }),
      remove: fc.array(fc.nat(), { maxLength: 3 }),
    });
    const sort = fc.constantFrom('name', '-name', 'code', '-code', 'createdAt', '-createdAt');
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(change, { maxLength: 8 }),
        sort,
        fc.integer({ min: 1, max: 6 }),
        async (first, changes, by, limit) => {
          await portal.sql('truncate industry cascade');
          const lasting = new Set(await publish(first.map((zh) => ({ zh }))));
          const between = async (pages: number): Promise<void> => {
            const { add, remove } = changes[pages - 1] ?? { add: [], remove: [] };
            if (add.length > 0) await publish(add.map((zh) => ({ zh })));
            const gone = remove.map((index) => [...lasting][index % lasting.size]).filter((id) => id !== undefined);
            for (const id of gone) lasting.delete(id);
            await portal.sql('delete from industry where id = any($1::uuid[])', [gone]);
          };
          const seen = (await walk(`sort=${by}&limit=${limit}`, between)).flat();
          expect(new Set(seen).size).toBe(seen.length);
          for (const id of lasting) expect(seen).toContain(id);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('B31 go on after the longest names there can be', async () => {
    const name = (end: string) => '\u{2A6DF}'.repeat(199) + end;
    const published = await publish(['一', '丁', '七'].map((end) => ({ zh: name(end), ru: name(end) })));
    for (const sort of ['name', '-name', 'code']) {
      for (const lang of ['zh', 'ru', 'all'])
        expect((await walk(`sort=${sort}&limit=1&lang=${lang}`)).flat().sort()).toEqual([...published].sort());
    }
  });
});

describe('a cursor', () => {
  const official = (id: string): Actor => ({
    kind: 'account',
    id,
    roles: ['official'],
    translatesInto: [],
    side: 'cn',
    organizationId: id,
  });
  const refused = async (query: string, cursor: string, actor?: Actor): Promise<void> => {
    const language = query.endsWith('lang=zh') ? 'zh' : 'ru';
    expectProblem((await page(query, cursor, actor)).answer, [400, 'request.invalid-cursor'], language);
  };

  it('B31 of another asker, sort, filter, language or list is refused', async () => {
    await publish(CHINESE.map((zh) => ({ zh })));
    const [mine, yours] = [official(randomUUID()), official(randomUUID())];
    const { next } = await page('limit=2&sort=name', null, mine);
    expect((await page('limit=2&sort=name', next, mine)).answer.status).toBe(200);
    expect((await page('limit=5&sort=name', next, mine)).answer.status).toBe(200);
    await refused('limit=2&sort=name', next!, yours);
    await refused('limit=2&sort=name', next!);
    for (const query of [
      'sort=-name',
      'sort=name.zh',
      'sort=code',
      'sort=name&code=x',
      'sort=name&missing=ru',
      'sort=name&q=x',
      'sort=name&lang=zh',
      'sort=name&fallback=none',
    ])
      await refused(`limit=2&${query}`, next!, mine);
    const other = await portal.ask(`/regions?limit=2&sort=name&cursor=${next}`, { actor: mine, headers: IN_RUSSIAN });
    expectProblem(other, [400, 'request.invalid-cursor']);
  });

  it('B31 that was altered anywhere is refused', async () => {
    await publish(CHINESE.map((zh) => ({ zh })));
    const { next } = await page('limit=2');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(next!.length - 1),
        fc.constantFrom('A', 'z', '9', '-', '_', '.', '%00', ''),
        async (at, stand) => {
          fc.pre(next![at] !== stand);
          await refused('limit=2', next!.slice(0, at) + stand + next!.slice(at + 1));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('B31 of a portal with another key is refused', async () => {
    await publish(CHINESE.map((zh) => ({ zh })));
    const other = await startPortal({
      template: 'portal_empty',
      config: { secretKey: 'another key of thirty-two letters' },
    });
    try {
      const { next } = await page('limit=2');
      const answer = await other.ask(`/industries?limit=2&cursor=${next}`, { headers: IN_RUSSIAN });
      expectProblem(answer, [400, 'request.invalid-cursor']);
    } finally {
      await other.close();
    }
  });
});

describe('a search of one character among a hundred thousand records', () => {
  it('B38 is answered, found or not, long before the database would give up', async () => {
    await portal.sql(
      `insert into industry (id, version, state, audience, source_language, created_at, updated_at, published_at, verbatim, code, name_zh, name_ru)
       select gen_random_uuid(), 1, 'published', 'public', 'zh', now(), now(), now(), true, 'n-' || n,
         '长春边境贸易产业 ' || n, 'Отрасль пограничной торговли ' || n from generate_series(1, 100000) n`,
    );
    await portal.sql('analyze industry');
    for (const q of ['业', 'р', '龘', 'ъ', '1']) {
      for (const more of ['sort=code', 'sort=name&lang=zh', 'sort=-name&lang=ru', 'sort=name&count=true']) {
        const { answer } = await page(`q=${encodeURIComponent(q)}&${more}`);
        expect([q, more, answer.status]).toEqual([q, more, 200]);
      }
    }
  });
});
