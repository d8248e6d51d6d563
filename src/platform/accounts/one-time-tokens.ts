import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { problem } from '../../kernel/problems.js';
import { newToken, tokenHash } from '../auth/secret-tokens.js';
import type { TokenPurpose } from './one-time-token.entity.js';

const VALID_HOURS: Record<TokenPurpose, number> = { registration: 24, 'password-reset': 1 };

/** Tokens that are sent by mail and work once. */
@Injectable()
export class OneTimeTokens {
  /** A new token; those that were sent for the same before are void. */
  async issue(manager: EntityManager, accountId: string, purpose: TokenPurpose): Promise<string> {
    const token = newToken();
    await this.void(manager, accountId, purpose);
    await manager.query(
      `insert into one_time_token (hash, account_id, purpose, created_at, expires_at)
       values ($1, $2, $3, now(), now() + $4 * interval '1 hour')`,
      [tokenHash(token), accountId, purpose, VALID_HOURS[purpose]],
    );
    return token;
  }

  /**
   * Uses a token up.
   * @returns the account that it was sent to
   * @throws `account.token-unknown`, `account.token-expired` for one that was used or is too old
   */
  async use(manager: EntityManager, token: string, purpose: TokenPurpose): Promise<string> {
    const [row] = (await manager.query(
      `select account_id as "accountId", used_at is null and expires_at > now() as good
       from one_time_token where hash = $1 and purpose = $2 for update`,
      [tokenHash(token), purpose],
    )) as { accountId: string; good: boolean }[];
    if (!row) throw problem('account.token-unknown');
    if (!row.good) throw problem('account.token-expired');
    await manager.query('update one_time_token set used_at = now() where hash = $1', [tokenHash(token)]);
    return row.accountId;
  }

  private void(manager: EntityManager, accountId: string, purpose: TokenPurpose): Promise<unknown> {
    return manager.query(
      'update one_time_token set used_at = now() where account_id = $1 and purpose = $2 and used_at is null',
      [accountId, purpose],
    );
  }
}
