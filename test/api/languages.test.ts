import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/kernel/actor.js';
import { actorOf } from '../support/actors.js';
import { startPortal, type TestPortal } from '../support/portal.js';

describe('the language contract', () => {
  let portal: TestPortal;
  let actor: Actor;
  beforeAll(async () => {
    portal = await startPortal();
    actor = await actorOf(portal, 'org-tongjiang-gov');
  });
  afterAll(() => portal.close());

  const servedBy = async (query: string, header: string): Promise<string> => {
    const answer = await portal.ask(`/regions?limit=1${query}`, { headers: { 'Accept-Language': header } });
    return Object.keys(answer.body.items[0].name).join('+');
  };

  it.each([
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh_CN', 'zh'],
    ['zh-Hans-SG', 'zh'],
    ['cmn', 'zh'],
    ['ru', 'ru'],
    ['RU-ru', 'ru'],
    ['zh-TW', 'zh'],
    ['zh-TW, ru;q=0.1', 'ru'],
    ['zh-Hant;q=0.9, ru;q=0.2', 'ru'],
    ['ru;q=0.5, zh;q=0.8', 'zh'],
    ['', 'zh+ru'],
    ['*', 'zh+ru'],
    ['en, fr;q=0.5', 'zh+ru'],
    ['*;q=0', 'zh+ru'],
    ['zh;q=0', 'ru'],
    ['zh;q=NaN', 'zh+ru'],
    [`${'de-AT,'.repeat(1500)}ru`, 'zh+ru'],
  ])('answers Accept-Language %.20s in %s', async (header, served) => {
    expect(await servedBy('', header)).toBe(served);
  });

  it('lets ?lang decide over the header', async () => {
    expect(await servedBy('&lang=zh', 'ru')).toBe('zh');
    expect(await servedBy('&lang=all', 'ru')).toBe('zh+ru');
  });

  it('serves the other language where one is missing and says so', async () => {
    const list = await portal.ask('/tasks?missing=ru&lang=ru&limit=100');
    expect(list.body.items.length).toBeGreaterThan(50);
    const task = list.body.items[0];
    expect(Object.keys(task.title)).toEqual(['ru']);
    expect(Object.keys(task.summary)).toEqual(['zh']);
    expect(task.languages).toEqual({ zh: { state: 'source' }, ru: { state: 'missing', missing: ['summary'] } });
    expect(list.headers.get('content-language')).toBe('zh-Hans, ru');
    const strict = await portal.ask(`/tasks/${task.id}?lang=ru&fallback=none`);
    expect(strict.body.summary).toEqual({});
  });

  it('computes stale from the text a translation was made from, and clears it when the edit is undone', async () => {
    const json = {
      kind: 'investment',
      sourceLanguage: 'zh',
      name: { zh: '同江码头项目', ru: 'Проект причала в Тунцзяне' },
    };
    const created = await portal.ask('/leads', { method: 'POST', actor, json });
    const path = `/leads/${created.body.id}`;
    const patch = (version: number, name: object) =>
      portal.ask(path, { method: 'PATCH', actor, headers: { 'If-Match': `"v${version}-all"` }, json: { name } });
    expect(created.body.languages).toEqual({ zh: { state: 'source' }, ru: { state: 'draft' } });
    expect((await patch(1, { zh: '同江粮食码头项目' })).body.languages.ru.state).toBe('stale');
    expect((await patch(2, { zh: '同江码头项目' })).body.languages.ru.state).toBe('draft');
    expect(
      (await patch(3, { zh: '同江粮食码头项目', ru: 'Проект зернового причала в Тунцзяне' })).body.languages.ru.state,
    ).toBe('draft');
    expect((await patch(4, { ru: null })).body.languages.ru).toEqual({ state: 'missing', missing: ['name'] });
    await portal.sql(`update translation set origin = 'machine' where record_id = $1`, [created.body.id]);
    expect((await patch(5, { ru: 'Проект зернового причала' })).body.languages.ru.state).toBe('draft');
    await portal.sql(`update translation set state = 'approved' where record_id = $1`, [created.body.id]);
    expect((await portal.ask(path, { actor })).body.languages.ru.state).toBe('approved');
    await portal.sql(`update translation set state = 'draft', origin = 'machine' where record_id = $1`, [
      created.body.id,
    ]);
    expect((await portal.ask(path, { actor })).body.languages.ru.state).toBe('machine');
  });

  it('calls both texts authentic where the record says so', async () => {
    const json = { kind: 'investment', sourceLanguage: 'both', name: { zh: '双语项目', ru: 'Двуязычный проект' } };
    const created = await portal.ask('/leads', { method: 'POST', actor, json });
    expect(created.body.languages).toEqual({ zh: { state: 'authentic' }, ru: { state: 'authentic' } });
  });

  it('sorts Chinese names by pinyin: 长春 stands under chang', async () => {
    const { body } = await portal.ask('/regions?lang=zh&sort=name&limit=100');
    const names: string[] = body.items.map((item: { name: { zh?: string } }) => item.name.zh);
    const order = ['北林区', '长春市', '黑河市', '吉林市', '绥化市', '同江市'].map((name) => names.indexOf(name));
    expect(order.every((place) => place >= 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('sorts Russian names by the Russian alphabet, Ё beside Е', async () => {
    for (const ru of ['ель', 'Ёлка', 'Еда', 'жито']) {
      const json = { kind: 'investment', sourceLanguage: 'ru', name: { ru } };
      await portal.ask('/leads', { method: 'POST', actor, json });
    }
    const { body } = await portal.ask('/leads?lang=ru&sort=name&limit=100', { actor });
    const names: string[] = body.items.map((item: { name: { ru?: string } }) => item.name.ru);
    expect(names.filter((name) => ['ель', 'Ёлка', 'Еда', 'жито'].includes(name))).toEqual([
      'Еда',
      'Ёлка',
      'ель',
      'жито',
    ]);
  });

  it('words problems in the language asked for, and in both where none is', async () => {
    const ask = (query: string, headers: Record<string, string> = {}) => portal.ask(`/leads/x${query}`, { headers });
    const [zh, ru, both] = [await ask('?lang=zh'), await ask('', { 'Accept-Language': 'ru' }), await ask('')];
    expect([zh, ru, both].map((answer) => answer.headers.get('content-language'))).toEqual([
      'zh-Hans',
      'ru',
      'zh-Hans, ru',
    ]);
    expect(zh.body.title).toMatch(/\p{Script=Han}/u);
    expect(ru.body.title).toMatch(/\p{Script=Cyrillic}/u);
    expect(both.body.title).toBe(`${zh.body.title} / ${ru.body.title}`);
  });
});
