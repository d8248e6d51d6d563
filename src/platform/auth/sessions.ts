import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { authRequired } from '../../infra/http/route.guard.js';
import { CONFIG } from '../../infra/http/tokens.js';
import type { Origin } from '../../kernel/exchange.js';
import { newId } from '../../kernel/ids.js';
import { type AccountRow, Accounts, actorOf } from '../accounts/accounts.js';
import { Trail } from '../audit/trail.js';
import { AccessTokens } from './access-tokens.js';
import { owesSecondFactor } from './owed-factor.js';
import { refreshCookie } from './refresh-cookie.js';
import { newToken, tokenHash } from './secret-tokens.js';
import type { EndReason } from './session.entity.js';
import { ACCESS_SECONDS } from './signing-keys.js';

/** A session ends when it was not used for so long, or is so old. */
export const IDLE_DAYS = 14;
export const OLDEST_DAYS = 90;

/** Two requests of one client may cross: so long after its use a refresh token may be used once more. */
const GRACE_SECONDS = 5;
const MOST_USES = 2;

const LONGEST_USER_AGENT = 200;

/** What a signing in hands out. */
export type OpenedSession = {
  accessToken: string;
  /** Seconds that the access token is good for. */
  expiresIn: number;
  /** Whole value of `Set-Cookie`. */
  cookie: string;
  sessionId: string;
  owesSecondFactor: boolean;
};

/** A refresh token with its session and account, as far as they count. */
type Presented = { sessionId: string; uses: number; crossed: boolean; live: boolean };

/**
 * Sessions: opened by whoever has found out who signs in, carried on by refresh tokens that change with each use,
 * and ended by their owner, by a new password, by an administrator, or when a used token turns up again.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly tokens: AccessTokens,
    private readonly trail: Trail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Opens a session for an account whose owner has been recognized.
   * @throws `auth.required` where the account is not active
   */
  async open(
    manager: EntityManager,
    accountId: string,
    origin: Origin,
    userAgent: string | undefined,
  ): Promise<OpenedSession> {
    const account = await this.accounts.lock(manager, accountId);
    if (account?.state !== 'active') throw authRequired();
    const sessionId = newId();
    await manager.query(
      `insert into session (id, account_id, created_at, last_used_at, user_agent, address)
       values ($1, $2, now(), now(), $3, $4)`,
      [sessionId, accountId, userAgent?.slice(0, LONGEST_USER_AGENT) ?? null, origin.address],
    );
    await manager.query('update account set last_signed_in_at = now() where id = $1', [accountId]);
    const object = { resource: 'session', id: sessionId };
    await this.trail.record(manager, { actor: actorOf(account), action: 'session.open', object, origin });
    return this.handOut(manager, account, sessionId);
  }

  /**
   * Carries a session on with the next refresh token. A token that was used before ends the session, because either
   * the one who used it or the one who shows it now has stolen it (hardening D64).
   * @throws `auth.required`
   */
  async refresh(token: string | undefined, origin: Origin): Promise<OpenedSession> {
    // What is written about a refused token must stay, so the refusal follows the transaction.
    const opened = await this.database.transaction(async (manager) => {
      const hash = tokenHash(token ?? '');
      const owner = await this.ownerOf(manager, hash);
      // The account is kept before its session, in the order in which everybody else keeps them.
      const account = owner === undefined ? undefined : await this.accounts.lock(manager, owner);
      const presented = await this.present(manager, hash);
      if (account?.state !== 'active' || !presented?.live) return undefined;
      const { sessionId, uses, crossed } = presented;
      if (uses === 0 || (uses < MOST_USES && crossed)) return this.carryOn(manager, account, sessionId, hash);
      await this.revoke(manager, account, sessionId, origin);
      return undefined;
    });
    if (!opened) throw authRequired();
    return opened;
  }

  /** A new access token for a session that goes on, after the old ones were ended. */
  async renew(manager: EntityManager, account: AccountRow, sessionId: string): Promise<string> {
    const generation = account.tokenGeneration;
    await manager.query('update session set last_used_at = now() where id = $1', [sessionId]);
    return this.tokens.sign({ accountId: account.id, sessionId, generation });
  }

  /**
   * Ends sessions of an account.
   * @param which one of them, or all but one
   * @returns ids of those that were open
   */
  async end(
    manager: EntityManager,
    accountId: string,
    reason: EndReason,
    which: { only?: string | undefined; except?: string | undefined } = {},
  ): Promise<string[]> {
    const [rows] = (await manager.query(
      `update session set ended_at = now(), end_reason = $2 where account_id = $1 and ended_at is null
         and ($3::uuid is null or id = $3) and ($4::uuid is null or id <> $4) returning id`,
      [accountId, reason, which.only ?? null, which.except ?? null],
    )) as [{ id: string }[], number];
    return rows.map(({ id }) => id);
  }

  /** `Set-Cookie` value that takes the refresh token back. */
  get emptyCookie(): string {
    return refreshCookie('', 0, this.config.publicUrl);
  }

  private async ownerOf(manager: EntityManager, hash: string): Promise<string | undefined> {
    const [found] = (await manager.query(
      'select s.account_id as owner from refresh_token t join session s on s.id = t.session_id where t.hash = $1',
      [hash],
    )) as { owner: string }[];
    return found?.owner;
  }

  /** The token with its session, kept as they are until the transaction ends. */
  private async present(manager: EntityManager, hash: string): Promise<Presented | undefined> {
    const [found] = (await manager.query(
      `select s.id as "sessionId", t.uses,
         coalesce(t.used_at > clock_timestamp() - $2 * interval '1 second', false) as crossed,
         s.ended_at is null and s.last_used_at > now() - $3 * interval '1 day'
           and s.created_at > now() - $4 * interval '1 day' as live
       from refresh_token t join session s on s.id = t.session_id where t.hash = $1 for update`,
      [hash, GRACE_SECONDS, IDLE_DAYS, OLDEST_DAYS],
    )) as Presented[];
    return found;
  }

  private async carryOn(manager: EntityManager, account: AccountRow, sessionId: string, hash: string) {
    await manager.query(
      'update refresh_token set uses = uses + 1, used_at = coalesce(used_at, clock_timestamp()) where hash = $1',
      [hash],
    );
    await manager.query('update session set last_used_at = now() where id = $1', [sessionId]);
    return this.handOut(manager, account, sessionId);
  }

  private async revoke(manager: EntityManager, account: AccountRow, sessionId: string, origin: Origin): Promise<void> {
    await this.end(manager, account.id, 'token-reuse', { only: sessionId });
    await this.trail.record(manager, {
      actor: actorOf(account),
      action: 'session.revoke',
      object: { resource: 'session', id: sessionId },
      reason: 'token-reuse',
      origin,
    });
  }

  private async handOut(manager: EntityManager, account: AccountRow, sessionId: string): Promise<OpenedSession> {
    const refreshToken = newToken();
    await manager.query('insert into refresh_token (hash, session_id, created_at) values ($1, $2, now())', [
      tokenHash(refreshToken),
      sessionId,
    ]);
    const { id: accountId, tokenGeneration: generation } = account;
    return {
      accessToken: await this.tokens.sign({ accountId, sessionId, generation }),
      expiresIn: ACCESS_SECONDS,
      cookie: refreshCookie(refreshToken, IDLE_DAYS * 86_400, this.config.publicUrl),
      sessionId,
      owesSecondFactor: await this.owes(manager, account),
    };
  }

  private async owes(manager: EntityManager, { id, roles }: AccountRow): Promise<boolean> {
    const [row] = (await manager.query(
      'select exists (select from second_factor where account_id = $1 and confirmed_at is not null) as set',
      [id],
    )) as { set: boolean }[];
    return owesSecondFactor(this.config, roles, row!.set);
  }
}
