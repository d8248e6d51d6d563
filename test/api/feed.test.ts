import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor, Actor } from '../../src/kernel/actor.js';
import { resources } from '../../src/resource/spec.js';
import '../../src/app.module.js';
import { actorOf } from '../support/actors.js';
import { withAnotherEnd } from '../support/forgery.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';

let portal: TestPortal;
let tongjiang: AccountActor;
let eao: AccountActor;
beforeAll(async () => {
  portal = await startPortal();
  tongjiang = await actorOf(portal, 'org-tongjiang-gov');
  eao = await actorOf(portal, 'org-eao-gov');
});
afterAll(() => portal?.close());

const write = async (method: string, path: string, json?: object, version?: number): Promise<Answer> => {
  const headers: Record<string, string> = version === undefined ? {} : { 'If-Match': `"v${version}-all"` };
  const answer = await portal.ask(path, { method, actor: tongjiang, headers, ...(json && { json }) });
  expect([method, path, answer.status < 300]).toEqual([method, path, true]);
  return answer;
};

const lead = { sourceLanguage: 'zh', kind: 'investment', name: { zh: '冷链项目', ru: 'Холодовой проект' } };

type Item = { type: string; resource: string; id: string; version: number; fields: string[]; languages: object | null };

const end = async (): Promise<string> => (await portal.ask('/changes?after=now')).body.page.next;

/** Everything that follows a cursor, page by page. */
const since = async (cursor: string, actor?: Actor, more = ''): Promise<Item[]> => {
  const items: Item[] = [];
  for (let after = cursor; ; ) {
    const page = await portal.ask(`/changes?after=${after}&limit=3${more}`, { ...(actor && { actor }) });
    expect(page.status).toBe(200);
    items.push(...page.body.items);
    if (page.body.items.length === 0) return items;
    after = page.body.page.next;
  }
};

const told = (items: Item[]): [string, number][] => items.map(({ type, version }) => [type, version]);

describe('the change feed', () => {
  it('tells of creation, change with its fields, publication and withdrawal with its reason, in order', async () => {
    const start = await end();
    const { id } = (await write('POST', '/leads', lead)).body;
    await write('PATCH', `/leads/${id}`, { stage: 'signed', phases: 2 }, 1);
    await write('POST', `/leads/${id}/publish`, undefined, 2);
    await write('DELETE', `/leads/${id}`, { reason: { zh: '重复', ru: 'Повтор' } }, 3);
    const items = await since(start, tongjiang);
    expect(told(items)).toEqual([
      ['created', 1],
      ['updated', 2],
      ['published', 3],
      ['withdrawn', 4],
    ]);
    expect(items[1]).toMatchObject({ resource: 'lead', id, fields: ['phases', 'stage'] });
    expect(items[3]).toMatchObject({ reason: { zh: '重复', ru: 'Повтор' } });
    const russian = await since(start, tongjiang, '&lang=ru');
    expect(russian[3]).toMatchObject({ reason: { ru: 'Повтор' } });
    expect(told(await since(start))).toEqual([
      ['published', 3],
      ['withdrawn', 4],
    ]);
  });

  it('tells each reader what comes into sight and what leaves it, without a word about what was hidden', async () => {
    const start = await end();
    const { id } = (await write('POST', '/leads', { ...lead, audience: 'partners' })).body;
    await write('POST', `/leads/${id}/publish`, undefined, 1);
    await write('PATCH', `/leads/${id}`, { audience: 'public', phases: 3 }, 2);
    await write('PATCH', `/leads/${id}`, { audience: 'organization' }, 3);
    await write('PATCH', `/leads/${id}`, { phases: 4 }, 4);
    const anonymous = await since(start);
    expect(told(anonymous)).toEqual([
      ['appeared', 3],
      ['hidden', 4],
    ]);
    expect(anonymous.map(({ fields }) => fields)).toEqual([[], []]);
    expect(told(await since(start, eao))).toEqual([
      ['published', 2],
      ['updated', 3],
      ['hidden', 4],
    ]);
    expect(await since(start, tongjiang)).toHaveLength(5);
  });

  it('tells that a translation became stale, and that undoing the edit made it good again', async () => {
    const { id } = (await write('POST', '/leads', lead)).body;
    await portal.sql(`update translation set state = 'approved' where record_id = $1`, [id]);
    const start = await end();
    await write('PATCH', `/leads/${id}`, { name: { zh: '冷链物流项目' } }, 1);
    await write('PATCH', `/leads/${id}`, { name: { zh: '冷链项目' } }, 2);
    const languages = (await since(start, tongjiang)).filter(({ type }) => type === 'language');
    expect(languages.map((item) => item.languages)).toEqual([
      { ru: { from: 'approved', to: 'stale' } },
      { ru: { from: 'stale', to: 'approved' } },
    ]);
  });

  it('is narrowed to resources, and holds every record that was loaded for everybody', async () => {
    // Delegations and their members are the partners' alone.
    const [row] = await portal.sql(
      `select count(*)::int as n from seed_row
        where record_id not in (select id from delegation union all select id from delegate)`,
    );
    const items: Item[] = [];
    for (let after = ''; ; ) {
      const page = await portal.ask(`/changes?limit=300${after && `&after=${after}`}`);
      if (page.body.items.length === 0) break;
      items.push(...page.body.items);
      after = page.body.page.next;
    }
    expect(items.filter(({ type }) => type === 'created')).toHaveLength(row!.n as number);
    const leads = await portal.ask('/changes?resource=lead,zone&limit=1000');
    expect(new Set(leads.body.items.map(({ resource }: Item) => resource))).toEqual(new Set(['lead', 'zone']));
  });

  it('is never kept on the way, and refuses what it cannot read', async () => {
    expect((await portal.ask('/changes?limit=1')).headers.get('cache-control')).toBe('no-store');
    for (const query of ['limit=0', 'limit=1001', 'resource=nobody', 'resource=', 'lang=en'])
      expect([query, (await portal.ask(`/changes?${query}`)).body.code]).toEqual([query, 'request.invalid-parameter']);
    expect((await portal.ask('/changes?q=x')).body.code).toBe('request.unknown-parameter');
    const forged = withAnotherEnd(await end());
    for (const after of ['x', '1', '', forged])
      expect([after, (await portal.ask(`/changes?after=${after}`)).body.code]).toEqual([
        after,
        'request.invalid-cursor',
      ]);
  });

  it('together with what was read before it makes the state of now', async () => {
    const position = await end();
    const state = new Map<string, number>();
    const snapshot = async (into: Map<string, number>) => {
      for (const { name, path } of resources()) {
        for (let cursor = ''; ; ) {
          const page = await portal.ask(`/${path}?limit=100${cursor && `&cursor=${cursor}`}`);
          for (const { id, version } of page.body.items) into.set(`${name}/${id}`, version);
          if (!page.body.page.next) break;
          cursor = page.body.page.next;
        }
      }
    };
    await snapshot(state);
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const { id } = (await write('POST', '/leads', { ...lead, audience: n % 3 === 0 ? 'partners' : 'public' })).body;
      ids.push(id);
      await write('POST', `/leads/${id}/publish`, undefined, 1);
      if (n % 2 === 0) await write('PATCH', `/leads/${id}`, { audience: n % 4 === 0 ? 'public' : 'side' }, 2);
      if (n % 5 === 0) await write('DELETE', `/leads/${id}`, { reason: { zh: '撤' } }, n % 2 === 0 ? 3 : 2);
    }
    for (const item of await since(position)) {
      const key = `${item.resource}/${item.id}`;
      if (item.type === 'withdrawn' || item.type === 'hidden') state.delete(key);
      else state.set(key, item.version);
    }
    const now = new Map<string, number>();
    await snapshot(now);
    expect(ids.some((id) => now.has(`lead/${id}`))).toBe(true);
    expect(state).toEqual(now);
  });
});
