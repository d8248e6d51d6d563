import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { seal, unseal } from '../../infra/config/sealing.js';
import { Database } from '../../infra/database/database.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { emailOf } from '../../kernel/email.js';
import type { Ask, Origin, Reply } from '../../kernel/exchange.js';
import { newId } from '../../kernel/ids.js';
import { problem } from '../../kernel/problems.js';
import { emptyReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { Sessions } from '../auth/sessions.js';
import { once } from '../jobs/job-effects.js';
import { HopelessJob, type JobOptions } from '../jobs/job-kinds.js';
import { Jobs } from '../jobs/jobs.js';
import { Mailer } from '../mail/mailer.js';
import { Accounts, actorOf } from './accounts.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { Passwords } from './passwords.js';
import { PasswordReset, ResetPassword } from './shapes.js';

const ISSUE = 'account.password-reset';

const ISSUE_OPTIONS: JobOptions = { retries: 8, retryDelaySeconds: 5, longestDelaySeconds: 600, expiresSeconds: 60 };

/** A wish for a new password as it waits; the address and where it came from are sealed. */
type Wish = { id: string; sealed: string };

/** A new password for somebody who has forgotten the old one, by way of the mail box. */
@Injectable()
export class PasswordResets {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly tokens: OneTimeTokens,
    private readonly sessions: Sessions,
    private readonly trail: Trail,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
    @Inject(CONFIG) config: Config,
  ) {
    this.key = derivedKey(config.secretKey, 'mail');
    jobs.define<Wish>({ name: ISSUE, options: ISSUE_OPTIONS, handle: ({ data }) => this.issue(data) });
  }

  /**
   * Only writes the wish down, the same for every address: what depends on whether it is known is a job's and
   * happens after the answer (hardening D62).
   */
  async ask({ body, origin }: Ask): Promise<Reply> {
    const { email } = shapeBody(PasswordReset, body);
    const id = newId();
    const wish: Wish = { id, sealed: seal(this.key, JSON.stringify({ email: emailOf(email)!, origin }), id) };
    await this.database.transaction((manager) => this.jobs.enqueue(manager, ISSUE, wish));
    return emptyReply(202);
  }

  /**
   * Sets the password and ends every session.
   * @throws `account.token-unknown`, `account.token-expired`
   */
  async reset(ask: Ask): Promise<Reply> {
    const { token, password } = shapeBody(ResetPassword, ask.body);
    const hashed = await this.passwords.hash(password);
    await this.database.transaction(async (manager) => {
      const id = await this.tokens.use(manager, token, 'password-reset');
      const found = await this.accounts.lock(manager, id);
      if (found?.state !== 'active') throw problem('account.token-expired');
      await this.accounts.setPassword(manager, id, hashed);
      await this.sessions.end(manager, id, 'password');
      const object = { resource: 'account', id };
      await this.trail.record(manager, { actor: actorOf(found), action: 'password.reset', object, origin: ask.origin });
      await this.mailer.send(manager, { to: found.email, kind: 'password-changed', language: found.language });
    });
    return emptyReply();
  }

  /** A second try of the same wish must not void the code of the first. */
  private async issue({ id, sealed }: Wish): Promise<void> {
    const opened = unseal(this.key, sealed, id);
    if (opened === undefined) throw new HopelessJob('the wish was sealed with another secret key');
    const { email, origin } = JSON.parse(opened) as { email: string; origin: Origin };
    await this.database.transaction(async (manager) => {
      await once(manager, `${ISSUE}/${id}`, () => this.send(manager, email, origin));
    });
  }

  private async send(manager: EntityManager, email: string, origin: Origin): Promise<void> {
    const account = await this.accounts.findByEmail(manager, email);
    if (account?.state !== 'active') return;
    const object = { resource: 'account', id: account.id };
    await this.trail.record(manager, { actor: { kind: 'anonymous' }, action: 'password.forget', object, origin });
    const code = await this.tokens.issue(manager, account.id, 'password-reset');
    const { language } = account;
    await this.mailer.send(manager, { to: email, kind: 'password-reset', language, values: { code } });
  }
}
