import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/kernel/actor.js';
import { actorOf } from '../support/actors.js';
import { withAnotherEnd } from '../support/forgery.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';

const DAY_MS = 86_400_000;
const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

let portal: TestPortal;
let administrator: AccountActor;
let owner: AccountActor;

beforeAll(async () => {
  portal = await startPortal();
  owner = await actorOf(portal, 'org-tongjiang-gov');
  administrator = { ...owner, roles: ['administrator'] };
});
afterAll(() => portal?.close());

const issue = (json: object, actor = administrator): Promise<Answer> =>
  portal.ask('/api-keys', { method: 'POST', actor, json });

const wanted = (more: object = {}) => ({
  name: 'Обмен данными с таможней',
  organization: { id: owner.organizationId },
  scopes: ['records.read'],
  expiresOn: dayIn(30),
  ...more,
});

const keyWith = async (...scopes: string[]): Promise<{ id: string; key: string; prefix: string }> =>
  (await issue(wanted({ scopes }))).body;

const asks = (key: string, path = '/leads?limit=1', options: object = {}) =>
  portal.ask(path, { headers: { 'X-Api-Key': key }, ...options });

describe('a key', () => {
  it('is told once, and kept as a hash', async () => {
    const { status, body, headers } = await issue(wanted());
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(body.key).toMatch(/^hap_[0-9a-z]{12}_[\w-]{43}$/);
    expect(body.key.startsWith(`${body.prefix}_`)).toBe(true);
    expect(body).toMatchObject({ scopes: ['records.read'], lastUsedAt: null, revokedAt: null });
    expect(new Date(body.expiresAt).toISOString()).toBe(`${dayIn(31)}T00:00:00.000Z`);
    const list = await portal.ask('/api-keys', { actor: administrator });
    expect(list.body.items[0]).toMatchObject({ id: body.id, prefix: body.prefix, organization: body.organization });
    const secret = body.key.slice(body.prefix.length + 1);
    expect(list.text).not.toContain(secret);
    const [row] = await portal.sql('select k::text as kept from api_key k where id = $1', [body.id]);
    expect(row!.kept).not.toContain(secret);
  });

  it.each([
    [{ scopes: [] }, '/scopes', 'required'],
    [{ scopes: ['records.erase'] }, '/scopes', 'unknown-code'],
    [{ expiresOn: dayIn(-1) }, '/expiresOn', 'invalid-value'],
    [{ expiresOn: dayIn(401) }, '/expiresOn', 'invalid-value'],
    [{ expiresOn: undefined }, '/expiresOn', 'required'],
    [{ name: undefined }, '/name', 'required'],
    [{ organization: undefined }, '/organization', 'required'],
    [{ secret: 'mine' }, '/secret', 'unknown-property'],
  ])('is not made of %j', async (more, pointer, code) => {
    const { status, body } = await issue(wanted(more));
    expect([status, body.errors]).toMatchObject([400, [{ pointer, code }]]);
  });

  it('is made for an organization that is there and acts', async () => {
    const unknown = await issue(wanted({ organization: { id: '01900000-0000-7000-8000-00000000ffff' } }));
    expect([unknown.status, unknown.body.code]).toEqual([404, 'resource.reference-unseen']);
    const { organizationId } = await actorOf(portal, 'org-tj-bridge-office');
    await portal.sql(`update organization set status = 'dissolved' where id = $1`, [organizationId]);
    expect((await issue(wanted({ organization: { id: organizationId } }))).status).toBe(404);
  });

  it('is issued, listed and revoked by administrators only', async () => {
    const { id, key } = await keyWith('records.read', 'records.write');
    const path = `/api-keys/${id}`;
    for (const [asked, options] of [
      ['/api-keys', {}],
      ['/api-keys', { method: 'POST', json: wanted() }],
      [path, { method: 'DELETE' }],
    ] as const) {
      expect((await portal.ask(asked, options)).status).toBe(401);
      expect((await portal.ask(asked, { ...options, actor: owner })).status).toBe(403);
      expect((await asks(key, asked, options)).status).toBe(403);
    }
    expect((await portal.ask(path, { method: 'DELETE', actor: administrator })).status).toBe(204);
    expect((await portal.ask(path, { method: 'DELETE', actor: administrator })).status).toBe(204);
    const unknown = path.replace(/.{4}$/, '0000');
    expect((await portal.ask(unknown, { method: 'DELETE', actor: administrator })).status).toBe(404);
  });

  it('is listed in pages, the newest first, and no cursor of another list opens one', async () => {
    for (let count = 0; count < 3; count += 1) await keyWith('records.read');
    const first = await portal.ask('/api-keys?limit=2', { actor: administrator });
    const second = await portal.ask(`/api-keys?limit=2&cursor=${first.body.page.next}`, { actor: administrator });
    const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(4);
    expect(first.headers.get('link')).toContain(first.body.page.next);
    const leads = await portal.ask('/leads?limit=1');
    const strange = await portal.ask(`/api-keys?cursor=${leads.body.page.next}`, { actor: administrator });
    expect([strange.status, strange.body.code]).toEqual([400, 'request.invalid-cursor']);
    expect((await portal.ask('/api-keys?limit=0', { actor: administrator })).status).toBe(400);
  });
});

describe('D70 a request with a key', () => {
  it('takes it from the header and from nowhere else', async () => {
    const { key } = await keyWith('records.read');
    expect((await asks(key)).status).toBe(200);
    for (const name of ['apiKey', 'api_key', 'key', 'X-Api-Key']) {
      const { status, body } = await portal.ask(`/leads?${name}=${key}`);
      expect([name, status, body.errors]).toMatchObject([name, 400, [{ parameter: name, code: 'unknown-parameter' }]]);
      expect(JSON.stringify(body)).not.toContain(key);
    }
    expect((await portal.ask('/leads', { headers: { Cookie: `X-Api-Key=${key}; apiKey=${key}` } })).status).toBe(200);
    expect((await portal.ask('/leads', { headers: { Authorization: `Bearer ${key}` } })).status).toBe(401);
  });

  it('is not answered from a cache of others', async () => {
    const { headers } = await asks((await keyWith('records.read')).key);
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toContain('X-Api-Key');
  });

  it.each([
    ['another secret', withAnotherEnd],
    ['another id', (key: string) => key.replace(/^hap_./, (start) => (start.endsWith('0') ? 'hap_1' : 'hap_0'))],
    ['the prefix alone', (key: string) => key.slice(0, 16)],
    ['more behind it', (key: string) => `${key}x`],
    ['nothing', () => ''],
  ])('is refused with %s', async (_, change) => {
    const { key } = await keyWith('records.read');
    const { status, body, headers } = await asks(change(key));
    expect([status, body.code]).toEqual([401, 'auth.required']);
    expect(headers.get('www-authenticate')).not.toBeNull();
  });

  it('is refused at once when the key is revoked', async () => {
    const { id, key } = await keyWith('records.read');
    expect((await asks(key)).status).toBe(200);
    await portal.ask(`/api-keys/${id}`, { method: 'DELETE', actor: administrator });
    expect((await asks(key)).status).toBe(401);
  });

  it('is refused when the key is over', async () => {
    const { id, key } = await keyWith('records.read');
    await portal.sql(`update api_key set expires_at = now() where id = $1`, [id]);
    expect((await asks(key)).status).toBe(401);
  });

  it.each([
    [
      'withdrawn',
      `state = 'withdrawn', withdrawal_reason = '{"ru": "упразднён"}'`,
      `state = 'published', withdrawal_reason = null`,
    ],
    ['dissolved', `status = 'dissolved'`, 'status = null'],
  ])('is refused while its organization is %s', async (_, change, restore) => {
    const { key } = await keyWith('records.read');
    await portal.sql(`update organization set ${change} where id = $1`, [owner.organizationId]);
    expect((await asks(key)).status).toBe(401);
    await portal.sql(`update organization set ${restore} where id = $1`, [owner.organizationId]);
    expect((await asks(key)).status).toBe(200);
  });

  it('is noted once a minute', async () => {
    const { id, key } = await keyWith('records.read');
    const used = async () =>
      (await portal.sql('select last_used_at::text as at from api_key where id = $1', [id]))[0]!.at;
    expect(await used()).toBeNull();
    await asks(key);
    const first = await used();
    expect(first).not.toBeNull();
    await asks(key);
    expect(await used()).toBe(first);
    await portal.sql(`update api_key set last_used_at = now() - interval '61 seconds' where id = $1`, [id]);
    await asks(key);
    expect((await used())! > first!).toBe(true);
  });
});

describe('the scopes of a key', () => {
  const lead = { name: { zh: '某项目' }, sourceLanguage: 'zh', kind: 'investment' };
  const madeBy = (actor: AccountActor, more: object = {}) =>
    portal.ask('/leads', { method: 'POST', actor, json: { ...lead, ...more } });
  const published = async (audience: string): Promise<string> => {
    const { body, headers } = await madeBy(owner, { audience });
    await portal.ask(`/leads/${body.id}/publish`, {
      method: 'POST',
      actor: owner,
      headers: { 'If-Match': headers.get('etag')! },
    });
    return body.id as string;
  };

  it('records.read shows what partners see', async () => {
    const { key } = await keyWith('records.read');
    const id = await published('partners');
    expect((await portal.ask(`/leads/${id}`)).status).toBe(404);
    expect((await asks(key, `/leads/${id}`)).status).toBe(200);
    expect((await asks(key, `/leads/${await published('organization')}`)).status).toBe(200);
    expect((await asks(key, '/leads', { method: 'POST', json: lead })).status).toBe(403);
  });

  it('records.write writes what the organization owns, and nothing else', async () => {
    const { key } = await keyWith('records.read', 'records.write');
    const headers = { 'X-Api-Key': key };
    const made = await portal.ask('/leads', { method: 'POST', headers, json: lead });
    expect([made.status, made.body.owner.id]).toEqual([201, owner.organizationId]);
    const other = await actorOf(portal, 'org-amur-gov');
    const foreign = { ...lead, owner: { id: other.organizationId } };
    expect((await portal.ask('/leads', { method: 'POST', headers, json: foreign })).status).toBe(403);
    const theirs = await madeBy(other);
    const path = `/leads/${theirs.body.id}`;
    expect((await portal.ask(path, { headers })).status).toBe(404);
    const patch = {
      method: 'PATCH',
      headers: { ...headers, 'If-Match': theirs.headers.get('etag')! },
      json: { phases: 2 },
    };
    expect((await portal.ask(path, patch)).status).toBe(404);
  });

  it('records.write alone shows of others no more than everybody sees', async () => {
    const { key } = await keyWith('records.write');
    const other = await actorOf(portal, 'org-amur-gov');
    const made = await madeBy(other, { audience: 'partners' });
    await portal.ask(`/leads/${made.body.id}/publish`, {
      method: 'POST',
      actor: other,
      headers: { 'If-Match': made.headers.get('etag')! },
    });
    expect((await asks(key, `/leads/${made.body.id}`)).status).toBe(404);
  });
});
