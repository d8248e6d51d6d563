import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { emailOf } from '../../kernel/email.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { type Problem, type ProblemCode, problem } from '../../kernel/problems.js';
import { jsonReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { type AccountRow, Accounts } from '../accounts/accounts.js';
import { Passwords } from '../accounts/passwords.js';
import { SecondFactors } from '../accounts/second-factors.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { refreshTokenOf } from './refresh-cookie.js';
import { type OpenedSession, Sessions } from './sessions.js';
import { type AccessGrant, NewSession, type SessionGrant } from './shapes.js';

/** The part of an opened session that stands in the body of an answer. */
export const grantOf = ({ accessToken, expiresIn }: Pick<OpenedSession, 'accessToken' | 'expiresIn'>): AccessGrant => ({
  accessToken,
  expiresIn,
  tokenType: 'Bearer',
});

/** Signing in with a password, and carrying a session on. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
    private readonly sessions: Sessions,
    private readonly failures: FailedSignIns,
  ) {}

  /**
   * Opens a session. Which of address and password is wrong is told neither by the answer nor by its time, and an
   * account that is not active is like none (hardening D61).
   * @throws `auth.invalid-credentials`, `auth.code-required` where the second factor's code is missing or wrong
   */
  async open(ask: Ask): Promise<Reply> {
    const { email, password, code } = shapeBody(NewSession, ask.body);
    const found = await this.database.transaction((manager) => this.accounts.findByEmail(manager, emailOf(email)!));
    const passwordHash = found?.state === 'active' ? found.passwordHash : null;
    const isTheirs = await this.passwords.matches(passwordHash, password);
    if (!found || !isTheirs) throw this.refusal(ask, 'auth.invalid-credentials', found);
    return this.openFor(ask, found, code ?? undefined);
  }

  /** @throws `auth.required` */
  async refresh(ask: Ask): Promise<Reply> {
    const opened = await this.sessions.refresh(refreshTokenOf(ask.cookies), ask.origin);
    return { ...jsonReply(JSON.stringify(grantOf(opened)), ask.choice), status: 201, headers: cookieOf(opened) };
  }

  private async openFor(ask: Ask, found: AccountRow, code: string | undefined): Promise<Reply> {
    // That a code was wrong is remembered, so the refusal follows the transaction.
    const outcome = await this.database.transaction(async (manager) => {
      const account = await this.accounts.lock(manager, found.id);
      // While the password was looked at another may have been set, or the account closed.
      if (account?.state !== 'active' || account.passwordHash !== found.passwordHash) return undefined;
      const factor = await this.factors.check(manager, account.id, code);
      if (factor === 'refused') return factor;
      return { factor, opened: await this.sessions.open(manager, account.id, ask.origin, ask.userAgent) };
    });
    if (outcome === undefined) throw this.refusal(ask, 'auth.invalid-credentials', found);
    // Whoever has sent no code yet is asked for it, and has failed at nothing.
    if (outcome === 'refused' && code === undefined) throw problem('auth.code-required');
    if (outcome === 'refused') throw this.refusal(ask, 'auth.code-required', found);
    const { opened, factor } = outcome;
    const body: SessionGrant = { ...grantOf(opened), secondFactor: opened.owesSecondFactor ? 'owed' : factor };
    return { ...jsonReply(JSON.stringify(body), ask.choice), status: 201, headers: cookieOf(opened) };
  }

  /** A refusal that the trail is told of. */
  private refusal({ origin }: Ask, reason: ProblemCode, account: AccountRow | undefined): Problem {
    this.failures.note({ accountId: account?.id ?? null, reason }, origin);
    return problem(reason);
  }
}

const cookieOf = ({ cookie }: OpenedSession) => ({ 'Set-Cookie': cookie });
