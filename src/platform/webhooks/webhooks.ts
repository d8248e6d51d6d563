import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { seal } from '../../infra/config/sealing.js';
import { Database } from '../../infra/database/database.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { receiverUrl } from '../../infra/outbound/outbound.js';
import type { KeyActor } from '../../kernel/actor.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { newId } from '../../kernel/ids.js';
import { invalid, problem } from '../../kernel/problems.js';
import type { Body } from '../../resource/body.js';
import { Cursors } from '../../resource/cursor.js';
import { pageAnswer, pageAsk } from '../../resource/paging.js';
import { emptyReply, jsonReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { newSecret } from './signature.js';
import { holdWebhook, insertWebhook, readWebhooks } from './webhook-rows.js';
import { NewWebhook } from './webhook-shapes.js';

const RESOURCE = 'webhook';

/** Webhooks that one key may have. */
const MOST = 20;

/** Who asks, as the key it is: the permission of every route here is a key's. */
export const keyOf = ({ actor }: Ask): KeyActor => {
  if (actor.kind !== 'key') throw problem('auth.forbidden');
  return actor;
};

/** Webhooks that partners' systems register for themselves, each for the key it shows. */
@Injectable()
export class Webhooks {
  private readonly sealingKey: Buffer;

  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly trail: Trail,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.sealingKey = derivedKey(config.secretKey, 'webhooks');
  }

  /**
   * Registers a webhook and tells its secret; nobody can be told it again.
   * @throws `request.invalid`
   */
  async register(ask: Ask): Promise<Reply> {
    const key = keyOf(ask);
    const body = shapeBody(NewWebhook, ask.body);
    this.requireReceiver(body.url);
    const [id, secret] = [newId(), newSecret()];
    return this.database.transaction(async (manager) => {
      await requireRoom(manager, key);
      await insertWebhook(manager, { ...body, id, apiKeyId: key.id, sealedSecret: seal(this.sealingKey, secret, id) });
      await this.note(manager, ask, 'create', id, { ...body });
      const [row] = await readWebhooks(manager, ask, key, { id });
      return { ...jsonReply(JSON.stringify({ ...JSON.parse(row!.json), secret }), ask.choice), status: 201 };
    });
  }

  /** A page of the asker's own webhooks. */
  async list(ask: Ask): Promise<Reply> {
    const page = pageAsk(ask, this.cursors, [RESOURCE]);
    const rows = await this.database.transaction((manager) =>
      readWebhooks(manager, ask, keyOf(ask), { before: page.after, most: page.limit + 1 }),
    );
    return pageAnswer(ask, this.cursors, page, rows);
  }

  /**
   * Removes a webhook with its deliveries; those that wait are not sent any more.
   * @throws `resource.not-found`
   */
  async remove(ask: Ask, id: string): Promise<Reply> {
    await this.database.transaction(async (manager) => {
      await holdWebhook(manager, id, keyOf(ask));
      await manager.query('delete from webhook where id = $1', [id]);
      await this.note(manager, ask, 'delete', id);
    });
    return emptyReply();
  }

  /**
   * Makes a new secret and tells it; the one before signs along for a day.
   * @throws `resource.not-found`
   */
  async rotate(ask: Ask, id: string): Promise<Reply> {
    const secret = newSecret();
    return this.database.transaction(async (manager) => {
      await holdWebhook(manager, id, keyOf(ask));
      const [[row]] = (await manager.query(
        `update webhook set earlier_sealed_secret = sealed_secret, sealed_secret = $2,
            earlier_secret_until = now() + interval '24 hours'
         where id = $1 returning to_json(earlier_secret_until) as until`,
        [id, seal(this.sealingKey, secret, id)],
      )) as [{ until: string }[]];
      await this.note(manager, ask, 'rotate', id);
      const json = JSON.stringify({ secret, earlierSecretUntil: row!.until });
      return { ...jsonReply(json, ask.choice), status: 201 };
    });
  }

  private requireReceiver(url: string): void {
    try {
      receiverUrl(url, { allowLocal: this.config.allowLocalReceivers });
    } catch {
      throw invalid([{ pointer: '/url', code: 'forbidden-address' }]);
    }
  }

  private note(manager: EntityManager, { actor, origin }: Ask, verb: string, id: string, after?: Body): Promise<void> {
    const action = `${RESOURCE}.${verb}`;
    return this.trail.record(manager, {
      actor,
      origin,
      action,
      object: { resource: RESOURCE, id },
      ...(after && { after }),
    });
  }
}

const requireRoom = async (manager: EntityManager, key: KeyActor): Promise<void> => {
  const rows = (await manager.query('select 1 from webhook where api_key_id = $1', [key.id])) as unknown[];
  if (rows.length >= MOST) throw invalid([{ pointer: '', code: 'too-many', values: { max: MOST } }]);
};
