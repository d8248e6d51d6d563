import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountActor, KeyActor } from '../../src/kernel/actor.js';
import { actorOf } from '../support/actors.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { keyOf } from '../support/webhooks.js';
import { projectFolder, until } from './support.js';

type Verify = (secret: string, headers: object, body: string, now?: number) => boolean;

/** The sample that partners are given, as it stands in the documentation. */
const sample = async (): Promise<Verify> => {
  const page = readFileSync(join(projectFolder, 'docs', 'webhooks.md'), 'utf8');
  const [, code] = /```js\n([\s\S]+?)```/.exec(page)!;
  return (await import(`data:text/javascript,${encodeURIComponent(code!)}`)).verify as Verify;
};

let portal: TestPortal;
let owner: AccountActor;
let key: KeyActor;
let receiver: Receiver;
beforeAll(async () => {
  portal = await startPortal({ config: { jobs: 'in-process', allowLocalReceivers: true } });
  owner = await actorOf(portal, 'org-tongjiang-gov');
  key = await newKey();
});
afterAll(() => portal?.close());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const newKey = (): Promise<KeyActor> => keyOf(portal, owner);

const ask = (method: string, path: string, json?: object, shown = key): Promise<Answer> =>
  portal.ask(path, { method, actor: shown, ...(json && { json }) });

const register = async (more: object = {}): Promise<{ id: string; secret: string }> =>
  (await ask('POST', '/webhooks', { url: receiver.url, ...more })).body;

const log = async (id: string) => (await ask('GET', `/webhooks/${id}/deliveries`)).body.items;

const change = async (): Promise<string> => {
  const json = {
    sourceLanguage: 'zh',
    kind: 'investment',
    name: { zh: '推送测试项目', ru: 'Проект для проверки уведомлений' },
  };
  const { body } = await portal.ask('/leads', {
    method: 'POST',
    actor: owner,
    json: { ...json, owner: { id: owner.organizationId } },
  });
  return body.id;
};

/** Lets what waits for its next try be tried at once. */
const hurry = () =>
  portal.sql("update pgboss.job set start_after = now() where name like 'webhook.%' and state = 'retry'");

const arrived = (count: number) =>
  until(
    `${count} messages have come`,
    async () => {
      await hurry();
      return receiver.got.length >= count;
    },
    60_000,
  );

const logged = (id: string, state: string) =>
  until(`the delivery is ${state}`, async () => (await log(id))[0]?.state === state, 60_000);

describe('a webhook', () => {
  it("tells its secret once, and is its key's alone", async () => {
    const { id, secret } = await register();
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect((await ask('GET', '/webhooks')).text).not.toContain(secret);
    const [row] = await portal.sql('select w::text as kept from webhook w where id = $1', [id]);
    expect(row!.kept).not.toContain(secret.slice(6));
    const other = await newKey();
    expect((await ask('GET', '/webhooks', undefined, other)).body.items).toEqual([]);
    const unknown = '01900000-0000-7000-8000-00000000ffff';
    for (const [method, rest] of [
      ['DELETE', ''],
      ['POST', '/secrets'],
      ['POST', '/tests'],
      ['GET', '/deliveries'],
    ] as const) {
      const answers = await Promise.all(
        [id, unknown].map((one) => ask(method, `/webhooks/${one}${rest}`, undefined, other)),
      );
      expect(answers.map(({ status, body }) => [status, { ...body, requestId: '' }])).toEqual(
        answers.map(() => [404, { ...answers[0]!.body, requestId: '' }]),
      );
    }
    expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(204);
  });

  it('is told of a change with a signature that the sample verifies, and E76 of nothing else', async () => {
    const verify = await sample();
    const { id, secret } = await register({ resources: ['lead'] });
    const lead = await change();
    await portal.ask(`/leads/${lead}/publish`, { method: 'POST', actor: owner, headers: { 'If-Match': '"v1-all"' } });
    await arrived(1);
    const { headers, body } = receiver.got[0]!;
    expect(JSON.parse(body)).toMatchObject({ type: 'lead.published', data: { id: lead, resource: 'lead' } });
    expect(verify(secret, headers, body)).toBe(true);
    expect(verify(secret, headers, `${body} `)).toBe(false);
    expect(verify(secret, { ...headers, 'webhook-id': 'other' }, body)).toBe(false);
    expect(verify(secret, headers, body, Date.now() + 301_000)).toBe(false);
    const rotated = await ask('POST', `/webhooks/${id}/secrets`);
    expect(rotated.status).toBe(201);
    await ask('POST', `/webhooks/${id}/tests`);
    await arrived(2);
    const second = receiver.got[1]!;
    for (const one of [secret, rotated.body.secret]) expect(verify(one, second.headers, second.body)).toBe(true);
    await logged(id, 'delivered');
  }, 90_000);

  it('E74 E75 is tried again with the same id after a fault, a redirect and silence', async () => {
    const { id } = await register({ resources: ['lead'] });
    receiver.script(500, 302, (response) => response.destroy(), 204);
    expect((await ask('POST', `/webhooks/${id}/tests`)).status).toBe(202);
    await arrived(4);
    await logged(id, 'delivered');
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.got.map(({ path }) => path))).toEqual(new Set(['/hook']));
    expect((await log(id))[0]).toMatchObject({ attempts: 4, lastStatus: 204, fault: null });
  }, 120_000);

  it('is disabled by 410, and failed messages can be called for again only while it is not', async () => {
    const { id } = await register();
    receiver.script(410);
    const { body } = await ask('POST', `/webhooks/${id}/tests`);
    await logged(id, 'failed');
    const [webhook] = (await ask('GET', '/webhooks')).body.items;
    expect(webhook).toMatchObject({ id, state: 'disabled', disabledReason: 'gone' });
    expect((await ask('POST', `/webhook-deliveries/${body.id}/replay`)).body.code).toBe('webhook.disabled');
    await portal.sql("update webhook set state = 'active' where id = $1", [id]);
    expect((await ask('POST', `/webhook-deliveries/${body.id}/replay`)).status).toBe(202);
    await logged(id, 'delivered');
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual([body.id, body.id]);
  }, 90_000);
});

describe('a webhook of whoever shows a key', () => {
  const issue = async (...scopes: string[]): Promise<{ id: string; headers: Record<string, string> }> => {
    const json = {
      name: 'Таможня',
      organization: { id: owner.organizationId },
      scopes,
      expiresOn: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    };
    const actor: AccountActor = { ...owner, roles: ['administrator'] };
    const { id, key: shown } = (await portal.ask('/api-keys', { method: 'POST', actor, json })).body;
    return { id, headers: { 'X-Api-Key': shown } };
  };

  it('is registered, told of a change and rests when the key is revoked', async () => {
    const verify = await sample();
    const { id: keyId, headers } = await issue('records.read');
    const json = { url: receiver.url, resources: ['lead'] };
    const registered = await portal.ask('/webhooks', { method: 'POST', headers, json });
    expect(registered.status).toBe(201);
    const { id, secret } = registered.body;
    const publish = (lead: string) =>
      portal.ask(`/leads/${lead}/publish`, { method: 'POST', actor: owner, headers: { 'If-Match': '"v1-all"' } });
    await publish(await change());
    await arrived(1);
    expect(verify(secret, receiver.got[0]!.headers, receiver.got[0]!.body)).toBe(true);
    const list = await portal.ask(`/webhooks/${id}/deliveries`, { headers });
    expect(list.body.items).toMatchObject([{ id: receiver.got[0]!.headers['webhook-id'], type: 'lead.published' }]);
    const other = await issue('records.read');
    expect((await portal.ask(`/webhooks/${id}`, { method: 'DELETE', headers: other.headers })).status).toBe(404);
    const actor: AccountActor = { ...owner, roles: ['administrator'] };
    expect((await portal.ask(`/api-keys/${keyId}`, { method: 'DELETE', actor })).status).toBe(204);
    expect((await portal.ask('/webhooks', { headers })).status).toBe(401);
    const [{ position }] = (await portal.sql('select position from webhook where id = $1', [id])) as [
      { position: string },
    ];
    await publish(await change());
    await portal.sql(`insert into pgboss.job (name, data, singleton_key, policy)
      values ('webhook.pump', '{"webhookId": "${id}"}', '${id}', 'exclusive')`);
    await until('the pump was there', async () => {
      const done = await portal.sql("select 1 from pgboss.job where singleton_key = $1 and state <> 'completed'", [id]);
      return done.length === 0;
    });
    expect(await portal.sql('select position from webhook where id = $1', [id])).toEqual([{ position }]);
    expect(receiver.got).toHaveLength(1);
  }, 90_000);
});

describe('a record that changes while its receiver is away', () => {
  it('H113 is told of in the order of its changes, again with the same id where the worker died before it knew', async () => {
    const { id } = await register({ resources: ['lead'] });
    receiver.script(() => portal.process.kill('SIGKILL'));
    const lead = await change();
    await portal.ask(`/leads/${lead}/publish`, { method: 'POST', actor: owner, headers: { 'If-Match': '"v1-all"' } });
    await once(portal.process, 'exit');
    expect(receiver.got).toHaveLength(1);
    const overrides = JSON.stringify({ jobs: 'in-process', allowLocalReceivers: true });
    const heir = fork(join(projectFolder, 'test/support/portal-process.mjs'), [portal.databaseUrl, overrides]);
    try {
      const [{ port }] = (await once(heir, 'message')) as [{ port: number }];
      const withdrawal = { reason: { zh: '重复', ru: 'Повтор' } };
      await fetch(`http://127.0.0.1:${port}/api/v1/leads/${lead}`, {
        method: 'DELETE',
        headers: { 'Content-Type': 'application/json', 'If-Match': '"v2-all"', 'X-Test-Actor': JSON.stringify(owner) },
        body: JSON.stringify(withdrawal),
      });
      // The queue takes a job for lost when its time is over.
      await portal.sql("update pgboss.job set started_on = now() - interval '5 minutes' where state = 'active'");
      await arrived(3);
      expect(receiver.got.map(({ body }) => JSON.parse(body).type)).toEqual([
        'lead.published',
        'lead.published',
        'lead.withdrawn',
      ]);
      const ids = receiver.got.map(({ headers }) => headers['webhook-id']);
      expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false]);
      const [row] = await portal.sql('select count(*)::int as n from webhook_delivery where webhook_id = $1', [id]);
      expect(row!.n).toBe(2);
    } finally {
      heir.kill('SIGKILL');
    }
  }, 120_000);
});
