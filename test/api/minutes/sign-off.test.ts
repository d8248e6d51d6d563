import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { actorOf } from '../../support/actors.js';
import { JointMeeting, TEXT } from '../../support/joint-meeting.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let joint: JointMeeting;
let official: AccountActor;
let stranger: AccountActor;
beforeAll(async () => {
  portal = await startPortal();
  joint = await JointMeeting.with(portal);
  official = await actorOf(portal, 'org-tongjiang-gov');
  stranger = await actorOf(portal, 'org-heihe-ftz');
});
afterAll(() => portal?.close());

const prepared = async (): Promise<{ meeting: string; item: string }> => {
  const meeting = await joint.meeting();
  return { meeting, item: await joint.item(meeting) };
};

const seals = (list: { kind: string; side: string }[]): string[] =>
  list.map(({ kind, side }) => `${kind} ${side}`).sort();
const ALL = ['agreement cn', 'agreement ru', 'signature cn', 'signature ru'];

const trailOf = async (meeting: string): Promise<string[]> => {
  const rows = await portal.sql(
    `select action from audit where object_id = $1 and action like 'minutes.%' order by seq`,
    [meeting],
  );
  return rows.map(({ action }) => action as string);
};

describe('the two keys to joint minutes', () => {
  it('goes from the draft over both agreements and both signatures to the closed meeting', async () => {
    const { meeting } = await prepared();
    const draft = await joint.minutes(meeting, joint.ru);
    expect(draft.body).toMatchObject({ standing: 'draft', seals: [], broken: [], versions: [] });
    expect(draft.body.items).toMatchObject([{ position: 1, version: 1, text: TEXT, joint: true }]);
    const { hash } = draft.body;
    const zh = await joint.act(meeting, 'agree', { language: 'zh', hash }, joint.cn);
    expect([zh.body.standing, seals(zh.body.seals), await joint.status(meeting)]).toEqual([
      'draft',
      ['agreement cn'],
      'held',
    ]);
    const ru = await joint.act(meeting, 'agree', { language: 'ru', hash }, joint.ru);
    expect([ru.body.standing, await joint.status(meeting)]).toEqual(['agreed', 'minutes-agreed']);
    const one = await joint.act(meeting, 'sign', { hash }, joint.ru);
    expect([one.body.standing, seals(one.body.seals)]).toEqual([
      'agreed',
      ['agreement cn', 'agreement ru', 'signature ru'],
    ]);
    const both = await joint.act(meeting, 'sign', { hash, side: 'cn' }, joint.cn);
    expect([both.body.standing, seals(both.body.seals)]).toEqual(['signed', ALL]);
    expect(both.body.versions).toMatchObject([{ number: 1, hash }]);
    const closed = await joint.act(meeting, 'close', undefined, joint.cn);
    expect([closed.status, closed.body.standing, await joint.status(meeting)]).toEqual([200, 'closed', 'closed']);
    expect(await trailOf(meeting)).toEqual([
      'minutes.agree',
      'minutes.agree',
      'minutes.sign',
      'minutes.sign',
      'minutes.close',
    ]);
  });

  it('A17 lets no side agree or sign for the other, and notes that it was tried', async () => {
    const { meeting } = await prepared();
    const hash = await joint.hash(meeting);
    const agreed = await joint.act(meeting, 'agree', { language: 'ru', hash }, joint.cn);
    expect([agreed.status, agreed.body.code]).toEqual([403, 'auth.forbidden']);
    await joint.agree(meeting);
    const signed = await joint.act(meeting, 'sign', { hash, side: 'cn' }, joint.ru);
    expect([signed.status, signed.body.code]).toEqual([403, 'auth.forbidden']);
    expect(seals((await joint.minutes(meeting)).body.seals)).toEqual(['agreement cn', 'agreement ru']);
    expect(await trailOf(meeting)).toEqual([
      'minutes.agree.refused',
      'minutes.agree',
      'minutes.agree',
      'minutes.sign.refused',
    ]);
  });

  it('is for coordinators: officials sign nothing, administrators sign nothing', async () => {
    const { meeting } = await prepared();
    const hash = await joint.hash(meeting);
    const administrator: AccountActor = { ...joint.cn, roles: ['administrator'] };
    const translator: AccountActor = { ...joint.cn, roles: ['translator'], translatesInto: ['zh', 'ru'] };
    for (const actor of [official, administrator, translator])
      for (const [action, json] of [
        ['agree', { language: 'zh', hash }],
        ['sign', { hash }],
        ['close', undefined],
      ] as const)
        expect((await joint.act(meeting, action, json, actor)).status).toBe(403);
    const nobody = await portal.ask(`/meetings/${meeting}/minutes/sign`, { method: 'POST', json: { hash } });
    expect(nobody.status).toBe(401);
  });

  it('refuses each step before the one it rests on', async () => {
    const { meeting } = await prepared();
    const hash = await joint.hash(meeting);
    const code = async (action: string, json: object | undefined, actor = joint.cn) => {
      const { status, body } = await joint.act(meeting, action, json, actor);
      return [status, body.code];
    };
    expect(await code('sign', { hash })).toEqual([409, 'minutes.not-agreed']);
    expect(await code('close', undefined)).toEqual([409, 'minutes.not-agreed']);
    await joint.act(meeting, 'agree', { language: 'zh', hash }, joint.cn);
    expect(await code('agree', { language: 'zh', hash })).toEqual([409, 'minutes.already-sealed']);
    expect(await code('sign', { hash })).toEqual([409, 'minutes.not-agreed']);
    expect(await code('close', undefined)).toEqual([409, 'minutes.not-agreed']);
    await joint.act(meeting, 'agree', { language: 'ru', hash }, joint.ru);
    await joint.act(meeting, 'sign', { hash }, joint.cn);
    expect(await code('close', undefined)).toEqual([409, 'minutes.not-signed']);
    expect(await joint.status(meeting)).toBe('minutes-agreed');
  });

  it('tells whoever names an old hash the present one', async () => {
    const { meeting, item } = await prepared();
    const old = await joint.hash(meeting);
    await joint.reword(item, { text: { zh: '双方商定不延长口岸开放时间。' } }, joint.cn);
    const refused = await joint.act(meeting, 'agree', { language: 'zh', hash: old }, joint.cn);
    expect([refused.status, refused.body.code, refused.body.hash]).toEqual([
      412,
      'minutes.outdated',
      await joint.hash(meeting),
    ]);
    await joint.agree(meeting);
    const signed = await joint.act(meeting, 'sign', { hash: old }, joint.cn);
    expect([signed.status, signed.body.code]).toEqual([412, 'minutes.outdated']);
    for (const hash of ['x', 'A'.repeat(64), 7]) {
      expect((await joint.act(meeting, 'sign', { hash }, joint.cn)).status).toBe(400);
    }
  });

  it('takes no agreement to a text that is not complete', async () => {
    const meeting = await joint.meeting();
    const hash = await joint.hash(meeting);
    const empty = await joint.act(meeting, 'agree', { language: 'zh', hash }, joint.cn);
    expect([empty.status, empty.body.code, empty.body.errors[0].pointer]).toEqual([
      409,
      'minutes.text-missing',
      '/items',
    ]);
    const item = await joint.item(meeting, 1, { zh: TEXT.zh });
    const half = await joint.hash(meeting);
    expect((await joint.act(meeting, 'agree', { language: 'zh', hash: half }, joint.cn)).status).toBe(200);
    const ru = await joint.act(meeting, 'agree', { language: 'ru', hash: half }, joint.ru);
    expect([ru.body.code, ru.body.errors[0].pointer]).toEqual(['minutes.text-missing', '/items/0/text/ru']);
    expect((await joint.reword(item, { text: { ru: TEXT.ru } }, joint.ru)).status).toBe(200);
    await joint.agree(meeting);
  });

  it('H114 two sides at the same moment: one transition, two signatures, nothing lost', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { meeting } = await prepared();
      const hash = await joint.hash(meeting);
      const agreed = await Promise.all([
        joint.act(meeting, 'agree', { language: 'zh', hash }, joint.cn),
        joint.act(meeting, 'agree', { language: 'ru', hash }, joint.ru),
      ]);
      expect(agreed.map(({ status }) => status)).toEqual([200, 200]);
      const signed = await Promise.all(
        [joint.cn, joint.ru, joint.cn, joint.ru].map((side) => joint.act(meeting, 'sign', { hash }, side)),
      );
      expect(signed.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
      const closed = await Promise.all(
        [joint.cn, joint.ru].map((side) => joint.act(meeting, 'close', undefined, side)),
      );
      expect(closed.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { body } = await joint.minutes(meeting);
      expect([body.standing, seals(body.seals), body.versions.length]).toEqual(['closed', ALL, 1]);
      const changes = await portal.sql(
        `select changes->'status' as status from audit where object_id = $1 and action = 'meeting.update' order by seq`,
        [meeting],
      );
      expect(changes.map(({ status }) => status)).toEqual([
        { before: 'held', after: 'minutes-agreed' },
        { before: 'minutes-agreed', after: 'closed' },
      ]);
    }
  });

  it('H114 an edit and a signature at the same moment: the signature stands for the texts that stand, or not at all', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { meeting, item } = await prepared();
      const hash = await joint.agree(meeting);
      const [signed, edited] = await Promise.all([
        joint.act(meeting, 'sign', { hash }, joint.ru),
        joint.reword(item, { text: { zh: `第${round}稿。` } }, joint.cn),
      ]);
      expect(edited.status).toBe(200);
      expect([200, 412]).toContain(signed.status);
      const { body } = await joint.minutes(meeting);
      expect([body.standing, body.seals]).toEqual(['draft', []]);
      expect(body.broken.length).toBe(signed.status === 200 ? 3 : 2);
    }
  });

  it('H109 repeats the first answer to a repeated signature', async () => {
    const { meeting } = await prepared();
    const hash = await joint.agree(meeting);
    const headers = { 'Idempotency-Key': `sign-${meeting}` };
    const sign = () =>
      portal.ask(`/meetings/${meeting}/minutes/sign`, { method: 'POST', actor: joint.cn, json: { hash }, headers });
    const [first, again] = [await sign(), await sign()];
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
  });
});

describe('an edit after the seals', () => {
  const broken = async (meeting: string) =>
    (await joint.minutes(meeting)).body.broken.map((seal: { kind: string; side: string; brokenBySide: string }) =>
      [seal.kind, seal.side, seal.brokenBySide].join(' '),
    );

  it('breaks every one of them, says whose they were and by whom, and takes the meeting back', async () => {
    const { meeting, item } = await prepared();
    await joint.sign(meeting);
    expect((await joint.reword(item, { text: { ru: 'Часы работы не меняются.' } }, joint.ru)).status).toBe(200);
    const { body } = await joint.minutes(meeting);
    expect([body.standing, body.seals, await joint.status(meeting)]).toEqual(['draft', [], 'held']);
    expect((await broken(meeting)).sort()).toEqual(ALL.map((seal) => `${seal} ru`));
    const [entry] = await portal.sql(`select changes from audit where object_id = $1 and action = 'minutes.break'`, [
      meeting,
    ]);
    expect(seals((entry!.changes as { broken: { after: [] } }).broken.after)).toEqual(ALL);
    const hash = await joint.sign(meeting);
    const again = await joint.minutes(meeting);
    expect([again.body.standing, again.body.versions.length, again.body.hash]).toEqual(['signed', 2, hash]);
  });

  it.each([
    ['a further item', (meeting: string) => joint.item(meeting, 2)],
    [
      'another title of the meeting',
      async (meeting: string) => {
        const { headers } = await portal.ask(`/meetings/${meeting}`, { actor: joint.cn });
        const changed = await portal.ask(`/meetings/${meeting}`, {
          method: 'PATCH',
          actor: joint.cn,
          headers: { 'If-Match': headers.get('etag')! },
          json: { title: { zh: '第四次会晤' } },
        });
        expect([changed.status, changed.body.status]).toEqual([200, 'held']);
      },
    ],
    [
      'a decision that is published',
      (meeting: string) =>
        joint.published('/decisions', {
          meeting: { id: meeting },
          kind: 'decision',
          text: { zh: '决定。', ru: 'Решение.' },
        }),
    ],
  ])('is also %s', async (_what, change) => {
    const { meeting } = await prepared();
    await joint.agree(meeting);
    await change(meeting);
    expect((await broken(meeting)).sort()).toEqual(['agreement cn cn', 'agreement ru cn']);
  });

  it('is not a remark, nor the publication of an item, nor the same text again', async () => {
    const { meeting, item } = await prepared();
    await joint.agree(meeting);
    expect((await joint.reword(item, { remark: { zh: '备注', ru: 'Примечание' } }, joint.cn)).status).toBe(200);
    expect((await joint.reword(item, { text: TEXT }, joint.cn)).status).toBe(200);
    const { headers } = await portal.ask(`/minutes-items/${item}`, { actor: joint.cn });
    const publish = { method: 'POST', actor: joint.cn, headers: { 'If-Match': headers.get('etag')! } };
    expect((await portal.ask(`/minutes-items/${item}/publish`, publish)).status).toBe(200);
    expect((await joint.minutes(meeting)).body.standing).toBe('agreed');
  });

  it('is refused once the meeting is closed, whatever it is', async () => {
    const { meeting, item } = await prepared();
    await joint.sign(meeting);
    await joint.act(meeting, 'close', undefined, joint.ru);
    const edited = await joint.reword(item, { text: { zh: '改。' } }, joint.cn);
    expect([edited.status, edited.body.code]).toEqual([409, 'minutes.closed']);
    const added = await joint.addItem(meeting, { position: 2 });
    expect([added.status, added.body.code]).toEqual([409, 'minutes.closed']);
    const again = await joint.act(meeting, 'sign', { hash: await joint.hash(meeting) }, joint.cn);
    expect([again.status, again.body.code]).toEqual([409, 'minutes.closed']);
    expect((await joint.minutes(meeting)).body.standing).toBe('closed');
  });
});

describe('who reads minutes', () => {
  it('A10 strangers read no draft: they get the same 404 as for minutes that there are not', async () => {
    const { meeting } = await prepared();
    const other = await joint.meeting('confirmed');
    const bytes = async (id: string, actor?: AccountActor) => {
      const answer = await portal.ask(`/meetings/${id}/minutes`, actor ? { actor } : {});
      return [answer.status, answer.text.replace(/"requestId":"[^"]*"/, '')];
    };
    for (const actor of [undefined, stranger]) {
      const hidden = await bytes(meeting, actor);
      expect(hidden[0]).toBe(404);
      expect(await bytes(other, actor)).toEqual(hidden);
      expect((await portal.ask(`/meetings/${meeting}/minutes/verification`, actor ? { actor } : {})).status).toBe(404);
      expect((await portal.ask(`/meetings/${meeting}/minutes/versions/1`, actor ? { actor } : {})).status).toBe(404);
    }
    expect((await joint.minutes(meeting, official)).status).toBe(200);
  });

  it('is public only when both sides have signed, and no longer when an edit has broken the seals', async () => {
    const { meeting, item } = await prepared();
    const wide = await joint.reword(item, { audience: 'public' }, joint.cn);
    expect([wide.status, wide.body.errors[0].pointer]).toEqual([400, '/audience']);
    await joint.sign(meeting);
    const published = await joint.reword(item, { audience: 'public' }, joint.cn);
    expect(published.status).toBe(200);
    const headers = { 'If-Match': published.headers.get('etag')! };
    await portal.ask(`/minutes-items/${item}/publish`, { method: 'POST', actor: joint.cn, headers });
    expect((await joint.minutes(meeting)).body.standing).toBe('signed');
    const open = await portal.ask(`/meetings/${meeting}/minutes`);
    expect([open.status, open.body.items.length]).toEqual([200, 1]);
    expect((await joint.reword(item, { text: { ru: 'Иначе.' } }, joint.ru)).status).toBe(200);
    expect((await portal.ask(`/meetings/${meeting}/minutes`)).status).toBe(404);
  });

  it('answers both texts whatever language is asked for, and names the rest in it', async () => {
    const { meeting } = await prepared();
    for (const lang of ['zh', 'ru']) {
      const answer = await portal.ask(`/meetings/${meeting}/minutes?lang=${lang}`, { actor: joint.cn });
      expect(answer.body.items[0].text).toEqual(TEXT);
    }
  });
});
