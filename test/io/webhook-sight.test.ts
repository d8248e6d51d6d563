import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/kernel/actor.js';
import { actorOf } from '../support/actors.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { keyOf } from '../support/webhooks.js';
import { until } from './support.js';

let portal: TestPortal;
let own: AccountActor;
let other: AccountActor;
let receiver: Receiver;
beforeAll(async () => {
  portal = await startPortal({ config: { jobs: 'in-process', allowLocalReceivers: true } });
  own = await actorOf(portal, 'org-tongjiang-gov');
  other = await actorOf(portal, 'org-eao-gov');
});
afterAll(() => portal?.close());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

/** A lead that its owner publishes to an audience. */
const publish = async (actor: AccountActor, audience: string): Promise<string> => {
  const json = { sourceLanguage: 'zh', kind: 'investment', name: { zh: '推送范围测试项目' }, audience };
  const { body } = await portal.ask('/leads', { method: 'POST', actor, json });
  await portal.ask(`/leads/${body.id}/publish`, { method: 'POST', actor, headers: { 'If-Match': '"v1-all"' } });
  return body.id;
};

describe('the job that tells partners', () => {
  it('A21 tells a key of what its organization may see, and of no record of others beside it', async () => {
    const key = await keyOf(portal, own);
    await portal.ask('/webhooks', { method: 'POST', actor: key, json: { url: receiver.url, resources: ['lead'] } });
    const hidden = [await publish(other, 'organization'), await publish(other, 'side')];
    const seen = [
      await publish(own, 'organization'),
      await publish(own, 'side'),
      await publish(other, 'partners'),
      await publish(other, 'public'),
    ];
    // The feed is told in order: when the last one has come, all before it were told or never will be.
    const told = () => receiver.got.map(({ body }) => JSON.parse(body).data.id as string);
    await until('the last change is told', async () => told().includes(seen.at(-1)!), 60_000);
    await until('the others as well', async () => seen.every((id) => told().includes(id)), 60_000);
    expect(new Set(told())).toEqual(new Set(seen));
    for (const id of hidden) expect(receiver.got.some(({ body }) => body.includes(id))).toBe(false);
  }, 90_000);
});

describe('a portal without leave to reach this machine', () => {
  it.each([
    'http://partner.cn/',
    'https://127.0.0.1/',
    'https://169.254.169.254/',
    'https://localhost./',
    'https://a:b@partner.cn/',
  ])('E73 %s is refused at registration', async (url) => {
    strict ??= startPortal();
    const { body } = await (await strict).ask('/webhooks', {
      method: 'POST',
      json: { url },
      actor: { kind: 'key', id: own.id, scopes: [], side: 'cn', organizationId: own.organizationId! },
    });
    expect([body.code, body.errors]).toMatchObject([
      'request.invalid',
      [{ pointer: '/url', code: 'forbidden-address' }],
    ]);
  });
  let strict: Promise<TestPortal> | undefined;
  afterAll(async () => (await strict)?.close());
});
