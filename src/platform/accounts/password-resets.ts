import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { emailOf } from '../../kernel/email.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';
import { emptyReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { Sessions } from '../auth/sessions.js';
import { Afterwards } from '../mail/afterwards.js';
import { Mailer } from '../mail/mailer.js';
import { Accounts, actorOf } from './accounts.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { Passwords } from './passwords.js';
import { PasswordReset, ResetPassword } from './shapes.js';

/** A new password for somebody who has forgotten the old one, by way of the mail box. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly tokens: OneTimeTokens,
    private readonly sessions: Sessions,
    private readonly trail: Trail,
    private readonly mailer: Mailer,
    private readonly afterwards: Afterwards,
  ) {}

  /** Everything that depends on whether the address is known happens after the answer (hardening D62). */
  ask(ask: Ask): Reply {
    const { email } = shapeBody(PasswordReset, ask.body);
    this.afterwards.run('password reset', () => this.issue(ask, emailOf(email)!));
    return emptyReply(202);
  }

  /**
   * Sets the password and ends every session.
   * @throws `account.token-unknown`, `account.token-expired`
   */
  async reset(ask: Ask): Promise<Reply> {
    const { token, password } = shapeBody(ResetPassword, ask.body);
    const hashed = await this.passwords.hash(password);
    const account = await this.database.transaction(async (manager) => {
      const id = await this.tokens.use(manager, token, 'password-reset');
      const found = await this.accounts.lock(manager, id);
      if (found?.state !== 'active') throw problem('account.token-expired');
      await this.accounts.setPassword(manager, id, hashed);
      await this.sessions.end(manager, id, 'password');
      const object = { resource: 'account', id };
      await this.trail.record(manager, { actor: actorOf(found), action: 'password.reset', object, origin: ask.origin });
      return found;
    });
    this.mailer.send({ to: account.email, kind: 'password-changed', language: account.language });
    return emptyReply();
  }

  private async issue({ origin }: Ask, email: string): Promise<void> {
    const issued = await this.database.transaction(async (manager) => {
      const account = await this.accounts.findByEmail(manager, email);
      if (account?.state !== 'active') return undefined;
      const object = { resource: 'account', id: account.id };
      await this.trail.record(manager, { actor: { kind: 'anonymous' }, action: 'password.forget', object, origin });
      return { account, code: await this.tokens.issue(manager, account.id, 'password-reset') };
    });
    if (!issued) return;
    const { account, code } = issued;
    this.mailer.send({ to: email, kind: 'password-reset', language: account.language, values: { code } });
  }
}
