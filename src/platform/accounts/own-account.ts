import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { authRequired } from '../../infra/http/route.guard.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { invalid, problem } from '../../kernel/problems.js';
import { jsonReply, versionOfTag } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { personOf } from '../auth/own-sessions.js';
import { Sessions } from '../auth/sessions.js';
import { grantOf } from '../auth/sign-in.js';
import { ACCESS_SECONDS } from '../auth/signing-keys.js';
import { Mailer } from '../mail/mailer.js';
import { accountReply } from './account-views.js';
import { Accounts } from './accounts.js';
import { Passwords } from './passwords.js';
import { OwnChange, PasswordChange } from './shapes.js';

/** What people do with their own account. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly trail: Trail,
    private readonly mailer: Mailer,
  ) {}

  get(ask: Ask): Promise<Reply> {
    return this.database.transaction((manager) => accountReply(manager, ask, personOf(ask.actor).id));
  }

  /**
   * Changes one's name or preferred language; absent members stay, and so does the other language of the name.
   * @throws `request.invalid`, `resource.precondition-required`, `resource.stale`
   */
  update(ask: Ask): Promise<Reply> {
    const { id } = personOf(ask.actor);
    const patch = shapeBody(OwnChange, ask.body);
    return this.database.transaction(async (manager) => {
      const before = await this.accounts.lock(manager, id);
      if (!before) throw authRequired();
      mustBeOfVersion(ask, before.version);
      const name = { zh: before.nameZh, ru: before.nameRu, ...patch.name };
      if (patch.name === null || (!name.zh && !name.ru)) throw invalid([{ pointer: '/name', code: 'no-language' }]);
      const language = patch.language === undefined ? before.language : patch.language;
      await manager.query(
        `update account set name_zh = $2, name_ru = $3, language = $4, version = version + 1, updated_at = now()
         where id = $1`,
        [id, name.zh ?? null, name.ru ?? null, language],
      );
      const object = { resource: 'account', id, version: before.version + 1 };
      const personal = { name: [name.zh, name.ru].filter(Boolean).join(' / ') };
      await this.trail.record(manager, {
        ...{ actor: ask.actor, action: 'account.update', object, origin: ask.origin, personal },
        before: { language: before.language },
        after: { language },
      });
      return accountReply(manager, ask, id);
    });
  }

  /**
   * Sets a new password and signs out everywhere but here; the old access tokens end, and the answer holds a new one.
   * @throws `request.invalid` where the current password is another
   */
  async changePassword(ask: Ask): Promise<Reply> {
    const { id, sessionId } = personOf(ask.actor);
    const body = shapeBody(PasswordChange, ask.body);
    const before = await this.database.transaction((manager) => this.accounts.lock(manager, id));
    if (!before) throw authRequired();
    const isTheirs = await this.passwords.matches(before.passwordHash, body.current);
    if (!isTheirs) throw invalid([{ pointer: '/current', code: 'invalid-value' }]);
    const hashed = await this.passwords.hash(body.new);
    const accessToken = await this.database.transaction(async (manager) => {
      const account = await this.accounts.lock(manager, id);
      if (account?.passwordHash !== before.passwordHash || !sessionId) throw authRequired();
      await this.accounts.setPassword(manager, id, hashed);
      await this.sessions.end(manager, id, 'password', { except: sessionId });
      const object = { resource: 'account', id };
      await this.trail.record(manager, { actor: ask.actor, action: 'password.change', object, origin: ask.origin });
      await this.mailer.send(manager, { to: account.email, kind: 'password-changed', language: account.language });
      return this.sessions.renew(manager, { ...account, tokenGeneration: account.tokenGeneration + 1 }, sessionId);
    });
    return jsonReply(JSON.stringify(grantOf({ accessToken, expiresIn: ACCESS_SECONDS })), ask.choice);
  }
}

/**
 * The version that the asker has seen must be the one that is stored.
 * @throws `resource.precondition-required`, `resource.stale`
 */
export const mustBeOfVersion = ({ ifMatch }: Ask, version: number): void => {
  if (ifMatch === undefined) throw problem('resource.precondition-required');
  if (versionOfTag(ifMatch) !== version) throw problem('resource.stale', { values: { version } });
};
