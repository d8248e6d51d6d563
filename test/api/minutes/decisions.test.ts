import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { actorOf } from '../../support/actors.js';
import { JointMeeting } from '../../support/joint-meeting.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let joint: JointMeeting;
let neighbour: AccountActor;
beforeAll(async () => {
  portal = await startPortal();
  joint = await JointMeeting.with(portal);
  neighbour = await actorOf(portal, 'org-heihe-ftz');
});
afterAll(() => portal?.close());

const TEXT = { zh: '推动口岸延时通关。', ru: 'Обеспечить продлённую работу пункта пропуска.' };

const decision = (meeting: string, more: object = {}): Promise<string> =>
  joint.published('/decisions', {
    meeting: { id: meeting },
    kind: 'assignment',
    text: TEXT,
    number: '3',
    responsible: [{ id: joint.ru.organizationId }, { id: joint.cn.organizationId }],
    dueOn: '2026-06-30',
    ...more,
  });

const plan = async (): Promise<{ plan: string; section: string }> => {
  const id = await joint.published('/plans', { title: { zh: '年度计划', ru: 'План на год' } });
  const section = await joint.published('/sections', {
    plan: { id },
    position: 1,
    title: { zh: '口岸', ru: 'Пункты пропуска' },
  });
  return { plan: id, section };
};

const makeTask = (id: string, json: object, actor = joint.cn, headers: Record<string, string> = {}): Promise<Answer> =>
  portal.ask(`/decisions/${id}/task`, { method: 'POST', actor, json, headers });

const change = async (path: string, json: object, actor = joint.cn): Promise<Answer> => {
  const { headers } = await portal.ask(path, { actor });
  return portal.ask(path, { method: 'PATCH', actor, json, headers: { 'If-Match': headers.get('etag') ?? '"v1-all"' } });
};

const of = async (mechanism: string, query = '?state=open&on=2026-07-10', actor?: AccountActor) =>
  itemsOf(await portal.ask(`/mechanisms/${mechanism}/decisions${query}`, actor ? { actor } : {}));

const itemsOf = ({ status, body, text }: Answer) => {
  if (status !== 200) throw new Error(text);
  return body.items;
};

const standing = async (id: string) => (await portal.ask(`/decisions/${id}`)).body.standing;

const agenda = async (meeting: string) => (await portal.ask(`/meetings/${meeting}`)).body.agendaItems;

/** Makes the portal look at a meeting whose status was set below the API. */
const touch = (meeting: string): Promise<Answer> =>
  change(`/meetings/${meeting}`, { remark: { zh: '备注', ru: 'Примечание' } });

describe('an assignment that becomes a task', () => {
  it('is led by the first of the responsible units and carried out by the others, of either side', async () => {
    const meeting = await joint.meeting();
    const id = await decision(meeting);
    const wish = await plan();
    const made = await makeTask(id, { plan: { id: wish.plan } });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/v1/tasks/${made.body.id}`);
    expect(made.body).toMatchObject({
      plan: { id: wish.plan },
      section: { id: wish.section },
      position: 1,
      title: TEXT,
      leadUnit: { id: joint.ru.organizationId },
      cooperatingUnits: [{ id: joint.cn.organizationId }],
      dueOn: '2026-06-30',
      years: [2026],
      originDecision: { id },
      owner: { id: joint.cn.organizationId },
      state: 'draft',
    });
    const seen = await portal.ask(`/decisions/${id}`, { actor: joint.cn });
    expect(seen.body.tasks.map((task: { id: string }) => task.id)).toEqual([made.body.id]);
  });

  it('H109 becomes one task only, however often and by how many it is asked for', async () => {
    const id = await decision(await joint.meeting());
    const { plan: to } = await plan();
    const answers = await Promise.all(Array.from({ length: 6 }, () => makeTask(id, { plan: { id: to } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('decision.has-task');
    const other = await decision(await joint.meeting());
    const headers = { 'Idempotency-Key': `task-${other}` };
    const [first, again] = [
      await makeTask(other, { plan: { id: to } }, joint.cn, headers),
      await makeTask(other, { plan: { id: to } }, joint.cn, headers),
    ];
    expect([first.body.id, again.headers.get('idempotency-replayed')]).toEqual([again.body.id, 'true']);
  });

  it('A2 A8 needs the right to write the plan, and a plan that is seen', async () => {
    const id = await decision(await joint.meeting());
    const { plan: to, section } = await plan();
    for (const actor of [joint.ru, neighbour]) {
      const foreign = await makeTask(id, { plan: { id: to }, section: { id: section } }, actor);
      expect([foreign.status, foreign.body.code]).toEqual([403, 'auth.forbidden']);
    }
    const unknown = { id: '01900000-0000-7000-8000-00000000ffff' };
    const none = await makeTask(id, { plan: unknown });
    expect([none.status, none.body.errors[0].pointer]).toEqual([400, '/section']);
    const elsewhere = await makeTask(id, { plan: { id: to }, section: { id: (await plan()).section } });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([404, 'resource.reference-unseen']);
    expect((await makeTask(unknown.id, { plan: { id: to } })).status).toBe(404);
    expect((await portal.ask(`/decisions/${id}/task`, { method: 'POST', json: { plan: { id: to } } })).status).toBe(
      401,
    );
    expect((await portal.ask(`/decisions/${id}`, { actor: joint.cn })).body.tasks).toEqual([]);
  });

  it('is a published one with somebody responsible', async () => {
    const meeting = await joint.meeting();
    const { plan: to } = await plan();
    for (const more of [{ kind: 'decision' }, { kind: 'information' }, { responsible: [] }]) {
      const answer = await makeTask(await decision(meeting, more), { plan: { id: to } });
      expect([answer.status, answer.body.code]).toEqual([409, 'decision.not-assigned']);
    }
  });

  it('keeps long and broken texts within what a task takes', async () => {
    const long = { zh: `第一行\n${'推'.repeat(3000)}`, ru: `Первая строка\n${'а'.repeat(3000)}` };
    const id = await decision(await joint.meeting(), { text: long });
    const { plan: to } = await plan();
    const { status, body } = await makeTask(id, { plan: { id: to } });
    expect([status, [...body.title.zh].length, body.title.ru.slice(0, 15)]).toEqual([201, 500, 'Первая строка а']);
    expect([...body.summary.ru].length).toBe(2000);
  });
});

describe('the state of a decision', () => {
  it('follows its task and is not ticked beside it', async () => {
    const id = await decision(await joint.meeting());
    expect(await standing(id)).toEqual({ state: 'open', basis: 'nothing-yet', on: null });
    const { plan: to } = await plan();
    const task = (await makeTask(id, { plan: { id: to } })).body.id;
    expect(await standing(id)).toEqual({ state: 'open', basis: 'tasks', on: null });
    const ticked = await change(`/decisions/${id}`, { outcome: 'done', outcomeOn: '2026-06-01' });
    expect([ticked.status, ticked.body.standing.state]).toEqual([200, 'open']);
    await change(`/tasks/${task}`, { status: 'completed' });
    const today = new Date().toISOString().slice(0, 10);
    expect(await standing(id)).toEqual({ state: 'done', basis: 'tasks', on: today });
    await change(`/tasks/${task}`, { status: 'in-progress' });
    expect((await standing(id)).state).toBe('open');
    await change(`/tasks/${task}`, { status: 'dropped' });
    expect((await standing(id)).state).toBe('dropped');
  });

  it('is stated with a date where there is no task, and dropped only with a reason', async () => {
    const id = await decision(await joint.meeting(), { kind: 'decision' });
    const faults: [object, string][] = [
      [{ outcome: 'done' }, '/outcomeOn'],
      [{ outcome: 'dropped', outcomeOn: '2026-06-01' }, '/outcomeReason'],
      [{ outcomeOn: '2026-06-01' }, '/outcomeOn'],
      [{ outcomeReason: { zh: '理由' } }, '/outcomeReason'],
    ];
    for (const [patch, pointer] of faults) {
      const answer = await change(`/decisions/${id}`, patch);
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
    }
    const reason = { zh: '情况变化', ru: 'Обстоятельства изменились' };
    await change(`/decisions/${id}`, { outcome: 'dropped', outcomeOn: '2026-06-01', outcomeReason: reason });
    expect(await standing(id)).toEqual({ state: 'dropped', basis: 'stated', on: '2026-06-01' });
    const listed = await portal.ask(`/decisions?standing=dropped&ids=${id}`);
    expect(listed.body.items.length).toBe(1);
    expect((await portal.ask(`/decisions?standing=open&ids=${id}`)).body.items).toEqual([]);
  });

  it('is done from the start for information', async () => {
    const id = await decision(await joint.meeting(), { kind: 'information' });
    expect(await standing(id)).toEqual({ state: 'done', basis: 'information', on: null });
  });
});

describe('an open decision', () => {
  const series = async (): Promise<{ mechanism: string; meeting: string }> => {
    const mechanism = await joint.mechanism();
    const meeting = await joint.meeting('held', {
      mechanism: { id: mechanism },
      numberInSeries: 1,
      heldOn: '2026-03-01',
    });
    return { mechanism, meeting };
  };
  const later = (mechanism: string, numberInSeries: number, status: string): Promise<string> =>
    joint.meeting(status, { mechanism: { id: mechanism }, numberInSeries, heldOn: `2026-0${3 + numberInSeries}-01` });

  it('comes back to the next meeting’s agenda by itself, once, in both languages, until it is closed', async () => {
    const { mechanism, meeting } = await series();
    const open = await decision(meeting);
    const done = await decision(meeting, { kind: 'decision', outcome: 'done', outcomeOn: '2026-03-02' });
    const draft = await later(mechanism, 2, 'draft');
    await touch(draft);
    expect(await agenda(draft)).toEqual([]);
    await portal.sql(`update meeting set status = 'proposed' where id = $1`, [draft]);
    await touch(draft);
    const [item, ...rest] = await agenda(draft);
    expect(rest).toEqual([]);
    expect(item).toMatchObject({
      title: { zh: `检查第 3 号决定的落实情况：${TEXT.zh}`, ru: `О ходе исполнения решения №\u00a03: ${TEXT.ru}` },
      status: 'accepted',
      state: 'published',
      sourceLanguage: 'both',
      owner: { id: joint.cn.organizationId },
    });
    await Promise.all([touch(draft), change(`/decisions/${open}`, { remark: { zh: '注' } })]);
    expect((await agenda(draft)).length).toBe(1);
    const { body } = await portal.ask(`/decisions/${open}`);
    expect(body.reviews.map(({ id }: { id: string }) => id)).toEqual([item.id]);
    expect((await portal.ask(`/decisions/${done}`)).body.reviews).toEqual([]);

    await portal.sql(`update meeting set status = 'held' where id = $1`, [draft]);
    const third = await later(mechanism, 3, 'confirmed');
    await touch(third);
    expect((await agenda(third)).length).toBe(1);
    await change(`/decisions/${open}`, { outcome: 'done', outcomeOn: '2026-06-02' });
    await portal.sql(`update meeting set status = 'held' where id = $1`, [third]);
    const fourth = await later(mechanism, 4, 'confirmed');
    await touch(fourth);
    expect(await agenda(fourth)).toEqual([]);
  });

  it('comes back also where the next meeting was set before the decision was published, or its task is taken up again', async () => {
    const { mechanism, meeting } = await series();
    const next = await later(mechanism, 2, 'confirmed');
    await touch(next);
    const id = await decision(meeting);
    expect((await agenda(next)).length).toBe(1);
    const { plan: to } = await plan();
    const task = (await makeTask(id, { plan: { id: to } })).body.id;
    await change(`/tasks/${task}`, { status: 'completed' });
    await portal.sql(`update meeting set status = 'cancelled' where id = $1`, [next]);
    const other = await later(mechanism, 3, 'proposed');
    await touch(other);
    expect(await agenda(other)).toEqual([]);
    await change(`/tasks/${task}`, { status: 'in-progress' });
    expect((await agenda(other)).length).toBe(1);
  });

  it('is listed with the meetings it has lived through, its task and the days it is late, in both languages', async () => {
    const { mechanism, meeting } = await series();
    const id = await decision(meeting);
    const closed = await decision(meeting, { kind: 'information' });
    await later(mechanism, 2, 'held');
    await later(mechanism, 3, 'closed');
    await later(mechanism, 4, 'cancelled');
    await joint.meeting('held', { mechanism: { id: mechanism }, numberInSeries: 5 });
    const { plan: to } = await plan();
    const task = (await makeTask(id, { plan: { id: to } })).body.id;
    const [found, ...rest] = await of(mechanism);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({
      id,
      meeting: { id: meeting },
      text: TEXT,
      number: '3',
      standing: { state: 'open', basis: 'tasks', on: null },
      overdueDays: 10,
      meetingsSince: 3,
      tasks: [],
    });
    expect((await of(mechanism, '?state=open', joint.cn))[0].tasks).toMatchObject([
      { task: { id: task }, status: 'planned' },
    ]);
    expect(
      (await of(mechanism, '?on=2026-06-30')).map(({ id: one, overdueDays }: { id: string; overdueDays: number }) => [
        one,
        overdueDays,
      ]),
    ).toEqual([
      [id, 0],
      [closed, null],
    ]);
    expect((await of(mechanism, '?lang=ru'))[0].text).toEqual({ ru: TEXT.ru });
    await change(`/tasks/${task}`, { status: 'completed' });
    expect(await of(mechanism)).toEqual([]);
    expect((await of(mechanism, '?state=done')).length).toBe(2);
  });

  it('A9 is listed to those only who may see it, page by page', async () => {
    const { mechanism, meeting } = await series();
    const ids = [];
    for (const more of [{}, { audience: 'partners' }, { audience: 'side' }]) ids.push(await decision(meeting, more));
    const seen = async (actor?: AccountActor) =>
      (await of(mechanism, '?state=open', actor)).map(({ id }: { id: string }) => id);
    expect([await seen(), await seen(joint.ru), await seen(joint.cn)]).toEqual([ids.slice(0, 1), ids.slice(0, 2), ids]);
    const first = await portal.ask(`/mechanisms/${mechanism}/decisions?limit=2`, { actor: joint.cn });
    const rest = await portal.ask(`/mechanisms/${mechanism}/decisions?limit=2&cursor=${first.body.page.next}`, {
      actor: joint.cn,
    });
    expect([...first.body.items, ...rest.body.items].map(({ id }) => id)).toEqual(ids);
    const foreign = await portal.ask(`/mechanisms/${mechanism}/decisions?limit=2&cursor=${first.body.page.next}`, {
      actor: joint.ru,
    });
    expect([foreign.status, foreign.body.code]).toEqual([400, 'request.invalid-cursor']);
    for (const bad of ['state=late', 'on=2026-02-30', 'limit=0', 'unknown=1'])
      expect((await portal.ask(`/mechanisms/${mechanism}/decisions?${bad}`)).status).toBe(400);
    expect((await portal.ask('/mechanisms/01900000-0000-7000-8000-00000000ffff/decisions')).status).toBe(404);
  });

  it('of one side only does not come back to the meeting that the other side keeps', async () => {
    const { mechanism, meeting } = await series();
    await decision(meeting, { audience: 'side' });
    const theirs = await joint.published(
      '/meetings',
      { title: { zh: '第二次会晤', ru: 'Вторая встреча' }, kind: 'leaders', mechanism: { id: mechanism } },
      joint.ru,
    );
    await portal.sql(`update meeting set status = 'confirmed' where id = $1`, [theirs]);
    await change(`/meetings/${theirs}`, { remark: { ru: 'Примечание' } }, joint.ru);
    expect((await portal.ask(`/meetings/${theirs}`, { actor: joint.cn })).body.agendaItems).toEqual([]);
  });
});
