import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import type { LanguageChoice } from '../../kernel/languages.js';
import { NOTIFICATION_KINDS, UNSTATED_WISH } from '../../kernel/notification-kinds.js';
import { jsonReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { personOf } from '../auth/own-sessions.js';
import { NewNotificationPreferences, type NotificationWish } from './notification-shapes.js';

/** How somebody wishes to be told, for each kind: in the portal or not, by mail at once, daily or not at all. */
@Injectable()
export class OwnPreferences {
  constructor(private readonly database: Database) {}

  get({ actor, choice }: Ask): Promise<Reply> {
    const { id } = personOf(actor);
    return this.database.transaction((manager) => answer(manager, id, choice));
  }

  /**
   * Changes the wishes for the kinds that are named; of one that is named twice the last one counts.
   * @throws `request.invalid`
   */
  update({ actor, choice, body }: Ask): Promise<Reply> {
    const { id } = personOf(actor);
    const { items } = shapeBody(NewNotificationPreferences, body);
    return this.database.transaction(async (manager) => {
      await keep(manager, id, new Map(items.map((item) => [item.kind, item])));
      return answer(manager, id, choice);
    });
  }
}

const keep = async (manager: EntityManager, accountId: string, wishes: ReadonlyMap<string, NotificationWish>) => {
  const items = [...wishes.values()];
  await manager.query(
    `insert into notification_preference (account_id, kind, portal, mail)
     select $1, w.kind, w.portal, w.mail from unnest($2::text[], $3::boolean[], $4::text[]) w(kind, portal, mail)
     on conflict (account_id, kind) do update set portal = excluded.portal, mail = excluded.mail`,
    [accountId, items.map(({ kind }) => kind), items.map(({ portal }) => portal), items.map(({ mail }) => mail)],
  );
};

const answer = async (manager: EntityManager, accountId: string, choice: LanguageChoice): Promise<Reply> => {
  const text = 'select kind, portal, mail from notification_preference where account_id = $1';
  const stated = (await manager.query(text, [accountId])) as NotificationWish[];
  const wishes = new Map(stated.map((wish) => [wish.kind, wish]));
  const items = NOTIFICATION_KINDS.map((kind) => wishes.get(kind) ?? { kind, ...UNSTATED_WISH });
  return jsonReply(JSON.stringify({ items }), choice);
};
