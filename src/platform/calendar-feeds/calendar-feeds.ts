import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { CONFIG, PUBLIC_URL } from '../../infra/http/tokens.js';
import type { AccountActor } from '../../kernel/actor.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { newId } from '../../kernel/ids.js';
import type { LanguageChoice } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { emptyReply, jsonReply, pageReply } from '../../resource/reply.js';
import { readContext, scopeOf } from '../../resource/scope.js';
import { shapeBody } from '../../resource/shape-body.js';
import { related } from '../../resource/view.js';
import { Trail } from '../audit/trail.js';
import { ACCOUNT_COLUMNS, accountActor } from '../auth/account-actor.js';
import { personOf } from '../auth/own-sessions.js';
import { newToken, tokenHash } from '../auth/secret-tokens.js';
import { NewCalendarFeed } from './feed-shapes.js';

/** More than anybody has calendar programs. */
const MOST_FEEDS = 20;

/** Whose feed a token opens, and what it shows. */
export type OpenedFeed = { actor: AccountActor; choice: LanguageChoice; mechanismId: string | null };

/** The account behind a token, if both count; a token that opens nothing is like one that never was (hardening G99). */
const OPENED = `select ${ACCOUNT_COLUMNS}, f.language, f.mechanism_id, f.id,
    f.last_used_at is null or f.last_used_at < now() - interval '1 hour'
  from calendar_feed f join account a on a.id = f.account_id where f.token_hash = $1 and a.state = 'active'`;

/**
 * Private calendars: calendar programs cannot sign in, so each has an address of its own that nobody guesses. It shows
 * what its owner may see at that moment, is kept as a hash, and ends at once when its owner takes it back.
 */
@Injectable()
export class CalendarFeeds {
  constructor(
    private readonly database: Database,
    private readonly trail: Trail,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The asker's feeds, without their addresses. */
  async list(ask: Ask): Promise<Reply> {
    const rows = await this.database.transaction((manager) => readFeeds(manager, ask));
    return pageReply(rows, JSON.stringify({ limit: MOST_FEEDS, next: null }), ask.choice);
  }

  /**
   * Makes a feed and tells its address; nobody can be told it again.
   * @throws `resource.reference-unseen`, `account.too-many-feeds`
   */
  async issue(ask: Ask): Promise<Reply> {
    const { id: accountId } = personOf(ask.actor);
    const { mechanism, language } = shapeBody(NewCalendarFeed, ask.body);
    const [id, token] = [newId(), newToken()];
    return this.database.transaction(async (manager) => {
      await manager.query('select from account where id = $1 for update', [accountId]);
      if ((await readFeeds(manager, ask)).length >= MOST_FEEDS) throw problem('account.too-many-feeds');
      if (mechanism && !(await maySee(manager, ask, mechanism.id))) throw unseenMechanism();
      await manager.query(
        `insert into calendar_feed (id, account_id, mechanism_id, language, token_hash, created_at)
         values ($1, $2, $3, $4, $5, now())`,
        [id, accountId, mechanism?.id ?? null, language, tokenHash(token)],
      );
      await this.trail.record(manager, { ...event('create', ask, id), after: { language, mechanism } });
      const [row] = await readFeeds(manager, ask, id);
      const url = `${this.publicUrl}/api/v1/calendar/${token}/meetings.ics`;
      return { ...jsonReply(JSON.stringify({ ...JSON.parse(row!), url }), ask.choice), status: 201 };
    });
  }

  /**
   * Takes a feed back: whoever asks at its address is told that there is none.
   * @throws `resource.not-found`, also for a feed of somebody else
   */
  async revoke(ask: Ask, id: string): Promise<Reply> {
    const { id: accountId } = personOf(ask.actor);
    return this.database.transaction(async (manager) => {
      const [rows] = await manager.query('delete from calendar_feed where id = $1 and account_id = $2 returning id', [
        id,
        accountId,
      ]);
      if (rows.length === 0) throw problem('resource.not-found');
      await this.trail.record(manager, event('revoke', ask, id));
      return emptyReply();
    });
  }

  /**
   * Whose calendar is asked for; rights are those that the account has now.
   * @throws `resource.not-found`
   */
  async open(token: string): Promise<OpenedFeed> {
    const [row] = await this.database.rows({ text: OPENED, values: [tokenHash(token)] });
    if (!row) throw problem('resource.not-found');
    const [, , language, mechanismId, id, isDue] = row;
    const actor = accountActor(this.config, row);
    if (actor.owesSecondFactor) throw problem('resource.not-found');
    if (isDue === 't')
      await this.database.rows({ text: 'update calendar_feed set last_used_at = now() where id = $1', values: [id] });
    return { actor, choice: language as LanguageChoice, mechanismId: mechanismId ?? null };
  }
}

const event = (verb: 'create' | 'revoke', { actor, origin }: Ask, id: string) => ({
  actor,
  origin,
  action: `calendar-feed.${verb}`,
  object: { resource: 'calendar-feed', id },
});

const readFeeds = async (manager: EntityManager, ask: Ask, id?: string): Promise<string[]> => {
  const scope = scopeOf(ask.actor);
  const read = readContext(scope, ask.choice, ask.fallback);
  const [account, only] = [scope.parameters.length + 1, scope.parameters.length + 2];
  const rows = (await manager.query(
    `select json_build_object('id', f.id, 'mechanism', ${related(read, 'mechanism', 'f.mechanism_id', 'feed_mechanism')},
        'language', f.language, 'createdAt', f.created_at, 'lastUsedAt', f.last_used_at)::text as json
      from calendar_feed f where f.account_id = $${account} and ($${only}::uuid is null or f.id = $${only})
      order by f.created_at, f.id`,
    [...scope.parameters, personOf(ask.actor).id, id ?? null],
  )) as { json: string }[];
  return rows.map(({ json }) => json);
};

const maySee = async (manager: EntityManager, ask: Ask, mechanismId: string): Promise<boolean> => {
  const scope = scopeOf(ask.actor);
  const rows = await manager.query(
    `select from mechanism m where m.id = $${scope.parameters.length + 1} and ${scope.sql('m', 'mechanism')}`,
    [...scope.parameters, mechanismId],
  );
  return rows.length > 0;
};

const unseenMechanism = () =>
  problem('resource.reference-unseen', { errors: [{ pointer: '/mechanism', code: 'unknown-reference' }] });
