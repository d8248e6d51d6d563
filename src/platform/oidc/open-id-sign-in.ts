import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { CONFIG } from '../../infra/http/tokens.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';
import { newToken, tokenHash } from '../auth/secret-tokens.js';
import { Sessions } from '../auth/sessions.js';
import { browserCookie, browserOf, SIGN_IN_SECONDS } from './browser-cookie.js';
import { Identities } from './identities.js';
import { localPath } from './local-path.js';
import { type Binding, OpenIdProvider } from './open-id-provider.js';

const DEFAULT_RETURN = '/docs';

const redirect = (status: 302 | 303, location: string, cookies: readonly string[]): Reply => ({
  status,
  location,
  body: Buffer.alloc(0),
  languages: [],
  headers: { 'Set-Cookie': cookies },
});

/** Signing in through the configured OpenID provider: sending the browser there, and taking it back. */
@Injectable()
export class OpenIdSignIn {
  constructor(
    private readonly database: Database,
    private readonly provider: OpenIdProvider,
    private readonly identities: Identities,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Sends the browser to the provider. Of two sign-ins that one browser begins only the later one can be finished.
   * @throws `request.invalid-parameter` for a `returnTo` that is no place on this portal, `server.unavailable`
   */
  async begin({ parameters, choice }: Ask): Promise<Reply> {
    const returnTo = localPath(parameters.get('returnTo') ?? DEFAULT_RETURN);
    if (returnTo === undefined) {
      throw problem('request.invalid-parameter', { errors: [{ parameter: 'returnTo', code: 'invalid-value' }] });
    }
    const browser = newToken();
    const binding = { state: newToken(), nonce: newToken(), verifier: newToken() };
    const location = await this.provider.authorizationUrl(binding, choice);
    await this.database.transaction((manager) => keep(manager, binding, browser, returnTo));
    return redirect(302, location, [browserCookie(browser, this.config.publicUrl)]);
  }

  /**
   * Takes the browser back and opens a session. What was begun can be finished once, however it ends.
   * @throws `auth.sign-in-failed` where anything of the answer is not as it should be or no account is theirs,
   *   `server.unavailable`
   */
  async finish(ask: Ask): Promise<Reply> {
    const state = ask.parameters.get('state') ?? '';
    const begun = await this.database.transaction((manager) => take(manager, state, browserOf(ask.cookies)));
    if (!begun) throw problem('auth.sign-in-failed');
    const identity = await this.provider.identify(ask.parameters, { ...begun, state });
    const opened = await this.database.transaction(async (manager) => {
      const accountId = await this.identities.accountFor(manager, identity, ask.origin);
      return accountId && this.sessions.open(manager, accountId, ask.origin, ask.userAgent);
    });
    if (!opened) throw problem('auth.sign-in-failed');
    return redirect(303, begun.returnTo, [opened.cookie, browserCookie('', this.config.publicUrl)]);
  }
}

const keep = (manager: EntityManager, { state, nonce, verifier }: Binding, browser: string, returnTo: string) =>
  manager.query(
    `insert into pending_sign_in (state_hash, browser_hash, nonce, verifier, return_to, expires_at)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 second')`,
    [tokenHash(state), tokenHash(browser), nonce, verifier, returnTo, SIGN_IN_SECONDS],
  );

type Begun = { nonce: string; verifier: string; returnTo: string };

/** What the browser has begun; whoever comes second finds nothing, and another browser takes nothing away. */
const take = async (manager: EntityManager, state: string, browser: string): Promise<Begun | undefined> => {
  const [rows] = (await manager.query(
    `delete from pending_sign_in where state_hash = $1 and browser_hash = $2 and expires_at > now()
     returning nonce, verifier, return_to as "returnTo"`,
    [tokenHash(state), tokenHash(browser)],
  )) as [Begun[], number];
  return rows[0];
};
