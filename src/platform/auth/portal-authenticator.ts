import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { Authenticator, authRequired } from '../../infra/http/route.guard.js';
import type { PortalRequest } from '../../infra/http/route.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { type AccountActor, type Actor, ANONYMOUS } from '../../kernel/actor.js';
import { AccessTokens } from './access-tokens.js';
import { ACCOUNT_COLUMNS, accountActor } from './account-actor.js';
import { ApiKeyVerifier } from './api-key-verifier.js';

const BEARER = /^Bearer ([\w.~+/-]+=*)$/i;

/** The account behind a session, if both count and the token is of the account's present generation. */
const SIGNED_IN = `select ${ACCOUNT_COLUMNS} from session s join account a on a.id = s.account_id
  where s.id = $1 and a.id = $2 and a.token_generation = $3 and s.ended_at is null and a.state = 'active'`;

/**
 * Who asks: the account of an access token or the system of an API key. The account is read on each request, so
 * that one that is disabled, or has lost a role, is so at once (hardening A18).
 */
@Injectable()
export class PortalAuthenticator extends Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly apiKeys: ApiKeyVerifier,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  override async authenticate({ headers }: PortalRequest): Promise<Actor> {
    const { authorization, 'x-api-key': apiKey } = headers;
    if (authorization === undefined && apiKey === undefined) return ANONYMOUS;
    if (typeof apiKey === 'string' && authorization === undefined) return this.apiKeys.verify(apiKey);
    // Whoever shows both leaves open in whose name the request is meant.
    const token = apiKey === undefined ? BEARER.exec(authorization!)?.[1] : undefined;
    if (token === undefined) throw authRequired();
    return this.accountOf(token);
  }

  private async accountOf(token: string): Promise<AccountActor> {
    const { sessionId, accountId, generation } = await this.tokens.verify(token);
    const [row] = await this.database.rows({ text: SIGNED_IN, values: [sessionId, accountId, generation] });
    if (!row) throw authRequired();
    return { ...accountActor(this.config, row), sessionId };
  }
}
