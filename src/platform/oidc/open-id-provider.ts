import { Inject, Injectable } from '@nestjs/common';
import type * as oidc from 'openid-client';
import type { Logger } from 'pino';
import type { Config, OpenIdSettings } from '../../infra/config/config.js';
import { API_PREFIX } from '../../infra/http/route-table.js';
import { CONFIG, LOGGER } from '../../infra/http/tokens.js';
import { CONTENT_LANGUAGE, type LanguageChoice } from '../../kernel/languages.js';
import { type Problem, problem } from '../../kernel/problems.js';

/** How long the portal waits for an answer of the provider. */
const TIMEOUT_SECONDS = 5;

/** What binds the provider's answer to the question. */
export type Binding = { state: string; nonce: string; verifier: string };

/** Who the provider says has signed in. */
export type Identity = {
  issuer: string;
  subject: string;
  /** Only an address that the provider has verified. */
  email?: string;
  /** Whether the provider says that more than one factor was shown (RFC 8176). */
  severalFactors: boolean;
};

/** Values of `amr` for more than a password. */
const STRONG: readonly unknown[] = ['mfa', 'otp', 'hwk', 'swk', 'sc'];

/** Read when somebody first signs in through a provider: most portals have none. */
const library = (): Promise<typeof oidc> => import('openid-client');

/** By what the provider takes, and if it does not say, by what every provider must take. */
const credentials =
  ({ ClientSecretBasic, ClientSecretPost }: typeof oidc, secret: string): oidc.ClientAuth =>
  (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost;
    return way(secret)(server, client, body, headers);
  };

const unavailable = (cause: unknown): Problem =>
  problem('server.unavailable', { cause, headers: { 'Retry-After': '30' } });

/** Whether the provider could not be asked, rather than has refused. */
const isUnreachable = (error: unknown): boolean => {
  const { code, cause, message } = error as { code?: string; cause?: unknown; message?: string };
  if (code === 'OAUTH_TIMEOUT' || (error instanceof TypeError && message === 'fetch failed')) return true;
  return cause instanceof Response && cause.status >= 500;
};

/** The configured OpenID provider; it is asked what it can when somebody first signs in through it. */
@Injectable()
export class OpenIdProvider {
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * The address at which a person signs in.
   * @throws `server.unavailable` where the provider does not tell about itself
   */
  async authorizationUrl({ state, nonce, verifier }: Binding, choice: LanguageChoice): Promise<string> {
    const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await library();
    const parameters = {
      redirect_uri: this.callbackUrl,
      scope: 'openid email',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(choice !== 'all' && { ui_locales: CONTENT_LANGUAGE[choice] }),
    };
    return buildAuthorizationUrl(await this.configuration(), parameters).href;
  }

  /**
   * Redeems the provider's answer. State, issuer, code, nonce and the signature of the token are all checked.
   * @param parameters of the query with which the browser came back
   * @throws `auth.sign-in-failed`, `server.unavailable` where the provider cannot be asked
   */
  async identify(parameters: ReadonlyMap<string, string>, { state, nonce, verifier }: Binding): Promise<Identity> {
    const { authorizationCodeGrant } = await library();
    const configuration = await this.configuration();
    const url = new URL(this.callbackUrl);
    for (const [name, value] of parameters) url.searchParams.set(name, value);
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await authorizationCodeGrant(configuration, url, checks);
      const claims = tokens.claims()!;
      const about = claims.email === undefined ? await aboutPerson(configuration, tokens, claims.sub) : claims;
      const { email, email_verified: isVerified } = about;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        ...(isVerified === true && typeof email === 'string' && { email }),
        severalFactors: Array.isArray(claims.amr) && claims.amr.some((method) => STRONG.includes(method)),
      };
    } catch (cause) {
      if (isUnreachable(cause)) throw unavailable(cause);
      const { code, message: reason } = cause as { code?: string; message?: string };
      this.logger.warn({ code, reason }, 'the answer of the OpenID provider was refused');
      throw problem('auth.sign-in-failed', { cause });
    }
  }

  private get callbackUrl(): string {
    return `${this.config.publicUrl}/${API_PREFIX}/auth/oidc/callback`;
  }

  /** Asked for once; a provider that was away is asked again the next time. */
  private async configuration(): Promise<oidc.Configuration> {
    this.discovered ??= discover(this.config.oidc!);
    try {
      return await this.discovered;
    } catch (cause) {
      this.discovered = undefined;
      throw unavailable(cause);
    }
  }
}

const discover = async ({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<oidc.Configuration> => {
  const client = await library();
  const url = new URL(issuer);
  // The configuration allows plain HTTP on this machine only.
  const execute = url.protocol === 'http:' ? [client.allowInsecureRequests] : [];
  const options = { timeout: TIMEOUT_SECONDS, execute };
  return client.discovery(url, clientId, undefined, credentials(client, clientSecret), options);
};

/** Providers that keep the token small tell the address only here. */
const aboutPerson = async (
  configuration: oidc.Configuration,
  { access_token: accessToken }: { access_token: string },
  subject: string,
): Promise<{ email?: unknown; email_verified?: unknown }> =>
  configuration.serverMetadata().userinfo_endpoint === undefined
    ? {}
    : (await library()).fetchUserInfo(configuration, accessToken, subject);
