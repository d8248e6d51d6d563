import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { startPortal, type TestPortal } from '../../support/portal.js';
import { type Bureau, refusal, Translation, type Unit } from '../../support/translation.js';

let portal: TestPortal;
let work: Translation;
let people: Bureau;
beforeAll(async () => {
  portal = await startPortal();
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(() => portal?.close());

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Walks the whole queue of a query. */
const walk = async (actor: AccountActor, query: string): Promise<Unit[]> => {
  const units: Unit[] = [];
  for (let cursor = ''; ; ) {
    const answer = await work.ask(actor, 'GET', `/translation-units?${query}${cursor && `&cursor=${cursor}`}`);
    expect(answer.status).toBe(200);
    units.push(...answer.body.items);
    if (answer.body.page.next === null) return units;
    cursor = answer.body.page.next;
  }
};

describe('the queue', () => {
  it('puts what a meeting of the next days needs first, public before internal, stale before missing, and says why', async () => {
    const meeting = await work.record('meetings', {
      ...{ title: { zh: '工作会晤' }, kind: 'working', audience: 'partners' },
      ...{ startsAt: inDays(5), timeZone: 'Asia/Shanghai' },
    });
    const item = await work.record('agenda-items', { title: { zh: '议题' }, meeting: { id: meeting }, position: 1 });
    const later = await work.record('meetings', { title: { zh: '远期会晤' }, kind: 'working', startsAt: inDays(60) });
    const internal = await work.lead({ audience: 'partners' });
    const missing = await work.lead();
    const stale = await work.lead();
    await work.settle(await work.unit(stale), 'Холодовой проект');
    await work.edit(`leads/${stale}`, 2, { name: { zh: '新冷链项目' } });
    const all = await walk(people.intoRussian, 'limit=100');
    const place = (id: string) => all.findIndex(({ record }) => record.id === id);
    const order = [item, meeting, stale, missing, internal].map(place);
    expect(order.every((n) => n >= 0)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(place(later)).toBeGreaterThan(place(stale));
    const reasons = (id: string) => all[place(id)]!.priority;
    expect([meeting, item, stale, missing, internal].map(reasons)).toEqual([
      ['meeting-soon', 'internal', 'missing'],
      ['meeting-soon', 'public', 'missing'],
      ['public', 'stale'],
      ['public', 'missing'],
      ['internal', 'missing'],
    ]);
    expect(all[place(meeting)]!.due).not.toBeNull();
  });

  it('is paged without a gap or a repetition, in each order', async () => {
    for (const sort of ['priority', 'age', '-age']) {
      const small = await walk(people.official, `sort=${sort}&limit=37&language=ru&state=draft,missing`);
      const large = await walk(people.official, `sort=${sort}&limit=100&language=ru&state=draft,missing`);
      expect(small.length).toBeGreaterThan(100);
      expect(new Set(small.map(({ id }) => id)).size).toBe(small.length);
      expect(small.map(({ id }) => id)).toEqual(large.map(({ id }) => id));
      if (sort === 'priority') continue;
      const moments = small.map(({ since }) => since as string);
      expect(moments).toEqual([...moments].sort((a, b) => (sort === 'age' ? 1 : -1) * (a < b ? -1 : a > b ? 1 : 0)));
    }
  });

  it('is narrowed by resource, record, state, language and age', async () => {
    const id = await work.lead();
    const unit = await work.unit(id);
    await portal.sql(`update translation set since = now() - interval '40 days' where id = $1`, [unit.id]);
    const old = await walk(people.official, 'olderThan=30');
    expect(old.map((one) => one.id)).toEqual([unit.id]);
    expect(await walk(people.official, 'olderThan=50')).toEqual([]);
    for (const one of await walk(people.official, 'resource=lead,meeting&state=missing&language=ru'))
      expect([['lead', 'meeting'].includes(one.record.resource), one.state, one.language]).toEqual([
        true,
        'missing',
        'ru',
      ]);
    expect((await walk(people.official, `record=${id}`)).map((one) => one.id)).toEqual([unit.id]);
  });

  it('refuses what it cannot read, and a cursor of another query', async () => {
    for (const query of [
      'state=late',
      'resource=nothing',
      'language=en',
      'record=1',
      'olderThan=-1',
      'sort=title',
      'assignee=x',
    ])
      expect([query, ...refusal(await work.ask(people.official, 'GET', `/translation-units?${query}`))]).toEqual([
        query,
        400,
        'request.invalid-parameter',
      ]);
    expect((await work.ask(people.official, 'GET', '/translation-units?q=x')).body.code).toBe(
      'request.unknown-parameter',
    );
    const page = await work.ask(people.official, 'GET', '/translation-units?limit=1');
    const next = page.body.page.next;
    expect((await work.ask(people.official, 'GET', `/translation-units?limit=1&cursor=${next}`)).status).toBe(200);
    for (const [actor, query] of [
      [people.official, 'state=missing'],
      [people.foreigner, ''],
    ] as const)
      expect((await work.ask(actor, 'GET', `/translation-units?limit=1&cursor=${next}&${query}`)).body.code).toBe(
        'request.invalid-cursor',
      );
  });

  it('A9 shows a translator the languages translated into, and everybody only what they may read', async () => {
    const id = await work.lead();
    const units = async (actor: AccountActor) => (await work.list(actor, `record=${id}`)).length;
    expect(await units(people.intoRussian)).toBe(1);
    expect(await units(people.official)).toBe(1);
    expect(await units(people.coordinator)).toBe(1);
    for (const actor of [people.intoChinese, people.foreigner, people.foreignCoordinator])
      expect(await units(actor)).toBe(0);
    for (const { language } of await walk(people.intoChinese, 'limit=100')) expect(language).toBe('zh');
    await work.publish(`leads/${id}`, 1);
    expect([await units(people.foreigner), await units(people.intoChinese)]).toEqual([1, 0]);
    const headers = { 'If-Match': '"v2-all"' };
    await work.ask(people.official, 'DELETE', `/leads/${id}`, { reason: { zh: '撤' } }, headers);
    expect([await units(people.official), await units(people.intoRussian)]).toEqual([0, 0]);
  });

  it('is nobody’s without an account, and no investor’s or administrator’s', async () => {
    expect((await portal.ask('/translation-units')).status).toBe(401);
    for (const role of ['investor', 'administrator'] as const) {
      const actor: AccountActor = { ...people.official, roles: [role] };
      expect(refusal(await work.ask(actor, 'GET', '/translation-units'))).toEqual([403, 'auth.forbidden']);
      expect(refusal(await work.ask(actor, 'GET', '/translation-coverage'))).toEqual([403, 'auth.forbidden']);
    }
  });

  it('A10 an unseen unit is answered like an unknown one', async () => {
    const unit = await work.unit(await work.lead());
    const bytes = (text: string) => text.replace(/"requestId":"[^"]*"/, '');
    const unseen = await work.get(people.foreigner, unit.id);
    const unknown = await work.get(people.foreigner, '01900000-0000-7000-8000-00000000ffff');
    expect([unseen.status, bytes(unseen.text)]).toEqual([404, bytes(unknown.text)]);
    for (const verb of ['claim', 'submit', 'approve', 'machine'])
      expect((await work.step(people.foreigner, unit, verb)).status).toBe(404);
  });
});

describe('the coverage report', () => {
  const rowOf = async (actor: AccountActor, resource = 'lead', language = 'ru') => {
    const { body } = await work.ask(actor, 'GET', `/translation-coverage?resource=${resource}&language=${language}`);
    return body.rows[0] as Record<string, number> | undefined;
  };

  it('counts the texts of a resource by state, as the queue has them', async () => {
    const row = (await rowOf(people.official))!;
    for (const [name, state] of Object.entries({
      missing: 'missing',
      inReview: 'in-review',
      stale: 'stale',
      draft: 'draft',
    }))
      expect([name, row[name]]).toEqual([
        name,
        (await walk(people.official, `resource=lead&language=ru&state=${state}&limit=100`)).length,
      ]);
    const { total, missing, stale, machine, draft, inReview, approved } = row as Record<string, number>;
    expect(total).toBe(missing! + stale! + machine! + draft! + inReview! + approved!);
  });

  it('A15 counts nothing that the asker may not see', async () => {
    const [own, other] = [(await rowOf(people.official))!, (await rowOf(people.foreigner))!];
    await work.lead({ audience: 'organization' });
    expect((await rowOf(people.official))!.missing).toBe(own.missing! + 1);
    expect(await rowOf(people.foreigner)).toEqual(other);
    const { body } = await work.ask(people.intoRussian, 'GET', '/translation-coverage');
    expect(new Set(body.rows.map(({ language }: { language: string }) => language))).toEqual(new Set(['ru']));
    expect(body.machineTranslation).toBe(false);
  });
});
