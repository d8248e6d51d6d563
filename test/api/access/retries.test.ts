import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor, Actor } from '../../../src/kernel/actor.js';
import { actorOf } from '../../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let actor: AccountActor;
beforeAll(async () => {
  portal = await startPortal();
  actor = await actorOf(portal, 'org-tongjiang-gov');
});
afterAll(() => portal?.close());

const industry = (): Record<string, unknown> & { code: string } => ({
  sourceLanguage: 'zh',
  code: `retry-${randomUUID()}`,
  name: { zh: '样例' },
});

const create = (json: object, key: string, by: Actor = actor): Promise<Answer> =>
  portal.ask('/industries', { method: 'POST', actor: by, json, headers: { 'Idempotency-Key': key } });

const rowsOf = async (code: string): Promise<number> => {
  const [row] = await portal.sql('select count(*)::int as n from industry where code = $1', [code]);
  return row!.n as number;
};

const isReplay = (answer: Answer): boolean => answer.headers.get('idempotency-replayed') === 'true';

describe('a POST that is sent again with its Idempotency-Key', () => {
  it('H109 fifty at a time makes one record; the others get its answer or are told to come back', async () => {
    const json = industry();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(json, key)));
    expect(await rowsOf(json.code)).toBe(1);
    const made = answers.filter((answer) => answer.status === 201);
    expect(made.filter((answer) => !isReplay(answer))).toHaveLength(1);
    expect(new Set(made.map((answer) => answer.text)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect([answer.status, answer.body.code]).toEqual([409, 'request.in-progress']);
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    const later = await create(json, key);
    expect([later.status, later.text, isReplay(later)]).toEqual([201, made[0]!.text, true]);
    for (const name of ['location', 'etag', 'content-language']) {
      expect([name, later.headers.get(name)]).toEqual([name, made[0]!.headers.get(name)]);
    }
  });

  it('H110 with another body or by another way is refused, and changes nothing', async () => {
    const [json, other] = [industry(), industry()];
    const key = randomUUID();
    expect((await create(json, key)).status).toBe(201);
    const reused = await create(other, key);
    expect([reused.status, reused.body.code]).toEqual([422, 'request.key-reused']);
    expect(await rowsOf(other.code)).toBe(0);
    const elsewhere = await portal.ask('/leads', { method: 'POST', actor, json, headers: { 'Idempotency-Key': key } });
    expect(elsewhere.status).toBe(400);
  });

  it('C44 is another request where its bytes differ, whatever they say', async () => {
    const { code } = industry();
    const key = randomUUID();
    const send = (body: string) =>
      portal.ask('/industries', {
        method: 'POST',
        actor,
        body,
        headers: { 'Idempotency-Key': key, 'Content-Type': 'application/json' },
      });
    const text = `{"sourceLanguage":"zh","code":"${code}","name":{"zh":"样例"}}`;
    expect((await send(text)).status).toBe(201);
    expect((await send(text.replace('{"zh"', '{ "zh"'))).body.code).toBe('request.key-reused');
    expect((await send(text)).status).toBe(201);
  });

  it('H110 by somebody else is that one’s own', async () => {
    const key = randomUUID();
    const colleague: Actor = { ...actor, id: randomUUID() };
    const [first, second] = [await create(industry(), key), await create(industry(), key, colleague)];
    expect([first.status, second.status, isReplay(second)]).toEqual([201, 201, false]);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it.each(['', 'x'.repeat(256), 'ключ', 'a b', 'x'.repeat(300)])(
    'H110 with the key «%.12s» is refused',
    async (key) => {
      const json = industry();
      const answer = await create(json, encodeIfNeeded(key));
      expect([answer.status, answer.body.code]).toEqual([400, 'request.invalid-header']);
      expect(await rowsOf(json.code)).toBe(0);
    },
  );

  it('gets the first refusal again, and a faulty body may be mended', async () => {
    const json = industry();
    expect((await create(json, randomUUID())).status).toBe(201);
    const key = randomUUID();
    const refused = await create(json, key);
    expect([refused.status, refused.body.code, isReplay(refused)]).toEqual([409, 'resource.duplicate', false]);
    const again = await create(json, key);
    expect([again.status, again.body.code, isReplay(again)]).toEqual([409, 'resource.duplicate', true]);
    const faulty = randomUUID();
    expect((await create({ ...industry(), name: {} }, faulty)).status).toBe(400);
    expect((await create(industry(), faulty)).status).toBe(201);
  });

  it('H110 is new once the answer was kept long enough', async () => {
    const [json, key] = [industry(), randomUUID()];
    expect((await create(json, key)).status).toBe(201);
    await portal.sql(`update idempotency_key set created_at = now() - interval '25 hours' where key = $1`, [key]);
    const answer = await create(industry(), key);
    expect([answer.status, isReplay(answer)]).toEqual([201, false]);
  });

  it('publishes once', async () => {
    const made = await create(industry(), randomUUID());
    const publish = () =>
      portal.ask(`/industries/${made.body.id}/publish`, {
        method: 'POST',
        actor,
        headers: { 'Idempotency-Key': `publish-${made.body.id}`, 'If-Match': '"v1-all"' },
      });
    const [first, second] = [await publish(), await publish()];
    expect([first.status, second.status, isReplay(second)]).toEqual([200, 200, true]);
    expect([first.body.version, second.text]).toEqual([2, first.text]);
  });
});

/** Header values are bytes: what is no Latin-1 is sent as its UTF-8 bytes. */
const encodeIfNeeded = (key: string): string => Buffer.from(key, 'utf8').toString('latin1');
