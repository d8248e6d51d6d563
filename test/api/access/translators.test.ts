import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import type { Language } from '../../../src/kernel/languages.js';
import { actorOf } from '../../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let official: AccountActor;
let translator: AccountActor;
beforeAll(async () => {
  portal = await startPortal();
  official = await actorOf(portal, 'org-tongjiang-gov');
  translator = { ...official, roles: ['translator'], translatesInto: ['ru'] };
});
afterAll(() => portal?.close());

const lead = { kind: 'investment', name: { zh: '冷链物流园' }, summary: { zh: '冷链仓储与配送。' } };

const draft = async (sourceLanguage: Language | 'both', more: object = {}): Promise<string> => {
  const json = { ...lead, sourceLanguage, ...more };
  const answer = await portal.ask('/leads', { method: 'POST', actor: official, json });
  expect(answer.status).toBe(201);
  return answer.body.id as string;
};

const patch = (id: string, json: object, version = 1, actor = translator): Promise<Answer> =>
  portal.ask(`/leads/${id}`, { method: 'PATCH', actor, json, headers: { 'If-Match': `"v${version}-all"` } });

const refused = (answer: Answer, ...pointers: string[]): void => {
  expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
  expect((answer.body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
};

describe('a translator', () => {
  it('sees drafts of either side and writes the language translated into', async () => {
    const id = await draft('zh');
    expect((await portal.ask(`/leads/${id}`, { actor: translator })).status).toBe(200);
    const answer = await patch(id, { name: { ru: 'Парк холодовой логистики' } });
    expect([answer.status, answer.body.version]).toEqual([200, 2]);
    expect(answer.body.name).toEqual({ zh: '冷链物流园', ru: 'Парк холодовой логистики' });
    expect(answer.body.languages.ru).toEqual({ state: 'missing', missing: ['summary'] });
  });

  it('A16 writes nothing of the original, no other member, and nothing away', async () => {
    const id = await draft('zh');
    refused(await patch(id, { name: { zh: '改名' } }), '/name');
    refused(await patch(id, { name: { zh: '改名', ru: 'Парк' } }), '/name');
    refused(await patch(id, { name: { ru: null } }), '/name');
    refused(await patch(id, { name: null, summary: { ru: 'Хранение.' } }), '/name');
    refused(
      await patch(id, { stage: 'signed', audience: 'public', remark: { ru: 'x' } }),
      '/stage',
      '/audience',
      '/remark',
    );
    const untouched = await portal.ask(`/leads/${id}`, { actor: official });
    expect(untouched.body).toMatchObject({ version: 1, name: { zh: '冷链物流园' }, stage: null });
  });

  it('A16 writes neither a text translated into another language, nor one of two authentic texts', async () => {
    refused(await patch(await draft('ru', { name: { ru: 'Парк' }, summary: null }), { name: { zh: '园区' } }));
    refused(await patch(await draft('both'), { name: { ru: 'Парк' } }));
  });

  it('A16 publishes, withdraws and creates nothing', async () => {
    const id = await draft('zh');
    const headers = { 'If-Match': '"v1-all"' };
    const asked = [
      portal.ask(`/leads/${id}/publish`, { method: 'POST', actor: translator, headers }),
      portal.ask(`/leads/${id}`, { method: 'DELETE', actor: translator, headers, json: { reason: { zh: '撤' } } }),
      portal.ask('/leads', { method: 'POST', actor: translator, json: { ...lead, sourceLanguage: 'zh' } }),
    ];
    for (const answer of await Promise.all(asked)) refused(answer);
    expect((await portal.ask(`/leads/${id}`, { actor: official })).body).toMatchObject({ version: 1, state: 'draft' });
  });

  it('leaves an approved translation alone until its original has changed', async () => {
    const id = await draft('zh', { name: { zh: '冷链物流园', ru: 'Парк' } });
    await portal.sql(`update translation set state = 'approved' where record_id = $1`, [id]);
    refused(await patch(id, { name: { ru: 'Иначе' } }), '/name');
    expect((await patch(id, { name: { zh: '冷链物流产业园' } }, 1, official)).status).toBe(200);
    const answer = await patch(id, { name: { ru: 'Индустриальный парк' } }, 2);
    expect([answer.status, answer.body.name.ru]).toEqual([200, 'Индустриальный парк']);
  });

  it('needs the version like everybody, and loses a race like everybody', async () => {
    const id = await draft('zh');
    const json = { name: { ru: 'Парк' } };
    expect((await portal.ask(`/leads/${id}`, { method: 'PATCH', actor: translator, json })).status).toBe(428);
    expect((await patch(id, json, 9)).status).toBe(412);
  });
});
