import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { newId } from '../../kernel/ids.js';
import { invalid, problem } from '../../kernel/problems.js';
import { Cursors } from '../../resource/cursor.js';
import { pageAnswer, pageAsk } from '../../resource/paging.js';
import { jsonReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { endOfKey } from './expiry.js';
import { insertKey, isKey, organizationActs, readKeys, revokeKey } from './key-rows.js';
import { NewApiKey } from './key-shapes.js';
import { hashOfKey, newKey } from './key-text.js';

const RESOURCE = 'api-key';

/** Keys of partner systems: issued, listed and revoked by administrators. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly trail: Trail,
  ) {}

  /**
   * Issues a key and tells it; nobody can be told it again. A repeated request makes another key, because to repeat
   * the answer the portal would have to keep the secret.
   * @throws `request.invalid`, `resource.reference-unseen` where the asker sees no such organization that can act
   */
  async issue(ask: Ask): Promise<Reply> {
    const body = shapeBody(NewApiKey, ask.body);
    const expiresAt = endOfKey(body.expiresOn, new Date());
    if (!expiresAt) throw invalid([{ pointer: '/expiresOn', code: 'invalid-value' }]);
    if (body.scopes.length === 0) throw invalid([{ pointer: '/scopes', code: 'required' }]);
    const scopes = [...new Set(body.scopes)];
    const { key, prefix } = newKey();
    const id = newId();
    return this.database.transaction(async (manager) => {
      const organizationId = body.organization.id;
      if (!(await organizationActs(manager, ask, organizationId))) throw unseenOrganization();
      const { name } = body;
      await insertKey(manager, { id, prefix, name, organizationId, scopes, expiresAt, keyHash: hashOfKey(key) });
      const after = { prefix, name, organization: { id: organizationId }, scopes, expiresAt: expiresAt.toISOString() };
      await this.trail.record(manager, { ...event('create', ask, id), after });
      const [row] = await readKeys(manager, ask, { id });
      return { ...jsonReply(JSON.stringify({ ...JSON.parse(row!.json), key }), ask.choice), status: 201 };
    });
  }

  /** A page of all keys, without what is secret of them. */
  async list(ask: Ask): Promise<Reply> {
    const page = pageAsk(ask, this.cursors, [RESOURCE]);
    const which = { before: page.after, most: page.limit + 1 };
    const rows = await this.database.transaction((manager) => readKeys(manager, ask, which));
    return pageAnswer(ask, this.cursors, page, rows);
  }

  /**
   * Takes a key back: the next request that shows it is refused. To do so twice changes nothing.
   * @throws `resource.not-found`
   */
  async revoke(ask: Ask, id: string): Promise<Reply> {
    await this.database.transaction(async (manager) => {
      const prefix = await revokeKey(manager, id);
      if (prefix) await this.trail.record(manager, { ...event('revoke', ask, id), after: { prefix } });
      else if (!(await isKey(manager, id))) throw problem('resource.not-found');
    });
    return { status: 204, body: Buffer.alloc(0), languages: [] };
  }
}

const event = (verb: 'create' | 'revoke', { actor, origin }: Ask, id: string) => ({
  actor,
  origin,
  action: `${RESOURCE}.${verb}`,
  object: { resource: RESOURCE, id },
});

const unseenOrganization = () =>
  problem('resource.reference-unseen', { errors: [{ pointer: '/organization', code: 'unknown-reference' }] });
