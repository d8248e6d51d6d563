import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { AccountActor } from '../../src/kernel/actor.js';
import { askPortal, createDatabase, dropDatabase } from '../support/portal.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { type BuiltPortal, startBuiltPortal } from './built-portal.js';
import { until } from './support.js';

let databaseUrl: string;
let client: Client;
let portal: BuiltPortal;
let receiver: Receiver;
let owner: AccountActor;

beforeAll(async () => {
  databaseUrl = await createDatabase('portal_seeded');
  client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query("select id from organization where side = 'cn' order by id limit 1");
  const { id } = rows[0] as { id: string };
  owner = {
    kind: 'account',
    id,
    roles: ['administrator', 'official'],
    translatesInto: [],
    side: 'cn',
    organizationId: id,
  };
  receiver = await startReceiver();
  portal = await startBuiltPortal('plain', databaseUrl, { jobs: 'in-process', allowLocalReceivers: true });
}, 60_000);
afterAll(async () => {
  await portal?.stop();
  receiver?.close();
  await client?.end();
  await dropDatabase(databaseUrl);
}, 60_000);

const post = async (path: string, json: object, headers: Record<string, string> = {}) => {
  const answer = await askPortal(`${portal.url}/api/v1${path}`, {
    method: 'POST',
    json,
    headers,
    ...(headers['X-Api-Key'] === undefined && { actor: owner }),
  });
  if (answer.status >= 300) throw new Error(`${path} answered ${answer.text}`);
  return { ...answer.body, requestId: answer.headers.get('x-request-id') };
};

const publish = async (id: string) => post(`/leads/${id}/publish`, {}, { 'If-Match': '"v1-all"' });

/** Lines about jobs that send messages, in the order in which they were written. */
const deliveries = () =>
  portal
    .log()
    .filter(({ kind }) => kind === 'webhook.deliver')
    .map(({ requestId, attempt, msg }) => [requestId, attempt, msg]);

describe('the log of a job', () => {
  it('names the request that it comes from, through the feed, each try, and the message before it', async () => {
    const expiresOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const wish = { name: 'log', organization: { id: owner.organizationId }, scopes: ['records.read'], expiresOn };
    const { key } = await post('/api-keys', wish);
    const webhook = await post('/webhooks', { url: receiver.url, resources: ['lead'] }, { 'X-Api-Key': key });
    receiver.script(500);
    const name = { zh: '日志测试项目', ru: 'Проект для проверки журнала' };
    const lead = { sourceLanguage: 'zh', kind: 'investment', name, owner: { id: owner.organizationId } };
    const made = await post('/leads', lead);
    const published = await publish(made.id);
    const test = await post(`/webhooks/${webhook.id}/tests`, {}, { 'X-Api-Key': key });
    await until('all messages have come', async () => {
      await client.query("update pgboss.job set start_after = now() where state = 'retry'");
      return deliveries().length >= 3;
    });
    await until('the log is complete', () => deliveries().filter(([, , msg]) => msg === 'job finished').length >= 2);
    const lines = deliveries();
    const of = (requestId: string) =>
      lines.filter(([id]) => id === requestId).map(([, attempt, msg]) => [attempt, msg]);
    const told = [of(published.requestId), of(test.requestId)];
    const [once, twice] = [
      [[1, 'job finished']],
      [
        [1, 'job failed'],
        [2, 'job finished'],
      ],
    ];
    // Whichever of the two came first met the fault.
    expect([
      [once, twice],
      [twice, once],
    ]).toContainEqual(told);
    expect(lines.filter(([id]) => id === undefined)).toEqual([]);
    // What the clock began comes from no request.
    const pumps = portal.log().filter(({ kind }) => kind === 'webhook.pump');
    expect(pumps.length).toBeGreaterThan(0);
    expect(pumps.filter(({ requestId }) => requestId !== undefined)).toEqual([]);
  }, 120_000);
});
