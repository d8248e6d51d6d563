import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { languagesOf } from '../../infra/http/negotiation.js';
import { API_PREFIX } from '../../infra/http/route-table.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import type { LanguageChoice } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { Cursors } from '../../resource/cursor.js';
import { pageAnswer, pageAsk } from '../../resource/paging.js';
import { emptyReply, jsonReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { resourceOf } from '../../resource/spec.js';
import { personOf } from '../auth/own-sessions.js';
import { ReadNotifications } from './notification-shapes.js';
import { NotificationWords } from './notification-words.js';
import { type Told, ToldNotifications } from './told-notifications.js';

/** What somebody is told in the portal. */
@Injectable()
export class OwnNotifications {
  constructor(
    private readonly database: Database,
    private readonly told: ToldNotifications,
    private readonly words: NotificationWords,
    private readonly cursors: Cursors,
  ) {}

  /**
   * Newest first.
   * @throws `request.invalid-parameter`, `request.invalid-cursor`
   */
  async list(ask: Ask): Promise<Reply> {
    const onlyUnread = unreadOf(ask);
    const page = pageAsk(ask, this.cursors, ['notifications', ask.choice, onlyUnread]);
    const rows = await this.told.read(personOf(ask.actor), (first) => ({
      condition: `n.in_portal and (not $${first}::boolean or n.read_at is null)
        and ($${first + 1}::uuid is null or n.id < $${first + 1})`,
      order: `order by n.id desc limit $${first + 2}`,
      values: [onlyUnread, page.after, page.limit + 1],
    }));
    const items = rows.map((one) => ({ id: one.id, json: JSON.stringify(this.view(one, ask.choice)) }));
    return pageAnswer(ask, this.cursors, page, items);
  }

  async count(ask: Ask): Promise<Reply> {
    const which = { condition: 'n.in_portal and n.read_at is null', values: [] };
    const unread = await this.told.count(personOf(ask.actor), which);
    return jsonReply(JSON.stringify({ unread }), ask.choice);
  }

  /**
   * Marks one as read; a second time changes nothing.
   * @throws `resource.not-found` for one that is somebody else's
   */
  async read({ actor }: Ask, id: string): Promise<Reply> {
    const text = `update notification set read_at = coalesce(read_at, now())
      where id = $1 and account_id = $2 and in_portal returning id::text`;
    const rows = await this.database.rows({ text, values: [id, personOf(actor).id] });
    if (rows.length === 0) throw problem('resource.not-found');
    return emptyReply();
  }

  /** Marks all up to the newest one that the reader has seen: what came meanwhile stays unread. */
  async readAll({ actor, body }: Ask): Promise<Reply> {
    const { through } = shapeBody(ReadNotifications, body);
    const text = 'update notification set read_at = now() where account_id = $1 and read_at is null and id <= $2::uuid';
    await this.database.rows({ text, values: [personOf(actor).id, through] });
    return emptyReply();
  }

  private view(told: Told, choice: LanguageChoice): object {
    const { id, kind, resource, recordId, createdAt, readAt } = told;
    const link = `/${API_PREFIX}/${resourceOf(resource).path}/${recordId}`;
    const words = this.words.of(told, languagesOf(choice));
    return { id, kind, ...words, about: { resource, id: recordId, link }, createdAt, readAt };
  }
}

const unreadOf = ({ parameters }: Ask): boolean => {
  const unread = parameters.get('unread') ?? 'false';
  if (unread === 'true' || unread === 'false') return unread === 'true';
  throw problem('request.invalid-parameter', { errors: [{ parameter: 'unread', code: 'invalid-value' }] });
};
