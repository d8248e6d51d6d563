import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { emailOf } from '../../kernel/email.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';
import { emptyReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { Mailer } from '../mail/mailer.js';
import { Accounts } from './accounts.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { Passwords } from './passwords.js';
import { Confirmation, Registration } from './shapes.js';

/** Investors make their accounts themselves and show by mail that the address is theirs. */
@Injectable()
export class Registrations {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly tokens: OneTimeTokens,
    private readonly trail: Trail,
    private readonly mailer: Mailer,
  ) {}

  /** The answer is the same whether the address has an account or not; its owner learns it by mail. */
  async register(ask: Ask): Promise<Reply> {
    const body = shapeBody(Registration, ask.body);
    const email = emailOf(body.email)!;
    const passwordHash = await this.passwords.hash(body.password);
    const language = body.language ?? null;
    await this.database.transaction(async (manager) => {
      const code = await this.begin(manager, ask, body, email, passwordHash);
      // Either way there is one letter: what it says is nobody's but the reader's.
      const letter = code
        ? ({ kind: 'registration', values: { code } } as const)
        : { kind: 'registration-known' as const };
      await this.mailer.send(manager, { to: email, language, ...letter });
    });
    return emptyReply(202);
  }

  /** @throws `account.token-unknown`, `account.token-expired` */
  confirm(ask: Ask): Promise<Reply> {
    const { token } = shapeBody(Confirmation, ask.body);
    return this.database.transaction(async (manager) => {
      const id = await this.tokens.use(manager, token, 'registration');
      const account = await this.accounts.lock(manager, id);
      if (account?.state !== 'invited') throw problem('account.token-expired');
      await manager.query(
        `update account set state = 'active', version = version + 1, updated_at = now() where id = $1`,
        [id],
      );
      const object = { resource: 'account', id, version: account.version + 1 };
      const { actor, origin } = ask;
      await this.trail.record(manager, { actor, action: 'registration.confirm', object, origin });
      return emptyReply();
    });
  }

  /** @returns the token to confirm with; none where the address has an account */
  private async begin(
    manager: EntityManager,
    ask: Ask,
    { name, side, language = null }: Registration,
    email: string,
    passwordHash: string,
  ): Promise<string | undefined> {
    // One that nobody has confirmed gives way: whoever holds the mail box decides.
    await manager.query(`delete from account where email = $1 and state = 'invited'`, [email]);
    if (await this.accounts.findByEmail(manager, email)) return undefined;
    const standing = { roles: ['investor' as const], side, organizationId: null, translatesInto: [] };
    const account = { ...standing, email, name, language, passwordHash, state: 'invited' as const };
    const id = await this.accounts.insert(manager, account);
    const { actor, origin } = ask;
    await this.trail.record(manager, {
      ...{ actor, action: 'registration.create', origin, after: standing },
      object: { resource: 'account', id, version: 1 },
      personal: { email, name: [name.zh, name.ru].filter(Boolean).join(' / ') },
    });
    return this.tokens.issue(manager, id, 'registration');
  }
}
