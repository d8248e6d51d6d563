import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { actorOf } from '../../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

/** Who may touch which record (hardening A): two organizations of one side, and one of the other. */

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

const RANDOM_ID = '01900000-0000-7000-8000-00000000ffff';

const create = (path: string, actor: AccountActor, json: object): Promise<Answer> =>
  portal.ask(path, { method: 'POST', actor, json });

const made = async (path: string, actor: AccountActor, json: object): Promise<string> => {
  const answer = await create(path, actor, json);
  expect([path, answer.status]).toEqual([path, 201]);
  return answer.body.id as string;
};

const published = async (path: string, actor: AccountActor, json: object): Promise<string> => {
  const id = await made(path, actor, json);
  const headers = { 'If-Match': '"v1-all"' };
  expect((await portal.ask(`${path}/${id}/publish`, { method: 'POST', actor, headers })).status).toBe(200);
  return id;
};

const change = (path: string, id: string, actor: AccountActor, json: object, version = 1): Promise<Answer> =>
  portal.ask(`${path}/${id}`, { method: 'PATCH', actor, json, headers: { 'If-Match': `"v${version}-all"` } });

const told = (answer: Answer): string => answer.text.replace(/"requestId":"[^"]*"/, '');

const rowOf = async (table: string, id: string): Promise<Record<string, unknown>> =>
  (await portal.sql(`select to_jsonb(r) as row from "${table}" r where id = $1`, [id]))[0]!.row as Record<
    string,
    unknown
  >;

const meeting = { sourceLanguage: 'zh', title: { zh: '工作会晤' }, kind: 'working', status: 'draft' };
const plan = { sourceLanguage: 'zh', title: { zh: '联合工作计划' } };

describe('a record of another organization', () => {
  it('A1 that is a draft is not there: nothing changes, and unknown looks alike', async () => {
    const id = await made('/meetings', heihe, meeting);
    const before = await rowOf('meeting', id);
    const json = { title: { zh: '改题' } };
    const answers = [
      await change('/meetings', id, tongjiang, json),
      await change('/meetings', RANDOM_ID, tongjiang, json),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(told(answers[0]!)).toBe(told(answers[1]!));
    expect(await rowOf('meeting', id)).toEqual(before);
  });

  it('A1 that is published is seen and not to be touched', async () => {
    const id = await published('/meetings', heihe, meeting);
    const before = await rowOf('meeting', id);
    for (const actor of [tongjiang, eao]) {
      const answer = await change('/meetings', id, actor, { title: { zh: '改题' } }, 2);
      expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    }
    expect(await rowOf('meeting', id)).toEqual(before);
  });

  it('A2 lends no part: an item of one’s own meeting names no section of a foreign plan', async () => {
    const foreign = await made('/plans', eao, { ...plan, sourceLanguage: 'ru', title: { ru: 'План' } });
    const own = await made('/plans', tongjiang, plan);
    const section = await made('/sections', eao, {
      sourceLanguage: 'ru',
      title: { ru: 'Раздел' },
      plan: { id: foreign },
      number: '1',
      position: 1,
    });
    const task = { sourceLanguage: 'zh', title: { zh: '任务' }, number: '1', position: 1, plan: { id: own } };
    const answer = await create('/tasks', tongjiang, { ...task, section: { id: section } });
    expect([answer.status, answer.body.code]).toEqual([404, 'resource.reference-unseen']);
    const rows = await portal.sql('select 1 from task where plan_id = $1', [own]);
    expect(rows).toEqual([]);
  });

  it('A3 is not made one’s own by naming oneself as owner: the stored row is asked first', async () => {
    const id = await published('/plans', eao, { ...plan, sourceLanguage: 'ru', title: { ru: 'План' } });
    const owner = { id: tongjiang.organizationId };
    const answer = await change('/plans', id, tongjiang, { owner }, 2);
    expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    expect(await rowOf('plan', id)).toMatchObject({ owner_id: eao.organizationId, version: 2 });
  });

  it('A4 is not given away: one’s own record keeps its owner', async () => {
    const id = await made('/plans', tongjiang, plan);
    for (const owner of [eao, heihe]) {
      const answer = await change('/plans', id, tongjiang, { owner: { id: owner.organizationId } });
      expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    }
    expect(await rowOf('plan', id)).toMatchObject({ owner_id: tongjiang.organizationId, version: 1 });
  });

  it('A5 is not withdrawn, and what hangs on it stays', async () => {
    const id = await published('/mechanisms', heihe, {
      sourceLanguage: 'zh',
      name: { zh: '工作组' },
      kind: 'working-group',
      status: 'active',
      level: 'city',
      cadence: { kind: 'not-stated' },
    });
    const json = { reason: { zh: '撤回' } };
    const answer = await portal.ask(`/mechanisms/${id}`, {
      method: 'DELETE',
      actor: tongjiang,
      json,
      headers: { 'If-Match': '"v2-all"' },
    });
    expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    expect(await rowOf('mechanism', id)).toMatchObject({ state: 'published', version: 2 });
  });

  it('A8 takes no part from somebody who cannot see it', async () => {
    const hidden = await made('/plans', eao, { ...plan, sourceLanguage: 'ru', title: { ru: 'План' } });
    const section = { sourceLanguage: 'zh', title: { zh: '分部' }, number: '1', position: 1 };
    const unseen = await create('/sections', tongjiang, { ...section, plan: { id: hidden } });
    const unknown = await create('/sections', tongjiang, { ...section, plan: { id: RANDOM_ID } });
    expect([unseen.status, told(unseen)]).toEqual([404, told(unknown)]);
    expect(await portal.sql('select 1 from section where plan_id = $1', [hidden])).toEqual([]);
  });
});

describe('what lists tell of records that are not to be seen', () => {
  it('A9 is nothing: neither items nor total nor link', async () => {
    const [own, foreign] = [await made('/plans', tongjiang, plan), await made('/plans', heihe, plan)];
    const answer = await portal.ask(`/plans?ids=${own},${foreign},${RANDOM_ID}&count=true&limit=1`, {
      actor: tongjiang,
    });
    expect(answer.body.items.map(({ id }: { id: string }) => id)).toEqual([own]);
    expect(answer.body.page).toMatchObject({ total: 1, next: null });
    expect(answer.headers.get('link')).toBeNull();
  });

  it('A10 is a 404 for everybody without an account, as of an unknown id', async () => {
    const lead = { sourceLanguage: 'zh', name: { zh: '招商项目' }, kind: 'investment' };
    const [draft, withdrawn] = [await made('/leads', tongjiang, lead), await published('/leads', tongjiang, lead)];
    const gone = await portal.ask(`/leads/${withdrawn}`, {
      method: 'DELETE',
      actor: tongjiang,
      json: { reason: { zh: '撤回' } },
      headers: { 'If-Match': '"v2-all"' },
    });
    expect(gone.status).toBe(204);
    const unknown = await portal.ask(`/leads/${RANDOM_ID}`);
    for (const id of [draft, withdrawn]) {
      const answer = await portal.ask(`/leads/${id}`);
      expect([answer.status, told(answer)]).toEqual([404, told(unknown)]);
    }
  });

  it('A15 holds for names of related records and counts as well', async () => {
    const hidden = await made('/plans', tongjiang, { ...plan, title: { zh: '内部计划' } });
    const child = await published('/plans', tongjiang, { ...plan, parent: { id: hidden } });
    const seen = await portal.ask(`/plans/${child}`, { actor: eao });
    expect([seen.status, seen.body.parent]).toEqual([200, null]);
    expect(seen.text).not.toContain('内部计划');
    expect((await portal.ask(`/plans/${child}`, { actor: tongjiang })).body.parent.id).toBe(hidden);
    const found = await portal.ask('/plans?q=内部计划&count=true', { actor: eao });
    expect(found.body).toMatchObject({ items: [], page: { total: 0 } });
  });
});

describe('a coordinator', () => {
  it('acts for every organization of the side and for none of the other', async () => {
    const coordinator = await actorOf(portal, 'org-tongjiang-gov', 'coordinator');
    const own = await made('/meetings', heihe, meeting);
    expect((await change('/meetings', own, coordinator, { title: { zh: '改题' } })).status).toBe(200);
    const foreign = await published('/meetings', eao, { ...meeting, sourceLanguage: 'ru', title: { ru: 'Встреча' } });
    const answer = await change('/meetings', foreign, coordinator, { title: { ru: 'Иначе' } }, 2);
    expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    const given = await create('/meetings', coordinator, { ...meeting, owner: { id: eao.organizationId } });
    expect([given.status, given.body.code]).toEqual([403, 'auth.forbidden']);
  });
});
