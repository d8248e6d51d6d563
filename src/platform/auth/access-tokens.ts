import { Inject, Injectable } from '@nestjs/common';
import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { authRequired } from '../../infra/http/route.guard.js';
import { PUBLIC_URL } from '../../infra/http/tokens.js';
import { isId } from '../../kernel/ids.js';
import { ACCESS_SECONDS, SIGNING_ALGORITHM, SigningKeys } from './signing-keys.js';

/** Type of an access token (RFC 9068): no other signed thing passes for one. */
const TYPE = 'at+jwt';
/** A longer token is not read. */
const LONGEST = 4_096;
/** Header members that a token of this portal has; one with others was made elsewhere. */
const HEADER: readonly string[] = ['alg', 'typ', 'kid'];

/** What an access token says: whose it is, of which session, and of which generation of the account's tokens. */
export type TokenClaims = { accountId: string; sessionId: string; generation: number };

/**
 * Access tokens: short-lived statements about a session, signed so that another process can read them. They grant
 * nothing by themselves: on each request the session and the account are looked up (`PortalAuthenticator`).
 */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  async sign({ accountId, sessionId, generation }: TokenClaims): Promise<string> {
    const { kid, key } = await this.keys.signing();
    return new SignJWT({ sid: sessionId, gen: generation })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: TYPE, kid })
      .setIssuer(this.publicUrl)
      .setAudience(this.audience)
      .setSubject(accountId)
      .setIssuedAt()
      .setExpirationTime(`${ACCESS_SECONDS}s`)
      .sign(key);
  }

  /** @throws `auth.required` for anything but an access token of this portal that is good now (hardening D59) */
  async verify(token: string): Promise<TokenClaims> {
    if (token.length > LONGEST) throw authRequired();
    const claims = claimsOf(await this.payloadOf(token));
    if (!claims) throw authRequired();
    return claims;
  }

  private get audience(): string {
    return `${this.publicUrl}/api/v1`;
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    let fault: unknown;
    try {
      const { payload } = await jwtVerify(
        token,
        async (header) => {
          const isOurs = Object.keys(header).every((name) => HEADER.includes(name)) && isId(header.kid);
          // That the table cannot be read is no fault of the token.
          const key = isOurs
            ? await this.keys.find(header.kid!).catch((error: unknown) => {
                fault = error;
              })
            : undefined;
          if (!key) throw authRequired();
          return key;
        },
        {
          algorithms: [SIGNING_ALGORITHM],
          typ: TYPE,
          issuer: this.publicUrl,
          audience: this.audience,
          requiredClaims: ['iat', 'exp', 'sub'],
        },
      );
      return payload;
    } catch {
      throw fault ?? authRequired();
    }
  }
}

const claimsOf = ({ sub, sid, gen }: JWTPayload): TokenClaims | undefined =>
  isId(sub) && isId(sid) && Number.isInteger(gen)
    ? { accountId: sub, sessionId: sid, generation: gen as number }
    : undefined;
