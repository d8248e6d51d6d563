import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../../infra/database/database.js';
import { authRequired } from '../../infra/http/route.guard.js';
import { LOGGER } from '../../infra/http/tokens.js';
import type { KeyActor, KeyScope, Side } from '../../kernel/actor.js';
import { ApiKeyVerifier } from '../auth/api-key-verifier.js';
import { KEY_IN_FORCE } from './key-rows.js';
import { hashOfKey, isKeyOf, newKey, prefixOf } from './key-text.js';

/** A key that is in force, with whom it speaks for. Everything is asked of the database with each request. */
const FOUND = `select k.id, encode(k.key_hash, 'hex'), array_to_string(k.scopes, ' '), k.organization_id, o.side,
    (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')::text
  from api_key k join organization o on o.id = k.organization_id
  where k.prefix = $1 and ${KEY_IN_FORCE}`;

/** For whom a key speaks, without the key itself. */
const SPEAKS_FOR = `select k.id, array_to_string(k.scopes, ' '), k.organization_id, o.side
  from api_key k join organization o on o.id = k.organization_id where k.id = $1::uuid and ${KEY_IN_FORCE}`;

/** Only the first of those who notice that a minute has passed writes it down. */
const USED = `update api_key set last_used_at = now()
  where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`;

/** Compared with where there is no such key, so that this takes no less time. */
const NO_KEY = hashOfKey(newKey().key);

/** Finds out for whom a key speaks. */
@Injectable()
export class StoredKeys extends ApiKeyVerifier {
  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  /**
   * @param key as the header `X-Api-Key` holds it
   * @throws `auth.required` for a key that is unknown, revoked or over, or whose organization acts no longer
   */
  override async verify(key: string): Promise<KeyActor> {
    const prefix = prefixOf(key);
    if (!prefix) throw authRequired();
    const [row] = await this.database.rows({ text: FOUND, values: [prefix] });
    const matches = isKeyOf(key, row ? Buffer.from(row[1]!, 'hex') : NO_KEY);
    if (!row || !matches) throw authRequired();
    const [id, , scopes, organizationId, side, isDue] = row as string[];
    if (isDue === 'true') await this.noteUse(id!);
    return actorOf(id!, scopes!, organizationId!, side!);
  }

  /**
   * For whom a key speaks that is in force, for what the portal does by itself in its name.
   * @param id of the key's row
   */
  async actorOf(id: string): Promise<KeyActor | undefined> {
    const [row] = await this.database.rows({ text: SPEAKS_FOR, values: [id] });
    if (!row) return undefined;
    const [, scopes, organizationId, side] = row as string[];
    return actorOf(id, scopes!, organizationId!, side!);
  }

  /** That a use cannot be noted refuses nobody. */
  private async noteUse(id: string): Promise<void> {
    try {
      await this.database.rows({ text: USED, values: [id] });
    } catch (error) {
      this.logger.warn({ err: error, apiKeyId: id }, 'the use of a key was not noted');
    }
  }
}

const actorOf = (id: string, scopes: string, organizationId: string, side: string): KeyActor => ({
  kind: 'key',
  id,
  scopes: scopes.split(' ') as KeyScope[],
  side: side as Side,
  organizationId,
});
