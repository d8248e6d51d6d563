import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { actorOf } from '../../support/actors.js';
import { JointMeeting, TEXT } from '../../support/joint-meeting.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let joint: JointMeeting;
let official: AccountActor;
let neighbour: AccountActor;
let foreigner: AccountActor;
beforeAll(async () => {
  portal = await startPortal();
  joint = await JointMeeting.with(portal);
  official = await actorOf(portal, 'org-tongjiang-gov');
  neighbour = await actorOf(portal, 'org-heihe-ftz');
  foreigner = await actorOf(portal, 'org-eao-gov');
});
afterAll(() => portal?.close());

const pointers = ({ body }: Answer): string[] => body.errors.map(({ pointer }: { pointer: string }) => pointer);

describe('a text of joint minutes', () => {
  it('is worded by the side whose language it is, whoever began the item', async () => {
    const meeting = await joint.meeting();
    for (const author of [joint.cn, joint.ru]) {
      const item = await joint.item(meeting, 1, TEXT, author);
      const zh = await joint.reword(item, { text: { zh: '双方商定缩短口岸开放时间。' } }, joint.cn);
      const ru = await joint.reword(item, { text: { ru: 'Стороны согласились сократить часы работы.' } }, joint.ru);
      expect([zh.status, ru.status]).toEqual([200, 200]);
      expect(ru.body.text).toEqual({
        zh: '双方商定缩短口岸开放时间。',
        ru: 'Стороны согласились сократить часы работы.',
      });
    }
  });

  it('A16 A17 is not rewritten by the other side, not even by the one that owns the record', async () => {
    const meeting = await joint.meeting();
    const item = await joint.item(meeting);
    const cases: [AccountActor, object, string[]][] = [
      [joint.cn, { text: { ru: 'Иначе.' } }, ['/text/ru']],
      [joint.cn, { text: { zh: '改。', ru: null } }, ['/text/ru']],
      [official, { text: { ru: 'Иначе.' } }, ['/text/ru']],
      [joint.ru, { text: { zh: '改。' } }, ['/text']],
      [joint.ru, { text: { zh: '改。', ru: 'Иначе.' } }, ['/text']],
      [joint.ru, { position: 7 }, ['/position']],
      [joint.ru, { audience: 'organization' }, ['/audience']],
    ];
    for (const [actor, patch, at] of cases) {
      const answer = await joint.reword(item, patch, actor);
      expect([answer.status, answer.body.code, pointers(answer)]).toEqual([403, 'auth.forbidden', at]);
    }
    const { body } = await portal.ask(`/minutes-items/${item}`, { actor: joint.cn });
    expect([body.version, body.text]).toEqual([1, TEXT]);
    expect((await joint.reword(item, { text: TEXT, position: 2 }, joint.cn)).status).toBe(200);
  });

  it('H107 of two who change it at once one is told both texts as they stand, and nothing is lost', async () => {
    const item = await joint.item(await joint.meeting());
    const patch = (actor: AccountActor, text: object, tag = '"v1-all"') =>
      portal.ask(`/minutes-items/${item}`, { method: 'PATCH', actor, headers: { 'If-Match': tag }, json: { text } });
    const answers = await Promise.all([
      patch(joint.cn, { zh: '中方稿。' }),
      patch(joint.ru, { ru: 'Редакция России.' }),
    ]);
    const won = answers.find(({ status }) => status === 200)!;
    const lost = answers.find(({ status }) => status === 412)!;
    expect([lost.body.code, lost.body.current]).toEqual(['resource.stale', { version: 2, text: won.body.text }]);
    const [side, mine] = won === answers[0] ? [joint.ru, { ru: 'Редакция России.' }] : [joint.cn, { zh: '中方稿。' }];
    const again = await patch(side, mine, `"v${lost.body.current.version}-all"`);
    expect([again.status, again.body.text]).toEqual([200, { zh: '中方稿。', ru: 'Редакция России.' }]);
  });

  it('H107 H108 of thirty changes at once each version has one author', async () => {
    const item = await joint.item(await joint.meeting());
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        portal.ask(`/minutes-items/${item}`, {
          method: 'PATCH',
          actor: n % 2 ? joint.cn : joint.ru,
          headers: { 'If-Match': `"v${1 + Math.floor(n / 10)}-all"` },
          json: { text: n % 2 ? { zh: `第${n}稿。` } : { ru: `Редакция ${n}.` } },
        }),
      ),
    );
    const done = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status !== 200);
    for (const { status, body } of refused) {
      expect([status, body.code]).toEqual([412, 'resource.stale']);
      expect(Object.keys(body.current)).toEqual(['version', 'text']);
    }
    const { body } = await portal.ask(`/minutes-items/${item}`, { actor: joint.cn });
    expect(body.version).toBe(1 + done.length);
    const versions = done.map(({ body: made }) => made.version).sort();
    expect(new Set(versions).size).toBe(done.length);
  });

  it('is told to the loser only with what the loser may see', async () => {
    const item = await joint.item(await joint.meeting());
    const narrow = await joint.reword(item, { audience: 'organization' }, joint.cn);
    expect(narrow.status).toBe(200);
    const late = await portal.ask(`/minutes-items/${item}`, {
      method: 'PATCH',
      actor: joint.ru,
      headers: { 'If-Match': '"v1-all"' },
      json: { text: { ru: 'Иначе.' } },
    });
    expect([late.status, late.body.current]).toEqual([404, undefined]);
  });
});

describe('an item of minutes', () => {
  it('is for partners and equally authentic unless its author says otherwise', async () => {
    const meeting = await joint.meeting();
    const made = await portal.ask('/minutes-items', {
      method: 'POST',
      actor: joint.ru,
      json: { meeting: { id: meeting }, position: 1, text: TEXT },
    });
    expect([made.status, made.body.audience, made.body.sourceLanguage]).toEqual([201, 'partners', 'both']);
  });

  it('is added by the secretariats and by whoever keeps the meeting, and by nobody else (A8)', async () => {
    const meeting = await joint.meeting();
    expect((await joint.addItem(meeting, {}, official)).status).toBe(201);
    expect((await joint.addItem(meeting, {}, joint.ru)).status).toBe(201);
    for (const actor of [neighbour, foreigner]) {
      const answer = await joint.addItem(meeting, {}, actor);
      expect([answer.status, answer.body.code]).toEqual([403, 'auth.forbidden']);
    }
    const [{ n }] = (await portal.sql('select count(*)::int as n from minutes_item where meeting_id = $1', [
      meeting,
    ])) as [{ n: number }];
    expect(n).toBe(2);
  });

  it.each(['draft', 'proposed', 'confirmed', 'postponed', 'cancelled'])(
    'belongs to no meeting that is %s',
    async (status) => {
      const meeting = await joint.meeting(status);
      const answer = await joint.addItem(meeting, {});
      expect([answer.status, answer.body.code]).toEqual([409, 'minutes.not-open']);
      const hash = await joint.hash(meeting);
      const agreed = await joint.act(meeting, 'agree', { language: 'zh', hash }, joint.cn);
      expect(agreed.status).toBe(409);
    },
  );

  it('is shown to the other side as a draft, unless it is a note of one side', async () => {
    const meeting = await joint.meeting();
    const shared = await joint.item(meeting);
    const own = await joint.addItem(meeting, { position: 2, audience: 'side', text: { zh: '内部备忘。' } });
    expect(own.status).toBe(201);
    const seen = async (actor: AccountActor) =>
      (await portal.ask(`/minutes-items?meeting=${meeting}`, { actor })).body.items.map(({ id }: { id: string }) => id);
    expect(await seen(joint.cn)).toEqual([shared, own.body.id]);
    expect(await seen(joint.ru)).toEqual([shared]);
    expect(await seen(neighbour)).toEqual([]);
    expect((await portal.ask(`/minutes-items/${own.body.id}`, { actor: joint.ru })).status).toBe(404);
    const joined = (await joint.minutes(meeting)).body.items.map(({ joint: both }: { joint: boolean }) => both);
    expect(joined).toEqual([true, false]);
    await joint.agree(meeting);
    expect((await joint.reword(own.body.id, { text: { zh: '改。' } }, joint.cn)).status).toBe(200);
    expect((await joint.minutes(meeting)).body.standing).toBe('agreed');
  });

  it('has no wider audience than its meeting', async () => {
    const internal = await joint.meeting('held', { audience: 'side' });
    const wide = await joint.addItem(internal, {});
    expect([wide.status, pointers(wide)]).toEqual([400, ['/audience']]);
    expect((await joint.addItem(internal, { audience: 'side' })).status).toBe(201);
    expect((await joint.minutes(internal, joint.ru)).status).toBe(404);
  });

  it('names an agenda item of its own meeting only (A2)', async () => {
    const [meeting, other] = [await joint.meeting(), await joint.meeting()];
    const question = await joint.published('/agenda-items', {
      meeting: { id: other },
      position: 1,
      title: { zh: '议题', ru: 'Вопрос' },
    });
    const answer = await joint.addItem(meeting, { agendaItem: { id: question } });
    expect([answer.status, answer.body.code]).toEqual([404, 'resource.reference-unseen']);
    expect((await joint.addItem(other, { agendaItem: { id: question } })).status).toBe(201);
  });

  it('leaves with a reason, and not by the other side', async () => {
    const meeting = await joint.meeting();
    const item = await joint.item(meeting);
    const withdraw = (actor: AccountActor) =>
      portal.ask(`/minutes-items/${item}`, {
        method: 'DELETE',
        actor,
        headers: { 'If-Match': '"v1-all"' },
        json: { reason: { zh: '并入第二条', ru: 'Объединено с пунктом 2' } },
      });
    expect((await withdraw(joint.ru)).status).toBe(403);
    expect((await withdraw(joint.cn)).status).toBe(204);
    expect((await joint.minutes(meeting)).body.items).toEqual([]);
  });
});
