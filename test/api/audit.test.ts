import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor, Role, Side } from '../../src/kernel/actor.js';
import { verifyChain } from '../../src/platform/audit/verify.js';
import { actorOf } from '../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';
import { entriesOf } from '../support/trail.js';

const UNKNOWN = '01900000-0000-7000-8000-00000000ffff';
const person = (id: string, role: Role, side: Side = 'cn'): AccountActor => ({
  kind: 'account',
  id: `01900000-0000-7000-8000-0000000${id}`,
  roles: [role],
  side,
  organizationId: null,
  translatesInto: [],
});

let portal: TestPortal;
let official: AccountActor;
let foreigner: AccountActor;
const administrator = person('ad001', 'administrator');

beforeAll(async () => {
  portal = await startPortal();
  official = await actorOf(portal, 'org-tongjiang-gov');
  foreigner = await actorOf(portal, 'org-eao-gov');
});
afterAll(() => portal?.close());

const idOf = async (key: string): Promise<string> =>
  (await portal.sql('select record_id from seed_row where key = $1', [key]))[0]!.record_id as string;

const newLead = async (json: object = {}): Promise<Answer> => {
  const body = {
    name: { zh: '界江大桥旁的仓库', ru: 'Склад у моста через Амур' },
    kind: 'investment',
    stage: 'prospect',
    sourceLanguage: 'zh',
    ...json,
  };
  const answer = await portal.ask('/leads', { method: 'POST', actor: official, json: body });
  expect(answer.status).toBe(201);
  return answer;
};

const patch = (id: string, version: number, json: object, actor: AccountActor = official): Promise<Answer> =>
  portal.ask(`/leads/${id}`, { method: 'PATCH', actor, json, headers: { 'If-Match': `"v${version}-all"` } });

const publish = (id: string, version: number): Promise<Answer> =>
  portal.ask(`/leads/${id}/publish`, { method: 'POST', actor: official, headers: { 'If-Match': `"v${version}-all"` } });

const count = async (where: string, ...values: unknown[]): Promise<number> =>
  (await portal.sql(`select count(*)::int as n from audit where ${where}`, values))[0]!.n as number;

const seqs = async (): Promise<number[]> =>
  (await portal.sql('select seq::int from audit order by seq')).map(({ seq }) => seq as number);

describe('what is recorded', () => {
  it('is the load of the content, once and with its counts', async () => {
    const [load, ...more] = await portal.sql(`select * from audit where action = 'content.load'`);
    expect([more.length, load!.seq, load!.actor_kind]).toEqual([0, '1', 'system']);
    const [leads] = await portal.sql(`select count(*)::int as n from lead`);
    expect((load!.changes as Record<string, { after: object }>).leads!.after).toEqual({
      created: leads!.n,
      updated: 0,
    });
  });

  it('is every change of a record, with the fields that differ and who could see it', async () => {
    const { id } = (await newLead()).body;
    expect((await patch(id, 1, { name: { ru: 'Склад у нового моста' } })).status).toBe(200);
    expect((await publish(id, 2)).status).toBe(200);
    const json = { reason: { zh: '重复登记' } };
    const headers = { 'If-Match': '"v3-all"' };
    expect((await portal.ask(`/leads/${id}`, { method: 'DELETE', actor: official, json, headers })).status).toBe(204);
    const rows = await portal.sql('select * from audit where object_id = $1 order by seq', [id]);
    expect(rows.map(({ action, object_version }) => [action, object_version])).toEqual([
      ['lead.create', 1],
      ['lead.update', 2],
      ['lead.publish', 3],
      ['lead.withdraw', 4],
    ]);
    const facts = { state: 'draft', audience: 'public', ownerId: official.organizationId, ownerSide: 'cn' };
    expect(rows[0]).toMatchObject({ actor_id: official.id, side: 'cn', facts: { before: null, after: facts } });
    expect(rows[1]!.changes).toEqual({
      name: {
        before: { zh: '界江大桥旁的仓库', ru: 'Склад у моста через Амур' },
        after: { zh: '界江大桥旁的仓库', ru: 'Склад у нового моста' },
      },
    });
    expect(rows[2]!.facts).toEqual({ before: facts, after: { ...facts, state: 'published' } });
    expect(rows[3]!.reason).toEqual({ zh: '重复登记' });
    for (const { personal, request_id } of rows) {
      expect([personal, typeof request_id]).toEqual([{ address: expect.any(String) }, 'string']);
    }
  });

  it('A1 is the refused change of a record of another organization, which stays as it was', async () => {
    const { id } = (await newLead()).body;
    const answer = await patch(id, 1, { stage: 'signed' }, foreigner);
    expect([answer.status, answer.body.code]).toEqual([404, 'resource.not-found']);
    const [row] = await portal.sql('select version, stage from lead where id = $1', [id]);
    expect(row).toEqual({ version: 1, stage: 'prospect' });
    const [entry] = await portal.sql('select * from audit where object_id = $1 and actor_id = $2', [id, foreigner.id]);
    expect(entry).toMatchObject({
      action: 'lead.update.refused',
      reason: 'resource.not-found',
      request_id: answer.headers.get('x-request-id'),
      changes: null,
    });
  });

  it('A17 is the refused act upon what the other side answers for', async () => {
    const id = await idOf('lead-jingdu-cold-chain');
    const answer = await patch(id, 1, { stage: 'signed' }, foreigner);
    expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    expect(await count(`object_id = $1 and action = 'lead.update.refused' and reason = '"auth.forbidden"'`, id)).toBe(
      1,
    );
  });

  it('A1 is a refusal for an id that is made up or none, and never a read', async () => {
    const before = await count(`action like '%.refused'`);
    for (const id of [UNKNOWN, 'x', '%00%F0%9F%98%80', 'я'.repeat(500)]) {
      expect((await patch(encodeURI(decodeURI(id)), 1, {})).status).toBe(404);
    }
    expect(await count(`action like '%.refused'`)).toBe(before + 4);
    await portal.ask(`/leads/${UNKNOWN}`, { actor: official });
    await portal.ask('/audit', { actor: official });
    await portal.ask('/leads', { method: 'POST', json: {} });
    expect(await count(`action like '%.refused'`)).toBe(before + 4);
    const refused = await portal.ask('/audit/erasures', { method: 'POST', actor: official, json: {} });
    expect(refused.status).toBe(403);
    expect(await count(`action = 'audit.erase.refused'`)).toBe(1);
  });
});

describe('the chain', () => {
  it('H108 counts of 50 parallel changes those that succeeded', async () => {
    const { id } = (await newLead()).body;
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => patch(id, 1 + (n % 3), { phases: n + 1 })));
    const succeeded = answers.filter(({ status }) => status === 200).length;
    expect(succeeded).toBeGreaterThan(0);
    expect(answers.every(({ status }) => [200, 412, 503].includes(status))).toBe(true);
    expect(await count(`object_id = $1 and action = 'lead.update'`, id)).toBe(succeeded);
    const versions = await portal.sql(
      `select object_version as version from audit where object_id = $1 order by object_version`,
      [id],
    );
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: succeeded + 1 }, (_, n) => n + 1));
  });

  it('H121 has no gaps under parallel writes of which some are rolled back, and verifies', async () => {
    const leads = await Promise.all(Array.from({ length: 8 }, () => newLead()));
    const answers = await Promise.all(
      leads.flatMap(({ body: { id } }) => [
        patch(id, 1, { phases: 2 }),
        patch(id, 1, { phases: 3 }),
        patch(id, 1, { zone: { id: UNKNOWN } }),
        patch(id, 1, { phases: 4 }, foreigner),
      ]),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 404, 412]));
    const found = await seqs();
    expect(found).toEqual(found.map((_, n) => n + 1));
    const verdict = await verifyChain(await entriesOf(portal), []);
    expect(verdict).toMatchObject({ faults: [], entries: found.length });
  });

  it('is not added to by a write that fails after it was told', async () => {
    const { id } = (await newLead()).body;
    await portal.sql(`create function refuse_commit() returns trigger language plpgsql as $$
      begin raise exception 'no' using errcode = '23514'; end $$`);
    await portal.sql(`create constraint trigger refuse_commit after update on lead deferrable initially deferred
      for each row execute function refuse_commit()`);
    const before = await seqs();
    try {
      expect((await patch(id, 1, { phases: 2 })).status).toBe(400);
    } finally {
      await portal.sql('drop trigger refuse_commit on lead');
    }
    expect(await seqs()).toEqual(before);
    expect((await patch(id, 1, { phases: 2 })).status).toBe(200);
    expect(await seqs()).toEqual([...before, before.length + 1]);
  });

  it('is not changed, cut or emptied, whoever asks', async () => {
    for (const statement of [
      `update audit set action = 'x'`,
      'update audit set personal = null',
      `update audit set personal = '{}', personal_salt = null`,
      `update audit set personal = null, personal_salt = null, reason = '"x"' where personal is not null`,
      'delete from audit where seq = 1',
      'truncate audit',
      `set session_replication_role = replica; delete from audit`,
    ]) {
      await expect(portal.sql(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('erasure', () => {
  const erase = (json: object, actor: AccountActor = administrator) =>
    portal.ask('/audit/erasures', { method: 'POST', actor, json });

  it('takes what identifies a person, names the entries, and leaves the chain whole', async () => {
    const leaving = { ...official, id: '01900000-0000-7000-8000-00000000beef' };
    const { id } = (await newLead()).body;
    expect((await patch(id, 1, { phases: 2 }, leaving)).status).toBe(200);
    const reason = { ru: 'По заявлению', zh: '本人申请' };
    const answer = await erase({ account: leaving.id, reason });
    expect([answer.status, answer.body]).toEqual([200, { account: leaving.id, entries: 1 }]);
    const [erased] = await portal.sql('select * from audit where actor_id = $1', [leaving.id]);
    expect(erased).toMatchObject({ personal: null, personal_salt: null, personal_hash: expect.any(Buffer) });
    const [record] = await portal.sql(`select * from audit where action = 'audit.erase' order by seq desc limit 1`);
    expect(record).toMatchObject({ object_id: leaving.id, reason, actor_id: administrator.id });
    expect((record!.changes as Record<string, object>).entries).toEqual({
      before: null,
      after: [[Number(erased!.seq), Number(erased!.seq)]],
    });
    expect(await verifyChain(await entriesOf(portal), [])).toMatchObject({ faults: [], erased: 1 });
    const { body } = await portal.ask(`/audit?actor=${leaving.id}`, { actor: administrator });
    expect(body.items).toEqual([
      expect.objectContaining({ personal: null, personalErased: true, action: 'lead.update' }),
    ]);
  });

  it('is for administrators, with an account and a reason', async () => {
    expect((await erase({ account: UNKNOWN, reason: { ru: 'x' } }, official)).status).toBe(403);
    const anonymous = await portal.ask('/audit/erasures', { method: 'POST', json: {} });
    expect(anonymous.status).toBe(401);
    for (const json of [
      {},
      { account: UNKNOWN },
      { account: 'x', reason: { ru: 'x' } },
      { account: UNKNOWN, reason: 'x' },
    ]) {
      expect((await erase(json)).body.code).toBe('request.invalid');
    }
  });
});

describe('the trail over HTTP', () => {
  it('is for administrators and coordinators only', async () => {
    expect((await portal.ask('/audit')).status).toBe(401);
    for (const role of ['official', 'investor', 'translator'] as const) {
      expect((await portal.ask('/audit', { actor: person('00001', role) })).status).toBe(403);
    }
    expect((await portal.ask('/audit', { actor: administrator })).status).toBe(200);
  });

  it('shows coordinators what their own side did, without addresses', async () => {
    const [cn, ru] = [person('c0001', 'coordinator', 'cn'), person('c0002', 'coordinator', 'ru')];
    for (const coordinator of [cn, ru]) {
      const { body } = await portal.ask('/audit?limit=100', { actor: coordinator });
      expect(body.items.length).toBeGreaterThan(0);
      for (const { side, personal } of body.items) expect([side, personal]).toEqual([coordinator.side, null]);
    }
    const { body } = await portal.ask(`/audit?actor=${foreigner.id}`, { actor: cn });
    expect(body.items).toEqual([]);
    const own = await portal.ask(`/audit?actor=${foreigner.id}&lang=ru`, { actor: ru });
    expect(own.body.items[0]).toMatchObject({
      actorId: foreigner.id,
      organization: { id: foreigner.organizationId, name: { ru: expect.any(String) } },
      reasonCode: expect.stringMatching(/\./),
    });
  });

  it('is filtered, and paged from the newest to the oldest', async () => {
    const { id } = (await newLead()).body;
    await patch(id, 1, { phases: 2 });
    await patch(id, 2, { phases: 3 });
    const asked = async (query: string) => (await portal.ask(`/audit?${query}`, { actor: administrator })).body.items;
    expect((await asked(`object=${id}`)).map(({ action }: { action: string }) => action)).toEqual([
      'lead.update',
      'lead.update',
      'lead.create',
    ]);
    const [newest] = await asked(`object=${id}&resource=lead&action=lead.update&actor=${official.id}`);
    expect(newest).toMatchObject({
      objectVersion: 3,
      changes: [{ field: 'phases', before: 2, after: 3 }],
      accessAfter: { state: 'draft', audience: 'public', ownerId: official.organizationId, ownerSide: 'cn' },
    });
    const at = encodeURIComponent(newest.at);
    expect((await asked(`object=${id}&from=${at}`)).length).toBe(1);
    expect((await asked(`object=${id}&to=${at}`)).length).toBe(2);
    expect(await asked(`object=${id}&resource=zone`)).toEqual([]);

    const all: number[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await portal.ask(`/audit?limit=7${cursor}`, { actor: administrator });
      all.push(...body.items.map(({ seq }: { seq: number }) => seq));
      if (body.page.next === null) break;
      cursor = `&cursor=${body.page.next}`;
    }
    expect(all).toEqual((await seqs()).reverse());
    const { body } = await portal.ask('/audit?limit=7', { actor: administrator });
    for (const query of [`limit=7&action=x&cursor=${body.page.next}`, 'cursor=1.x.y']) {
      expect((await portal.ask(`/audit?${query}`, { actor: administrator })).body.code).toBe('request.invalid-cursor');
    }
  });

  it.each(['limit=0', 'from=yesterday', 'to=2026-01-01', 'actor=', 'object=%00', `action=${'x'.repeat(101)}`])(
    'refuses ?%s',
    async (query) => {
      const answer = await portal.ask(`/audit?${query}`, { actor: administrator });
      expect(answer.body).toMatchObject({ status: 400, errors: [{ parameter: query.split('=')[0] }] });
    },
  );
});
