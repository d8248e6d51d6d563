import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Author } from '../../kernel/actor.js';
import type { Ask, Origin, Reply } from '../../kernel/exchange.js';
import { isId } from '../../kernel/ids.js';
import { invalid, problem } from '../../kernel/problems.js';
import { isVocabularyCode, type VocabularyName } from '../../kernel/vocabularies.js';
import type { Body } from '../../resource/body.js';
import { Cursors } from '../../resource/cursor.js';
import { type PageRow, pageAnswer, pageAsk } from '../../resource/paging.js';
import { shapeBody } from '../../resource/shape-body.js';
import { Trail } from '../audit/trail.js';
import { Sessions } from '../auth/sessions.js';
import type { AccountState } from './account.entity.js';
import { accountReply, accountSql } from './account-views.js';
import { type AccountRow, Accounts, type Standing } from './accounts.js';
import { mustBeOfVersion } from './own-account.js';
import { AccountChange } from './shapes.js';
import { mustStand } from './standing.js';

/** Filters of the list, and what each takes. */
const FILTERS: Readonly<Record<string, VocabularyName | 'id'>> = {
  side: 'side',
  role: 'role',
  state: 'accountState',
  organization: 'id',
};

type Target = Standing & { state: AccountState };

/** The accounts as administrators see and change them. */
@Injectable()
export class AccountDirectory {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly cursors: Cursors,
    private readonly trail: Trail,
  ) {}

  /** @throws `request.invalid-parameter`, `request.invalid-cursor` */
  async list(ask: Ask): Promise<Reply> {
    const filters = Object.entries(FILTERS).map(([name, kind]) => filterOf(ask, name, kind));
    const page = pageAsk(ask, this.cursors, ['accounts', ask.choice, ...filters]);
    const rows = await this.database.transaction(
      (manager) =>
        manager.query(
          `select a.id, ${accountSql(ask)} as json from account a
           where ($1::text is null or a.side = $1) and ($2::text is null or $2 = any (a.roles))
             and ($3::text is null or a.state = $3) and ($4::uuid is null or a.organization_id = $4)
             and ($5::uuid is null or a.id > $5) order by a.id limit $6`,
          [...filters, page.after, page.limit + 1],
        ) as Promise<PageRow[]>,
    );
    return pageAnswer(ask, this.cursors, page, rows);
  }

  /** @throws `resource.not-found` */
  get(ask: Ask, id: string): Promise<Reply> {
    return this.database.transaction((manager) => accountReply(manager, ask, id));
  }

  /**
   * Changes what somebody may do; it holds from that account's next request.
   * @throws `resource.not-found`, `resource.precondition-required`, `resource.stale`, `request.invalid`,
   *   `account.last-administrator`
   */
  update(ask: Ask, id: string): Promise<Reply> {
    const { reason, ...patch } = shapeBody(AccountChange, ask.body);
    return this.database.transaction(async (manager) => {
      await lockAdministrators(manager);
      const before = await this.accounts.lock(manager, id);
      if (!before) throw problem('resource.not-found');
      mustBeOfVersion(ask, before.version);
      await this.change(manager, before, targetOf(before, patch), ask.actor, { origin: ask.origin, reason });
      return accountReply(manager, ask, id);
    });
  }

  /** The same, for whoever has locked the account and knows what it shall be. */
  async change(
    manager: EntityManager,
    before: AccountRow,
    after: Target,
    actor: Author,
    told: { origin?: Origin; reason?: object | null | undefined } = {},
  ): Promise<void> {
    await mustStand(manager, after);
    await mustLeaveAnAdministrator(manager, before, after);
    const { roles, side, organizationId, translatesInto, state } = after;
    await manager.query(
      `update account set roles = $2, side = $3, organization_id = $4, translates_into = $5, state = $6,
         version = version + 1, updated_at = now() where id = $1`,
      [before.id, roles, side, organizationId, translatesInto, state],
    );
    const isClosed = state === 'disabled' && before.state !== 'disabled';
    if (isClosed) await this.sessions.end(manager, before.id, 'disabled');
    await this.trail.record(manager, {
      actor,
      action: isClosed ? 'account.disable' : 'account.update',
      object: { resource: 'account', id: before.id, version: before.version + 1 },
      before: bodyOf(before),
      after: bodyOf(after),
      ...(told.reason && { reason: told.reason as Body }),
      ...(told.origin && { origin: told.origin }),
    });
  }
}

const filterOf = ({ parameters }: Ask, name: string, kind: VocabularyName | 'id'): string | null => {
  const value = parameters.get(name);
  if (value === undefined) return null;
  if (kind === 'id' ? isId(value) : isVocabularyCode(kind, value)) return value;
  throw problem('request.invalid-parameter', { errors: [{ parameter: name, code: 'invalid-value' }] });
};

/** What the account shall be: absent members stay. */
const targetOf = (before: AccountRow, patch: AccountChange): Target => {
  const { roles, side, organization, translatesInto, state } = patch;
  if (state === 'invited') throw invalid([{ pointer: '/state', code: 'invalid-value' }]);
  return {
    roles: roles ?? before.roles,
    side: side ?? before.side,
    organizationId: organization === undefined ? before.organizationId : (organization?.id ?? null),
    translatesInto: translatesInto === undefined ? before.translatesInto : (translatesInto ?? []),
    state: state ?? before.state,
  };
};

const bodyOf = ({ roles, side, organizationId, translatesInto, state }: Target): Body => ({
  ...{ roles, side, translatesInto, state },
  organization: organizationId === null ? null : { id: organizationId },
});

const isAdministrator = ({ roles, state }: Target): boolean => state === 'active' && roles.includes('administrator');

/** Two administrators who dismiss each other come one after the other. */
export const lockAdministrators = (manager: EntityManager): Promise<unknown> =>
  manager.query(
    `select id from account where state = 'active' and 'administrator' = any (roles) order by id for update`,
  );

const mustLeaveAnAdministrator = async (manager: EntityManager, before: AccountRow, after: Target): Promise<void> => {
  if (!isAdministrator(before) || isAdministrator(after)) return;
  const others = (await manager.query(
    `select id from account where state = 'active' and 'administrator' = any (roles) and id <> $1 limit 1`,
    [before.id],
  )) as unknown[];
  if (others.length === 0) throw problem('account.last-administrator');
};
