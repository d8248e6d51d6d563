import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../src/app.module.js';
import type { AccountActor } from '../../src/kernel/actor.js';
import { resourceOf } from '../../src/resource/spec.js';
import { actorOf } from '../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';
import { sampleBody } from '../support/sample-body.js';

let portal: TestPortal;
let official: AccountActor;
let coordinator: AccountActor;
let neighbour: AccountActor;

beforeAll(async () => {
  portal = await startPortal();
  official = await actorOf(portal, 'org-tongjiang-gov');
  coordinator = { ...official, id: '01900000-0000-7000-8000-00000000c001', roles: ['coordinator'] };
  neighbour = { ...(await actorOf(portal, 'org-eao-gov')), roles: ['coordinator'] };
});
afterAll(() => portal?.close());

const DRAFT = { zh: '秘密的草稿', ru: 'Тайный черновик' };
const BODY = { name: DRAFT, kind: 'investment', stage: 'prospect', sourceLanguage: 'zh' };

const write = (method: string, path: string, version: number, json?: object): Promise<Answer> =>
  portal.ask(path, { method, actor: official, json, headers: { 'If-Match': `"v${version}-all"` } });

const history = async (id: string, actor?: AccountActor, query = ''): Promise<Answer['body']> =>
  (await portal.ask(`/leads/${id}/history${query}`, { actor })).body;

/** A lead that was a draft, was published, and then changed twice. */
const changedLead = async (): Promise<string> => {
  const { id } = (await portal.ask('/leads', { method: 'POST', actor: official, json: BODY })).body;
  const open = { zh: '黑龙江大桥已经开通', ru: 'Мост через Амур открыт' };
  expect((await write('PATCH', `/leads/${id}`, 1, { name: open })).status).toBe(200);
  expect((await write('POST', `/leads/${id}/publish`, 2)).status).toBe(200);
  const renamed = { name: { zh: '黑龙江大桥即将开通' }, stage: 'signed' };
  expect((await write('PATCH', `/leads/${id}`, 3, renamed)).status).toBe(200);
  expect((await write('PATCH', `/leads/${id}`, 4, { phases: 2 })).status).toBe(200);
  return id;
};

describe('the history of a record', () => {
  let id: string;
  beforeAll(async () => {
    id = await changedLead();
  });

  it('compares the texts of both languages word by word, whichever is asked for', async () => {
    for (const query of ['', '?lang=zh', '?lang=ru']) {
      const { items } = await history(id, undefined, query);
      expect(items[1].changes.find(({ field }: { field: string }) => field === 'name')).toEqual({
        field: 'name',
        zh: {
          before: '黑龙江大桥已经开通',
          after: '黑龙江大桥即将开通',
          parts: [
            { op: 'equal', text: '黑龙江大桥' },
            { op: 'removed', text: '已经' },
            { op: 'added', text: '即将' },
            { op: 'equal', text: '开通' },
          ],
        },
        ru: {
          before: 'Мост через Амур открыт',
          after: 'Мост через Амур открыт',
          parts: [{ op: 'equal', text: 'Мост через Амур открыт' }],
        },
        before: null,
        after: null,
      });
      expect(items[1].changes).toContainEqual({
        field: 'stage',
        zh: null,
        ru: null,
        before: 'prospect',
        after: 'signed',
      });
      expect(items[0]).toMatchObject({ kind: 'updated', version: 5, side: 'cn', actorKind: 'account' });
      expect(items[0].organization.id).toBe(official.organizationId);
    }
  });

  it('tells everybody what everybody could see, and the owner all of it', async () => {
    const anonymous = await history(id);
    expect(anonymous.items.map(({ version }: { version: number }) => version)).toEqual([5, 4]);
    expect(JSON.stringify(anonymous)).not.toMatch(/秘密|Тайный/);
    const own = await history(id, official);
    expect(own.items.map(({ kind, version }: { kind: string; version: number }) => [kind, version])).toEqual([
      ['updated', 5],
      ['updated', 4],
      ['published', 3],
      ['updated', 2],
      ['created', 1],
    ]);
    expect(own.items[4].changes.find(({ field }: { field: string }) => field === 'name').ru).toEqual({
      before: null,
      after: DRAFT.ru,
      parts: [{ op: 'added', text: DRAFT.ru }],
    });
  });

  it('names accounts to coordinators of the same side, and addresses to nobody', async () => {
    const ids = async (actor?: AccountActor) =>
      new Set((await history(id, actor)).items.map(({ actorId }: { actorId: string | null }) => actorId));
    expect(await ids(coordinator)).toEqual(new Set([official.id]));
    expect(await ids({ ...coordinator, roles: ['administrator'] })).toEqual(new Set([official.id]));
    for (const actor of [undefined, official, neighbour]) expect(await ids(actor)).toEqual(new Set([null]));
    expect(JSON.stringify(await history(id, coordinator))).not.toMatch(/127\.0\.0\.1|address/);
  });

  it('is paged by what the asker may see', async () => {
    const versions: number[] = [];
    for (let query = '?limit=2'; ; ) {
      const { items, page } = await history(id, official, query);
      versions.push(...items.map(({ version }: { version: number }) => version));
      if (page.next === null) break;
      query = `?limit=2&cursor=${page.next}`;
    }
    expect(versions).toEqual([5, 4, 3, 2, 1]);
    expect((await history(id, undefined, '?limit=2')).page.next).toBeNull();
    const { page } = await history(id, official, '?limit=2');
    expect(await history(id, undefined, `?limit=2&cursor=${page.next}`)).toMatchObject({
      code: 'request.invalid-cursor',
    });
    expect(await history(id, undefined, '?limit=0')).toMatchObject({ status: 400 });
  });

  it('names related records that the asker may see, and says of no other that it is there', async () => {
    const zone = await portal.sql(
      `select z.id from zone z join seed_row s on s.record_id = z.id where s.key = 'zone-tj'`,
    );
    const made = await portal.ask('/zones', {
      method: 'POST',
      actor: official,
      json: { ...(await sampleBody(resourceOf('zone'), portal, official)), name: DRAFT },
    });
    expect(made.status).toBe(201);
    expect((await write('PATCH', `/leads/${id}`, 5, { zone: { id: made.body.id } })).status).toBe(200);
    expect((await write('PATCH', `/leads/${id}`, 6, { zone: { id: zone[0]!.id } })).status).toBe(200);
    const change = async (actor?: AccountActor) => (await history(id, actor, '?lang=ru')).items[0].changes[0];
    const seen = { id: zone[0]!.id, name: { ru: expect.any(String) } };
    expect(await change()).toMatchObject({ field: 'zone', before: null, after: seen });
    expect(await change(official)).toMatchObject({ before: { id: made.body.id, name: { ru: DRAFT.ru } }, after: seen });
    expect(JSON.stringify(await history(id))).not.toContain(made.body.id);
  });

  it('is found and not found like the record', async () => {
    const hidden = (await portal.ask('/leads', { method: 'POST', actor: official, json: BODY })).body.id;
    for (const path of [hidden, '01900000-0000-7000-8000-00000000ffff', 'x']) {
      const answer = await portal.ask(`/leads/${path}/history`);
      expect([answer.status, answer.body.code]).toEqual([404, 'resource.not-found']);
    }
    expect((await write('DELETE', `/leads/${id}`, 7, { reason: { zh: '重复登记' } })).status).toBe(204);
    expect((await portal.ask(`/leads/${id}/history`)).status).toBe(404);
    expect((await portal.ask(`/leads/${id}/history`, { actor: official })).status).toBe(410);
  });
});
