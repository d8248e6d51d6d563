import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor, Side } from '../../src/kernel/actor.js';
import { actorOf } from '../support/actors.js';
import { JointMeeting, TEXT } from '../support/joint-meeting.js';
import {
  askPaper,
  clausesOf,
  linesOf,
  makePaperMeeting,
  type PaperMeeting,
  pathOf,
  readPaper,
  whole,
} from '../support/papers.js';
import { startPortal, type TestPortal } from '../support/portal.js';

const KINDS = ['minutes', 'agenda', 'invitation'] as const;

let portal: TestPortal;
let meeting: PaperMeeting;
let owner: AccountActor;

beforeAll(async () => {
  portal = await startPortal();
  owner = await actorOf(portal, 'org-heihe-ftz');
  meeting = await makePaperMeeting(portal);
});
afterAll(() => portal?.close());

/** What both secretariats have signed and closed, with an item that both wrote and a note of one side's own. */
const signedMeeting = async () => {
  const joint = await JointMeeting.with(portal);
  const id = await joint.meeting('held', { startsAt: '2026-06-30T23:30:00+08:00', timeZone: 'Asia/Shanghai' });
  await joint.item(id);
  const note = { position: 2, text: { zh: '内部备注' }, sourceLanguage: 'zh', audience: 'organization' };
  expect((await joint.addItem(id, note, joint.cn)).status).toBe(201);
  return { id, joint };
};

/** A delegation of a side with its head. */
const delegationOf = async (joint: JointMeeting, meeting: string, side: Side, name: object, post: object) => {
  const delegation = await joint.published(
    '/delegations',
    { meeting: { id: meeting }, side, name: { zh: '代表团', ru: 'Делегация' }, audience: 'partners' },
    joint[side],
  );
  const head = { delegation: { id: delegation }, role: 'head', name, post, audience: 'partners' };
  await joint.published('/delegates', head, joint[side]);
};

describe('how far minutes are', () => {
  it('a paper is draft, agreed or signed as the seals say, and a broken seal makes it a draft again', async () => {
    const { id, joint } = await signedMeeting();
    const markOf = async () => (await readPaper(portal, 'minutes', 'zh', id, joint.ru)).header;
    expect(await markOf()).toContain('草案 / ПРОЕКТ');
    await joint.agree(id);
    const [item] = (await joint.minutes(id)).body.items;
    expect(await markOf()).toContain(`已商定 / СОГЛАСОВАНО · ${(await joint.hash(id)).slice(0, 12)}`);
    expect((await joint.reword(item.id, { text: { zh: '改动', ru: TEXT.ru } }, joint.cn)).status).toBe(200);
    expect(await markOf()).toContain('草案 / ПРОЕКТ');
    const hash = await joint.sign(id);
    expect(await markOf()).toContain(`已签署 / ПОДПИСАНО · ${hash.slice(0, 12)}`);
    await joint.act(id, 'close', undefined, joint.cn);
    expect(await markOf()).toContain('已签署 / ПОДПИСАНО');
  });

  it('A14 signed minutes show what was signed to whoever sees all of it, and an excerpt to everybody else', async () => {
    const { id, joint } = await signedMeeting();
    await joint.sign(id);
    for (const actor of [joint.cn, joint.ru]) {
      const text = whole(await readPaper(portal, 'minutes', 'ru', id, actor));
      expect(text).toContain(TEXT.ru);
      expect(text).not.toContain('内部备注');
    }
    const excerpt = await readPaper(portal, 'minutes', 'ru', id);
    expect(excerpt.header).toMatch(/ВЫПИСКА \/ 节录$/);
    expect(whole(excerpt)).not.toContain(TEXT.ru);
    expect(whole(excerpt)).not.toMatch(/Дата: \d/);
  });

  it('the heads of the delegations sign, each on the day of its own bank; their names are for partners', async () => {
    const { id, joint } = await signedMeeting();
    await delegationOf(joint, id, 'cn', { zh: '李明', ru: 'Ли Мин' }, { zh: '市长', ru: 'мэр города' });
    await delegationOf(
      joint,
      id,
      'ru',
      { zh: '伊万诺夫', ru: 'И. И. Иванов' },
      { zh: '副州长', ru: 'вице-губернатор' },
    );
    await joint.sign(id);
    await portal.sql('alter table minutes_seal disable trigger user');
    await portal.sql(`update minutes_seal set made_at = '2026-06-30T15:30:00Z' where meeting_id = $1`, [id]);
    await portal.sql('alter table minutes_seal enable trigger user');
    const paper = await readPaper(portal, 'minutes', 'zh', id, joint.cn);
    const last = paper.rows.at(-1)!.cells.map(({ lines }) => lines.join('\n'));
    expect(last[0]).toMatch(/李明 \/ Ли Мин\n.*2026年6月30日/);
    expect(last[1]).toMatch(/伊万诺夫 \/ И. И. Иванов\n.*2026年6月30日/);
    expect(whole(paper)).toContain('俄方代表团');
    expect(linesOf(paper, 1)).toContain('И. И. Иванов, вице-губернатор, глава делегации');
    expect(whole(await readPaper(portal, 'minutes', 'zh', id))).not.toMatch(/李明|Иванов/);
  });
});

describe('who sees what of a paper', () => {
  it('A10 a meeting that the asker may not see is answered like an unknown one', async () => {
    const { cooperation, mechanism } = meeting;
    const hidden = await cooperation.meeting(mechanism, { audience: 'organization' });
    const foreign = await actorOf(portal, 'org-eao-gov');
    for (const kind of KINDS) {
      const unknown = await portal.ask(pathOf(kind, 'zh', '01900000-0000-7000-8000-00000000ffff'));
      for (const actor of [undefined, foreign]) {
        const unseen = await portal.ask(pathOf(kind, 'zh', hidden), actor ? { actor } : {});
        expect([unseen.status, unseen.body]).toEqual([404, { ...unknown.body, requestId: unseen.body.requestId }]);
      }
      expect((await askPaper(portal, pathOf(kind, 'zh', hidden), { actor: owner })).status).toBe(200);
    }
  });

  it('A14 a paper shows exactly the items and decisions that the JSON of the meeting shows', async () => {
    const { id, cooperation } = await makePaperMeeting(portal);
    const place = { meeting: { id }, audience: 'organization' };
    await cooperation.published('/agenda-items', {
      ...{ ...place, position: 9, status: 'discussed', summary: { zh: '内部说明', ru: 'Служебное пояснение' } },
      title: { zh: '内部议题', ru: 'Служебный вопрос' },
    });
    await cooperation.published('/decisions', {
      ...{ ...place, kind: 'decision', number: '3-9', text: { zh: '内部决定', ru: 'Служебное решение' } },
    });
    for (const actor of [undefined, owner, await actorOf(portal, 'org-blagoveshchensk-admin')]) {
      const { body } = await portal.ask(`/meetings/${id}?lang=all`, actor ? { actor } : {});
      const titles = body.agendaItems.map(({ title }: { title: { zh: string } }) => title.zh);
      const texts = body.decisions.map(({ text }: { text: { zh: string } }) => text.zh);
      expect([titles.includes('内部议题'), texts.includes('内部决定')]).toEqual([actor === owner, actor === owner]);
      for (const kind of KINDS) {
        const lines = clausesOf(await readPaper(portal, kind, 'zh', id, actor)).map(({ cells }) => cells[0]!.lines[0]!);
        const agenda = lines.slice(0, titles.length).map((line) => line.replace(/^[\d.]+ /, ''));
        expect(agenda).toEqual(titles);
        if (kind !== 'minutes') expect(lines).toHaveLength(titles.length);
        else expect(lines.slice(-texts.length).map((line) => line.replace(/^.*?：/, ''))).toEqual(texts);
        expect(lines.some((line) => line.includes('内部'))).toBe(actor === owner);
      }
    }
  });

  it('counts the items as the agenda does, whoever reads', async () => {
    const { id, cooperation } = await makePaperMeeting(portal);
    const items = (await portal.ask(`/meetings/${id}`)).body.agendaItems as {
      id: string;
      version: number;
      title: { zh?: string };
    }[];
    const first = items[0]!;
    const hidden = await cooperation.change(`/agenda-items/${first.id}`, first.version, { audience: 'organization' });
    expect(hidden.status).toBe(200);
    const labels = clausesOf(await readPaper(portal, 'agenda', 'zh', id)).map(
      ({ cells }) => cells[0]!.lines[0]!.split(' ')[0],
    );
    expect(labels).toEqual(['2.', '2.1.', '3.', '4.', '5.']);
  });
});
