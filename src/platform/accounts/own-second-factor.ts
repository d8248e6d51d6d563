import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { authRequired } from '../../infra/http/route.guard.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { invalid } from '../../kernel/problems.js';
import { emptyReply, jsonReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { personOf } from '../auth/own-sessions.js';
import { Accounts } from './accounts.js';
import { SecondFactors } from './second-factors.js';
import { SecondFactorCode } from './shapes.js';

const wrongCode = () => invalid([{ pointer: '/code', code: 'invalid-value' }]);

/** What people do with their own second factor: set it up, show that it works, give it up. */
@Injectable()
export class OwnSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly factors: SecondFactors,
    private readonly trail: Trail,
  ) {}

  /** @throws `account.second-factor-set` */
  begin(ask: Ask): Promise<Reply> {
    return this.database.transaction(async (manager) => {
      const account = await this.accounts.lock(manager, personOf(ask.actor).id);
      if (!account) throw authRequired();
      const setup = await this.factors.begin(manager, account.id, account.email);
      return { ...jsonReply(JSON.stringify(setup), ask.choice), status: 201 };
    });
  }

  /**
   * Makes it count once a code of it was shown; the answer tells the recovery codes, this once.
   * @throws `request.invalid` for a wrong code, `account.second-factor-set`
   */
  confirm(ask: Ask): Promise<Reply> {
    const { code } = shapeBody(SecondFactorCode, ask.body);
    return this.database.transaction(async (manager) => {
      const codes = await this.factors.confirm(manager, personOf(ask.actor).id, code);
      if (!codes) throw wrongCode();
      await this.tell(manager, ask, 'second-factor.enable');
      const recoveryCodes = codes.map((one) => ({ code: one }));
      return { ...jsonReply(JSON.stringify({ recoveryCodes }), ask.choice), status: 201 };
    });
  }

  /** @throws `request.invalid` for a wrong code, or where there is no second factor */
  async remove(ask: Ask): Promise<Reply> {
    const { code } = shapeBody(SecondFactorCode, ask.body);
    const { id } = personOf(ask.actor);
    // That a code was wrong is remembered, so the refusal follows the transaction.
    const isTheirs = await this.database.transaction(async (manager) => {
      if ((await this.factors.check(manager, id, code)) !== 'verified') return false;
      await this.factors.remove(manager, id);
      await this.tell(manager, ask, 'second-factor.disable');
      return true;
    });
    if (!isTheirs) throw wrongCode();
    return emptyReply();
  }

  private tell(manager: EntityManager, { actor, origin }: Ask, action: string): Promise<void> {
    const object = { resource: 'account', id: personOf(actor).id };
    return this.trail.record(manager, { actor, action, object, origin });
  }
}
