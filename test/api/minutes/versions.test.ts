import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { actorOf } from '../../support/actors.js';
import { JointMeeting, TEXT } from '../../support/joint-meeting.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let joint: JointMeeting;
let partner: AccountActor;
beforeAll(async () => {
  portal = await startPortal();
  joint = await JointMeeting.with(portal);
  partner = await actorOf(portal, 'org-heihe-ftz');
});
afterAll(() => portal?.close());

const version = (meeting: string, number: number | string, query = '', actor = joint.ru) =>
  portal.ask(`/meetings/${meeting}/minutes/versions/${number}${query}`, { actor });

const verification = (meeting: string, actor = joint.ru) =>
  portal.ask(`/meetings/${meeting}/minutes/verification`, { actor });

const removed = (parts: { op: string; text: string }[], op: string): string =>
  parts
    .filter((part) => part.op === op)
    .map(({ text }) => text)
    .join('');

describe('kept versions of minutes', () => {
  it('are made at agreements, and are compared word by word in both languages', async () => {
    const meeting = await joint.meeting();
    const item = await joint.item(meeting);
    const gone = await joint.item(meeting, 2, { zh: '其他事项。', ru: 'Разное.' });
    await joint.agree(meeting);
    await joint.reword(item, { text: { ru: 'Стороны согласились сократить часы работы пункта пропуска.' } }, joint.ru);
    await portal.ask(`/minutes-items/${gone}`, {
      method: 'DELETE',
      actor: joint.cn,
      headers: { 'If-Match': '"v1-all"' },
      json: { reason: { zh: '删', ru: 'Снято' } },
    });
    const hash = await joint.sign(meeting);
    const plain = await version(meeting, 2);
    expect(plain.body).toMatchObject({ number: 2, hash, comparedWith: null });
    expect(plain.body.texts.map(({ part, zh }: { part: string; zh: null }) => [part, zh])).toEqual([
      ['title', null],
      ['item', null],
    ]);
    const { body } = await version(meeting, 2, '?compareWith=1&lang=zh');
    expect(body.comparedWith).toBe(1);
    const [, changed, left] = body.texts;
    expect([changed.id, changed.zh.parts]).toEqual([item, [{ op: 'equal', text: TEXT.zh }]]);
    expect([removed(changed.ru.parts, 'removed'), removed(changed.ru.parts, 'added')]).toEqual([
      'продлить',
      'сократить',
    ]);
    expect([left.id, left.text, left.zh.after, left.ru.before]).toEqual([gone, null, null, 'Разное.']);
  });

  it('are one where an edit was undone', async () => {
    const meeting = await joint.meeting();
    const item = await joint.item(meeting);
    const hash = await joint.agree(meeting);
    await joint.reword(item, { text: { zh: '改。' } }, joint.cn);
    await joint.reword(item, { text: { zh: TEXT.zh } }, joint.cn);
    expect(await joint.sign(meeting)).toBe(hash);
    expect((await joint.minutes(meeting)).body.versions).toMatchObject([{ number: 1, hash }]);
  });

  it('cannot be changed or removed below the API either', async () => {
    const meeting = await joint.meeting();
    await joint.item(meeting);
    await joint.sign(meeting);
    for (const text of [
      `update minutes_version set content = '{}' where meeting_id = '${meeting}'`,
      `delete from minutes_version where meeting_id = '${meeting}'`,
      `delete from minutes_seal where meeting_id = '${meeting}'`,
      `update minutes_seal set side = 'cn' where meeting_id = '${meeting}' and side = 'ru'`,
      `update minutes_seal set made_at = now() where meeting_id = '${meeting}'`,
      'truncate minutes_version cascade',
      `set session_replication_role = replica; delete from minutes_seal`,
    ])
      await expect(portal.sql(text)).rejects.toMatchObject({ code: '42501' });
    expect((await verification(meeting)).body.valid).toBe(true);
  });

  it('are for those who work on them, and for partners once both sides have signed', async () => {
    const meeting = await joint.meeting();
    await joint.item(meeting);
    await joint.agree(meeting);
    expect([(await version(meeting, 1)).status, (await version(meeting, 1, '', partner)).status]).toEqual([200, 404]);
    expect((await verification(meeting)).status).toBe(404);
    const hash = await joint.hash(meeting);
    for (const side of [joint.cn, joint.ru]) await joint.act(meeting, 'sign', { hash }, side);
    expect([(await version(meeting, 1, '', partner)).status, (await verification(meeting, partner)).status]).toEqual([
      200, 200,
    ]);
    expect((await portal.ask(`/meetings/${meeting}/minutes/versions/1`)).status).toBe(404);
  });

  it.each(['0', '9', '-1', '1e3', 'x', '9999999'])('of number %s there is none', async (number) => {
    const meeting = await joint.meeting();
    await joint.item(meeting);
    await joint.agree(meeting);
    expect((await version(meeting, number)).status).toBe(404);
    const compared = await version(meeting, 1, `?compareWith=${number}`);
    expect(compared.status).toBe(number === '9' ? 404 : 400);
  });
});

describe('the verification of signed minutes', () => {
  it('holds content, trail and texts against each other', async () => {
    const meeting = await joint.meeting();
    const item = await joint.item(meeting);
    const hash = await joint.sign(meeting);
    const sound = await verification(meeting);
    expect(sound.body).toMatchObject({ number: 1, hash, contentHolds: true, textsUnchanged: true, valid: true });
    expect(
      sound.body.signatures.map(({ side, recorded }: { side: string; recorded: boolean }) => [side, recorded]),
    ).toEqual([
      ['ru', true],
      ['cn', true],
    ]);
    const entries = await portal.sql(
      `select seq from audit where object_id = $1 and action = 'minutes.sign' order by seq`,
      [meeting],
    );
    expect(sound.body.signatures.map(({ trailSeq }: { trailSeq: number }) => trailSeq)).toEqual(
      entries.map(({ seq }) => Number(seq)),
    );
    await joint.reword(item, { text: { ru: 'Иначе.' } }, joint.ru);
    const edited = await verification(meeting);
    expect(edited.body).toMatchObject({ contentHolds: true, textsUnchanged: false, valid: false });
    expect(edited.body.signatures.every(({ brokenAt }: { brokenAt: string | null }) => brokenAt !== null)).toBe(true);
  });

  it('finds out texts that were changed behind the portal, forged versions and forged entries', async () => {
    const meeting = await joint.meeting();
    const item = await joint.item(meeting);
    await joint.sign(meeting);
    await portal.sql(`update minutes_item set text_zh = '伪造。' where id = $1`, [item]);
    expect((await verification(meeting)).body).toMatchObject({
      contentHolds: true,
      textsUnchanged: false,
      valid: false,
    });
    await portal.sql('update minutes_item set text_zh = $2 where id = $1', [item, TEXT.zh]);
    expect((await verification(meeting)).body.valid).toBe(true);
    await portal.sql(`alter table minutes_version disable trigger minutes_version_keep_rows;
      update minutes_version set content = jsonb_set(content, '{items,0,text,ru}', '"Подделка."') where meeting_id = '${meeting}'`);
    expect((await verification(meeting)).body).toMatchObject({ contentHolds: false, valid: false });
    await portal.sql(`update minutes_version set content = jsonb_set(content, '{items,0,text,ru}', to_jsonb('${TEXT.ru}'::text))
        where meeting_id = '${meeting}';
      alter table minutes_version enable always trigger minutes_version_keep_rows`);
    expect((await verification(meeting)).body.valid).toBe(true);
    await portal.sql(`alter table audit disable trigger audit_keep_rows;
      grant update on audit to current_user;
      update audit set side = 'cn' where object_id = '${meeting}' and action = 'minutes.sign';
      alter table audit enable always trigger audit_keep_rows`);
    const forged = (await verification(meeting)).body;
    expect([forged.valid, forged.signatures.map(({ recorded }: { recorded: boolean }) => recorded)]).toEqual([
      false,
      [false, true],
    ]);
  });
});
