import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { authRequired } from '../../infra/http/route.guard.js';
import type { AccountActor, Actor } from '../../kernel/actor.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';
import { emptyReply, pageReply } from '../../resource/reply.js';
import { Trail } from '../audit/trail.js';
import { IDLE_DAYS, OLDEST_DAYS, Sessions } from './sessions.js';

/**
 * The person who asks, for routes about oneself.
 * @throws `auth.required` for anybody else
 */
export const personOf = (actor: Actor): AccountActor => {
  if (actor.kind !== 'account') throw authRequired();
  return actor;
};

/** A list of one's own sessions is one page: nobody has more open. */
const MOST_SHOWN = 100;

const OPEN_SESSIONS = `select json_build_object('id', id, 'createdAt', created_at, 'lastUsedAt', last_used_at,
    'userAgent', user_agent, 'address', address, 'current', id is not distinct from $2::uuid)::text as json
  from session where account_id = $1 and ended_at is null and last_used_at > now() - $3 * interval '1 day'
    and created_at > now() - $4 * interval '1 day' order by last_used_at desc, id limit ${MOST_SHOWN}`;

/** What people do with their own sessions: look at them, and end them. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly trail: Trail,
  ) {}

  async list(ask: Ask): Promise<Reply> {
    const { id, sessionId = null } = personOf(ask.actor);
    const rows = await this.database.rows({ text: OPEN_SESSIONS, values: [id, sessionId, IDLE_DAYS, OLDEST_DAYS] });
    const page = JSON.stringify({ limit: MOST_SHOWN, next: null });
    return pageReply(
      rows.map(([json]) => json!),
      page,
      ask.choice,
    );
  }

  /**
   * Signs out of one session; that of somebody else is like one that is not there (hardening A6).
   * @throws `resource.not-found`
   */
  end(ask: Ask, sessionId: string): Promise<Reply> {
    const isCurrent = personOf(ask.actor).sessionId === sessionId;
    return this.database.transaction(async (manager) => {
      const ended = await this.endAndTell(manager, ask, { only: sessionId });
      if (ended.length === 0) throw problem('resource.not-found');
      return { ...emptyReply(), ...(isCurrent && { headers: { 'Set-Cookie': this.sessions.emptyCookie } }) };
    });
  }

  /** Signs out everywhere but here. */
  endOthers(ask: Ask): Promise<Reply> {
    return this.database.transaction(async (manager) => {
      await this.endAndTell(manager, ask, { except: personOf(ask.actor).sessionId });
      return emptyReply();
    });
  }

  private async endAndTell(manager: EntityManager, ask: Ask, which: { only?: string; except?: string | undefined }) {
    const { actor, origin } = ask;
    const ended = await this.sessions.end(manager, personOf(actor).id, 'sign-out', which);
    for (const id of ended) {
      await this.trail.record(manager, { actor, action: 'session.end', object: { resource: 'session', id }, origin });
    }
    return ended;
  }
}
