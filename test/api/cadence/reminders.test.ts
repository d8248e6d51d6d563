import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountOf, type SignedIn } from '../../support/accounts.js';
import { actorOf } from '../../support/actors.js';
import { Cooperation, seedId } from '../../support/cadence.js';
import { startPortal, type TestPortal } from '../../support/portal.js';
import { jobsOf, runJob } from '../../support/queue.js';

type Person = SignedIn & { id: string };

const CADENCE = {
  kind: 'rule',
  rule: 'FREQ=MONTHLY;INTERVAL=6',
  timeZone: 'Asia/Shanghai',
  startsOn: '2025-07-01',
};
const REMIND = 'cadence.remind';

let portal: TestPortal;
let second: TestPortal;
let cooperation: Cooperation;
let people: Record<string, Person>;
let secretariats: object[];

beforeAll(async () => {
  portal = await startPortal({ config: { jobs: 'in-process' } });
  second = await startPortal({ databaseUrl: portal.databaseUrl, config: { jobs: 'in-process' } });
  cooperation = new Cooperation(portal, await actorOf(portal, 'org-tongjiang-gov'));
  people = {
    'coordinator cn': await accountOf(portal, { roles: ['coordinator'], organizationKey: 'org-heihe-ftz' }),
    'coordinator ru': await accountOf(portal, { roles: ['coordinator'], organizationKey: 'org-amur-gov' }),
    'secretariat cn': await accountOf(portal, { roles: ['official'], organizationKey: 'org-tongjiang-gov' }),
    'secretariat ru': await accountOf(portal, { roles: ['official'], organizationKey: 'org-eao-gov' }),
    'official cn': await accountOf(portal, { roles: ['official'], organizationKey: 'org-heihe-ftz' }),
    'official ru': await accountOf(portal, { roles: ['official'], organizationKey: 'org-amur-gov' }),
    translator: await accountOf(portal, { roles: ['translator'], side: 'cn', translatesInto: ['zh'] }),
  };
  secretariats = [
    { side: 'cn', organization: { id: await seedId(portal, 'org-tongjiang-gov') } },
    { side: 'ru', organization: { id: await seedId(portal, 'org-eao-gov') } },
  ];
});
afterAll(async () => {
  await second?.close();
  await portal?.close();
});

/** Looks as of a day, so many times; both processes take such jobs. */
const remind = async (on: string, times = 1): Promise<void> => {
  await Promise.all(Array.from({ length: times }, () => runJob(portal, REMIND, { on })));
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await jobsOf(portal, REMIND)).every(({ state }) => state === 'completed')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the guard has not run');
};

/** Who was told what of a mechanism: `kind: person`, with repetitions. */
const toldOf = async (mechanism: string): Promise<string[]> => {
  const rows = await portal.sql('select kind, account_id as id from notification where record_id = $1', [mechanism]);
  const nameOf = (id: unknown) => Object.entries(people).find(([, person]) => person.id === id)?.[0];
  return rows.map(({ kind, id }) => `${kind}: ${nameOf(id)}`).sort();
};

const KEEPERS = ['coordinator cn', 'coordinator ru', 'secretariat cn', 'secretariat ru'];
const toAll = (kind: string, keepers = KEEPERS): string[] => keepers.map((name) => `${kind}: ${name}`);

describe('reminders of regular meetings', () => {
  it('go once to coordinators and secretariats of both sides, however often and in how many processes it is looked', async () => {
    const mechanism = await cooperation.mechanism({ cadence: CADENCE, secretariats });
    await remind('2026-02-01');
    expect(await toldOf(mechanism)).toEqual(toAll('cadence.missed'));
    await remind('2026-05-01', 6);
    const first = [...toAll('cadence.due'), ...toAll('cadence.missed')];
    expect(await toldOf(mechanism)).toEqual(first);
    await remind('2026-05-02');
    expect(await toldOf(mechanism)).toEqual(first);
    // The next period is another matter.
    await remind('2026-07-01');
    expect(await toldOf(mechanism)).toEqual(
      [...toAll('cadence.due'), ...toAll('cadence.missed'), ...toAll('cadence.missed')].sort(),
    );
  });

  it('say which meetings of which mechanism, and when, as each language writes it', async () => {
    const name = { zh: '口岸会晤', ru: 'Встречи по пунктам пропуска' };
    const mechanism = await cooperation.mechanism({ name, cadence: CADENCE, secretariats });
    await remind('2026-05-01');
    const { headers } = people['secretariat ru']!;
    const answer = await portal.ask('/me/notifications?limit=100', { headers });
    const due = answer.body.items.find(
      (one: { kind: string; about: { id: string } }) => one.kind === 'cadence.due' && one.about.id === mechanism,
    );
    expect(due.text.zh).toMatch(/“口岸会晤”.*2026年1月1日至2026年6月30日/);
    expect(due.text.ru.replaceAll(/\s/g, ' ')).toMatch(
      /«Встречи по пунктам пропуска» с 1 января 2026 г\. по 30 июня 2026 г\./,
    );
  });

  it('go to nobody where everything was held or is set', async () => {
    const mechanism = await cooperation.mechanism({ cadence: CADENCE, secretariats });
    await cooperation.meeting(mechanism, { status: 'held', heldOn: '2025-10-10' });
    await cooperation.meeting(mechanism, { status: 'confirmed', startsAt: '2026-06-10T09:00:00+08:00' });
    await remind('2026-05-01');
    expect(await toldOf(mechanism)).toEqual([]);
  });

  it('tell a side by what that side may see', async () => {
    const mechanism = await cooperation.mechanism({ cadence: CADENCE, secretariats });
    await cooperation.meeting(mechanism, { status: 'held', heldOn: '2025-10-10' });
    await cooperation.meeting(mechanism, { audience: 'side', startsAt: '2026-06-10T09:00:00+08:00' });
    await remind('2026-05-01');
    expect(await toldOf(mechanism)).toEqual(toAll('cadence.due', ['coordinator ru', 'secretariat ru']));
  });

  it('go to the sides that take part, and not about a mechanism that is not published', async () => {
    const own = await cooperation.mechanism({ cadence: CADENCE, sides: ['cn'], secretariats: [] });
    const body = { name: { zh: '草案', ru: 'Проект' }, kind: 'leaders-meeting', status: 'active', cadence: CADENCE };
    const draft = await cooperation.created('/mechanisms', body);
    await remind('2026-05-01');
    expect(await toldOf(own)).toEqual(['cadence.due: coordinator cn', 'cadence.missed: coordinator cn']);
    expect(await toldOf(draft)).toEqual([]);
  });

  it('come by the clock each day', async () => {
    const [schedule] = await portal.sql('select cron, timezone from pgboss.schedule where name = $1', [REMIND]);
    expect(schedule).toEqual({ cron: '30 22 * * *', timezone: 'UTC' });
  });
});
