import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { planSpec } from '../../src/features/plans/plan.resource.js';
import { sectionSpec } from '../../src/features/plans/section.resource.js';
import { taskSpec } from '../../src/features/plans/task.resource.js';
import { actorOf } from '../support/actors.js';
import { describeResource } from '../support/describe-resource.js';
import { startPortal, type TestPortal } from '../support/portal.js';

describeResource(planSpec);
describeResource(sectionSpec);
describeResource(taskSpec);

describe('joint plans', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.close());

  const idOf = async (key: string): Promise<string> =>
    (await portal.sql('select record_id from seed_row where key = $1', [key]))[0]!.record_id as string;

  type Section = { number: string; sections: Section[]; tasks: { leadUnit: { name: object } | null }[] };
  const tasksOf = (sections: Section[]): Section['tasks'] =>
    sections.flatMap((section) => [...section.tasks, ...tasksOf(section.sections)]);

  it.each(['zh', 'ru'])(
    'shows the Tongjiang plan as a tree with its 31 tasks and who leads each, in %s',
    async (lang) => {
      const { body } = await portal.ask(`/plans/${await idOf('plan-tj-2019-2022')}?lang=${lang}`);
      expect(body.partnerSide).toBe('ru');
      expect(body.taskCount).toBe(31);
      const tasks = tasksOf(body.sections);
      expect(tasks).toHaveLength(31);
      const led = tasks.filter((task) => task.leadUnit !== null);
      // The annexes that assign the yearly tasks are not part of the source: nobody is named, and nobody is invented.
      expect(led).toHaveLength(6);
      for (const task of led) expect(Object.keys(task.leadUnit!.name)).toEqual([lang]);
      const nested = body.sections.filter((section: Section) => section.sections.length > 0);
      expect(nested.length).toBeGreaterThan(0);
    },
  );

  it('follows one matter over the years, from any of its tasks', async () => {
    const chains = [];
    for (const key of ['task-tj-2019-5', 'task-tj-2020-3', 'task-tj-2022-2']) {
      const { body } = await portal.ask(`/tasks/${await idOf(key)}/chain?lang=zh`);
      chains.push(body.items.map((task: { id: string }) => task.id));
      expect(body.items.map((task: { years: number[] }) => task.years[0])).toEqual([2019, 2020, 2021, 2022]);
      expect(body.items.at(-1).openYears).toBe(4);
    }
    expect(chains[1]).toEqual(chains[0]);
    expect(chains[2]).toEqual(chains[0]);
  });

  it('lists what an organization leads and what it helps with', async () => {
    const commerce = await idOf('org-tj-commerce');
    const count = async (query: string) =>
      (await portal.ask(`/organizations/${commerce}/tasks?count=true${query}`)).body.page.total;
    const [lead, cooperating, all] = [await count('&role=lead'), await count('&role=cooperating'), await count('')];
    expect(lead).toBe(5);
    expect(all).toBe(lead + cooperating);
    const wrong = await portal.ask(`/organizations/${commerce}/tasks?role=boss`);
    expect([wrong.status, wrong.body.errors[0].parameter]).toEqual([400, 'role']);
    const unknown = await portal.ask('/organizations/01900000-0000-7000-8000-00000000ffff/tasks');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'resource.not-found']);
  });

  it('says where a due date comes from', async () => {
    const { body } = await portal.ask(`/tasks/${await idOf('task-tj-2022-1')}`);
    expect(body).toMatchObject({ dueOn: null, due: { on: '2022-12-31', basis: 'end-of-year' } });
  });

  it('lets nobody add to the plan of others, nor file a task under the section of another plan (A2, A8)', async () => {
    const tongjiang = await actorOf(portal, 'org-tongjiang-gov');
    const eao = await actorOf(portal, 'org-eao-gov');
    const [plan, section, foreign] = [
      await idOf('plan-tj-2019-2022'),
      await idOf('section-tj-3'),
      await idOf('section-cjt-5'),
    ];
    const json = {
      title: { zh: '新任务', ru: 'Новая задача' },
      sourceLanguage: 'zh',
      position: 99,
      plan: { id: plan },
    };
    const intruder = await portal.ask('/tasks', {
      method: 'POST',
      actor: eao,
      json: { ...json, section: { id: section } },
    });
    expect([intruder.status, intruder.body.code]).toEqual([403, 'auth.forbidden']);
    const misfiled = await portal.ask('/tasks', {
      method: 'POST',
      actor: tongjiang,
      json: { ...json, section: { id: foreign } },
    });
    expect([misfiled.status, misfiled.body.errors[0].pointer]).toEqual([404, '/section']);
    expect((await portal.sql('select count(*)::int as n from task where position = 99'))[0]!.n).toBe(0);
  });
});
