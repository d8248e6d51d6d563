import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linesOf, whole } from '../support/papers.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { type FivePeople, fivePeople, leadersAndGroup, type Person } from '../support/story.js';

/** Day of Russia: worked in China, a holiday across the river. */
const RUSSIAN_HOLIDAY = '2026-06-12';
const REASON = { zh: '本级无法解决', ru: 'На этом уровне решить нельзя' };

let portal: TestPortal;
let people: FivePeople;
let leaders: string;
let group: string;
beforeAll(async () => {
  portal = await startPortal();
  people = await fivePeople(portal);
  ({ leaders, group } = await leadersAndGroup(people));
});
afterAll(() => portal?.close());

/** What the chapters hand on to each other. */
const story = { meeting: '', next: '', bridge: '', permits: '', fair: '', decision: '', task: '', hash: '' };

const bothAccept = async (item: string): Promise<void> => {
  await people.chinese.step(`/agenda-items/${item}/answer`, { side: 'cn', answer: 'accepted' });
  await people.russian.step(`/agenda-items/${item}/answer`, { side: 'ru', answer: 'accepted' });
};

const bothConfirm = async (meeting: string): Promise<string> => {
  await people.chinese.step(`/meetings/${meeting}/confirm`, { side: 'cn' });
  return (await people.russian.step(`/meetings/${meeting}/confirm`, { side: 'ru' })).status;
};

const agree = (who: Person, language: string, hash: string) =>
  who.ask('POST', `/meetings/${story.meeting}/minutes/agree`, { language, hash });

const bothAgree = async (): Promise<string> => {
  const { hash } = await people.russian.read(`/meetings/${story.meeting}/minutes`);
  expect((await agree(people.chinese, 'zh', hash)).status).toBe(200);
  expect((await agree(people.russian, 'ru', hash)).status).toBe(200);
  return hash;
};

const delegation = async (who: Person, side: string, head: object): Promise<void> => {
  const wide = { audience: 'partners' };
  const id = await who.publishes('/delegations', {
    ...{ meeting: { id: story.meeting }, side, name: { zh: '代表团', ru: 'Делегация' }, ...wide },
  });
  await who.publishes('/delegates', { delegation: { id }, role: 'head', ...head, ...wide });
};

describe('a leaders’ meeting from the day it is due to the day its decisions come back', () => {
  it('is due by the rhythm that both sides keep', async () => {
    const { items } = await people.russian.read('/mechanisms/cadence?on=2026-06-01');
    const due = items.find(({ mechanism }: { mechanism: { id: string } }) => mechanism.id === leaders);
    expect(due.periods.at(-1)).toMatchObject({ from: '2026-01-01', to: '2026-06-30', status: 'due' });
  });

  it('is proposed by the Chinese secretariat; a day that the Russian side does not work is flagged', async () => {
    const { chinese } = people;
    story.meeting = await chinese.publishes('/meetings', {
      title: { zh: '两地领导第一次会晤', ru: 'Первая встреча руководителей' },
      ...{ kind: 'leaders', mechanism: { id: leaders }, numberInSeries: 1, hostSide: 'cn', form: 'in-person' },
      ...{ hostOrganization: chinese.organization, venue: { zh: '同江市', ru: 'город Тунцзян' } },
    });
    const onHoliday = { startsAt: `${RUSSIAN_HOLIDAY}T09:30:00+08:00`, endsAt: `${RUSSIAN_HOLIDAY}T11:30:00+08:00` };
    const proposed = await chinese.step(`/meetings/${story.meeting}/propose`, {
      ...{ ...onHoliday, timeZone: 'Asia/Shanghai' },
    });
    expect(proposed.warnings).toEqual([
      expect.objectContaining({ code: 'day-off', side: 'ru', dayStatus: 'holiday', date: RUSSIAN_HOLIDAY }),
    ]);
    const wish = { from: RUSSIAN_HOLIDAY, to: '2026-06-19', durationMinutes: 120, count: 1 };
    const { slots, passedOver } = await chinese.does(`/mechanisms/${leaders}/slots`, wish);
    expect(passedOver[0]).toMatchObject({ date: RUSSIAN_HOLIDAY, obstacles: [{ code: 'day-off', side: 'ru' }] });
    const { startsAt, endsAt } = slots[0];
    await chinese.change(`/meetings/${story.meeting}`, { startsAt, endsAt });
    expect((await people.russian.read(`/meetings/${story.meeting}/conflicts`)).items).toEqual([]);
  });

  it('is confirmed by both secretariats', async () => {
    expect(await bothConfirm(story.meeting)).toBe('confirmed');
  });

  it('has items from both sides: one translated, one deferred', async () => {
    const { office, chinese, oblast, russian, translator } = people;
    const path = `/meetings/${story.meeting}/agenda-proposals`;
    story.bridge = (await office.does(path, { title: { zh: '铁路大桥口岸通关' }, durationMinutes: 40 })).id;
    story.permits = (await oblast.does(path, { title: { ru: 'О разрешениях на перевозки', zh: '运输许可' } })).id;
    story.fair = (await oblast.does(path, { title: { ru: 'О выставке', zh: '展会' } })).id;
    await bothAccept(story.bridge);
    await bothAccept(story.permits);
    const { items } = await translator.read(`/translation-units?record=${story.bridge}&language=ru`);
    const unit = `/translation-units/${items[0].id}`;
    const text = { text: { ru: 'Таможенное оформление в пункте пропуска у железнодорожного моста' } };
    expect((await translator.tries('PATCH', unit, text)).status).toBe(200);
    await translator.does(`${unit}/submit`);
    expect((await russian.does(`${unit}/approve`)).state).toBe('approved');
    const deferred = { side: 'ru', answer: 'deferred', reason: { ru: 'Материалы не готовы' } };
    await russian.step(`/agenda-items/${story.fair}/answer`, deferred);
    const agenda = await chinese.read(`/meetings/${story.meeting}/agenda?lang=ru`);
    expect(agenda.items.map(({ title, status }: { title: object; status: string }) => [title, status])).toEqual([
      [{ ru: 'Таможенное оформление в пункте пропуска у железнодорожного моста' }, 'accepted'],
      [{ ru: 'О разрешениях на перевозки' }, 'accepted'],
      [{ ru: 'О выставке' }, 'deferred'],
    ]);
  });

  it('is held by both delegations', async () => {
    await delegation(people.office, 'cn', {
      name: { zh: '王磊', ru: 'Ван Лэй' },
      post: { zh: '市长', ru: 'мэр города' },
    });
    await delegation(people.oblast, 'ru', {
      ...{ name: { zh: '彼得罗夫', ru: 'П. П. Петров' }, post: { zh: '州长', ru: 'губернатор области' } },
    });
    expect((await people.russian.step(`/meetings/${story.meeting}/hold`)).status).toBe('held');
    for (const item of [story.bridge, story.permits]) await people.chinese.step(`/agenda-items/${item}/discuss`);
  });

  it('has minutes in both languages, written by both secretariats, and a decision', async () => {
    const { chinese, russian, office, oblast } = people;
    const note = (who: Person, position: number, item: string, text: object) =>
      who.does('/minutes-items', { meeting: { id: story.meeting }, position, agendaItem: { id: item }, text });
    await note(chinese, 1, story.bridge, {
      zh: '双方商定延长通关时间。',
      ru: 'Стороны согласились продлить часы работы.',
    });
    await note(russian, 2, story.permits, {
      zh: '俄方通报了许可情况。',
      ru: 'Российская Сторона сообщила о разрешениях.',
    });
    story.decision = await chinese.publishes('/decisions', {
      ...{ meeting: { id: story.meeting }, agendaItem: { id: story.bridge }, kind: 'assignment', number: '1' },
      text: { zh: '年底前延长通关时间。', ru: 'До конца года продлить часы работы пункта пропуска.' },
      ...{ responsible: [office.organization, oblast.organization], dueOn: '2026-12-31' },
    });
    const { items, decisions, standing } = await russian.read(`/meetings/${story.meeting}/minutes`);
    expect([items.length, decisions.length, standing]).toEqual([2, 1, 'draft']);
  });

  it('is agreed; an edit breaks the seals; it is agreed again, signed and closed', async () => {
    const { chinese, russian } = people;
    const before = await bothAgree();
    const [item] = (await russian.read(`/meetings/${story.meeting}/minutes`)).items;
    await russian.change(`/minutes-items/${item.id}`, {
      text: { ru: 'Стороны согласились продлить работу до 22 часов.' },
    });
    const broken = await chinese.read(`/meetings/${story.meeting}/minutes`);
    expect([broken.standing, broken.seals, broken.broken.length]).toEqual(['draft', [], 2]);
    const sign = (who: Person, hash: string) => who.ask('POST', `/meetings/${story.meeting}/minutes/sign`, { hash });
    expect((await sign(chinese, before)).body.code).toBe('minutes.outdated');
    story.hash = await bothAgree();
    for (const who of [russian, chinese]) expect((await sign(who, story.hash)).status).toBe(200);
    expect((await chinese.does(`/meetings/${story.meeting}/minutes/close`)).standing).toBe('closed');
  });

  it('becomes a task, of which its progress reports', async () => {
    const { office } = people;
    const plan = await office.publishes('/plans', { title: { zh: '落实方案', ru: 'План выполнения' } });
    await office.publishes('/sections', {
      plan: { id: plan },
      position: 1,
      title: { zh: '口岸', ru: 'Пункт пропуска' },
    });
    story.task = (await office.does(`/decisions/${story.decision}/task`, { plan: { id: plan } })).id;
    await office.step(`/tasks/${story.task}/publish`);
    await office.change(`/tasks/${story.task}`, { status: 'in-progress' });
    const { standing, tasks } = await people.oblast.read(`/decisions/${story.decision}`);
    expect([standing, tasks.length]).toEqual([{ state: 'open', basis: 'tasks', on: null }, 1]);
    const [open] = (await people.russian.read(`/mechanisms/${leaders}/decisions?state=open&on=2027-01-10`)).items;
    expect(open).toMatchObject({ overdueDays: 10 });
  });

  it('comes back: the next agenda has the open decision and what was deferred', async () => {
    const { russian } = people;
    story.next = await russian.publishes('/meetings', {
      title: { zh: '两地领导第二次会晤', ru: 'Вторая встреча руководителей' },
      ...{ kind: 'leaders', mechanism: { id: leaders }, numberInSeries: 2, hostSide: 'ru', sourceLanguage: 'ru' },
    });
    await russian.step(`/meetings/${story.next}/propose`, {
      ...{ startsAt: '2099-12-15T10:00:00+10:00', endsAt: '2099-12-15T12:00:00+10:00', timeZone: 'Asia/Vladivostok' },
    });
    const { items } = await people.chinese.read(`/meetings/${story.next}/agenda?lang=all`);
    const deferred = items.find((item: { deferredFrom: object | null }) => item.deferredFrom);
    expect(deferred).toMatchObject({ title: { ru: 'О выставке', zh: '展会' }, deferredFrom: { id: story.fair } });
    const returned = items.find((item: { title: { ru: string } }) => item.title.ru.includes('До конца года'));
    expect(returned).toMatchObject({ status: 'accepted', title: { zh: expect.stringContaining('年底前') } });
    expect(returned.reviewOf.id).toBe(story.decision);
  });

  it('takes up an unsolved matter of the unit, and its answer comes home', async () => {
    const { office, chinese, oblast } = people;
    const matter = await office.publishes('/matters', {
      title: { zh: '口岸查验设备不足', ru: 'Не хватает досмотрового оборудования' },
      ...{ kind: 'issue', audience: 'partners', mechanisms: [{ id: group }], dueOn: '2026-01-12' },
    });
    const report = await chinese.does('/matters/escalation-run');
    const climbed = report.climbing.find((entry: { matter: { id: string } }) => entry.matter.id === matter);
    expect(climbed.toMechanism.id).toBe(group);
    await office.step(`/matters/${matter}/escalate`, { reason: REASON });
    const agenda = await oblast.read(`/meetings/${story.next}/agenda?lang=ru`);
    expect(agenda.items.some(({ title }: { title: { ru: string } }) => title.ru.includes('досмотрового'))).toBe(true);
    const text = { zh: '双方各增设查验通道。', ru: 'Стороны открывают полосы досмотра.' };
    expect((await oblast.step(`/matters/${matter}/answer`, { text })).status).toBe('answered');
    const { items } = await office.read(`/matters/${matter}/steps`);
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['raised', 'escalated', 'escalated', 'put-on-agenda', 'answered', 'passed-down', 'passed-down'],
    ]);
    expect(items.at(-1)).toMatchObject({ toOrganization: office.organization, reason: text });
    expect((await office.step(`/matters/${matter}/close`)).status).toBe('closed');
  });

  it('is told by both copies of the minutes', async () => {
    const zh = await people.chinese.paper('minutes', 'zh', story.meeting);
    const ru = await people.russian.paper('minutes', 'ru', story.meeting);
    expect(zh.header).toContain(`已签署 / ПОДПИСАНО · ${story.hash.slice(0, 12)}`);
    expect(ru.header).toContain(`ПОДПИСАНО / 已签署 · ${story.hash.slice(0, 12)}`);
    for (const paper of [zh, ru]) {
      const text = whole(paper);
      for (const said of [
        '双方商定延长通关时间。',
        'продлить работу до 22 часов',
        '年底前延长',
        'До конца года продлить',
      ])
        expect(text).toContain(said);
      for (const name of ['王磊', 'Ван Лэй', 'П. П. Петров', 'губернатор области']) expect(text).toContain(name);
    }
    expect([linesOf(zh, 0)[0], linesOf(ru, 0)[0]]).toEqual(['两地领导会晤', 'Встречи руководителей двух территорий']);
    expect(linesOf(zh, 0).sort()).not.toEqual(linesOf(ru, 0).sort());
  });

  it('stands in the calendar of the mechanism, for everybody', async () => {
    const { text } = await portal.ask(`/mechanisms/${leaders}/calendar.ics?lang=ru`);
    const event = (id: string) => text.split('BEGIN:VEVENT').find((one) => one.includes(`UID:${id}`))!;
    expect(event(story.meeting)).toMatch(/DTSTART[^\n]*:20260615T/);
    expect(event(story.meeting)).toContain('STATUS:CONFIRMED');
    expect(event(story.next)).toContain('STATUS:TENTATIVE');
  });
});
