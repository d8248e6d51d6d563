import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Origin } from '../../kernel/exchange.js';
import type { ProblemCode } from '../../kernel/problems.js';
import { Trail } from '../audit/trail.js';
import { Afterwards } from './afterwards.js';

/** Failures of one account and reason within this time make one entry. */
const WINDOW = `interval '1 minute'`;

type Failure = { accountId: string | null; reason: ProblemCode };
type Counted = { untold: number; due: boolean };

/** Adds one and keeps the row until the transaction ends; the first failure of all is due at once. */
const COUNT = `insert into failed_sign_in as f (key, account_id, reason, untold, told_at)
  values ($1, $2, $3, 1, '-infinity') on conflict (key) do update set untold = f.untold + 1
  returning untold, told_at <= now() - ${WINDOW} as due`;

const TOLD = 'update failed_sign_in set untold = 0, told_at = now() where key = $1';

const OVERDUE = `select key, account_id as "accountId", reason, untold from failed_sign_in
  where untold > 0 and told_at <= now() - ${WINDOW} for update skip locked`;

const FORGET = `delete from failed_sign_in where untold = 0 and told_at < now() - interval '1 day'`;

/**
 * Sign-ins that failed, in the trail. A flood cannot make it grow without bound: each account has at most one entry a
 * minute for each reason, which says how many failures there were since the last, and all addresses without an account
 * have one together. What was typed as an address is written down nowhere: it may be somebody's password.
 */
@Injectable()
export class FailedSignIns {
  constructor(
    private readonly database: Database,
    private readonly trail: Trail,
    private readonly afterwards: Afterwards,
  ) {}

  /** Notes a failure once the answer is out, so that its time does not tell whether there is an account (D61). */
  note(failure: Failure, origin: Origin): void {
    this.afterwards.run('failed sign-in', () =>
      this.database.transaction((manager) => this.count(manager, failure, origin)),
    );
  }

  /** Tells the trail of failures that no further one has brought there, and forgets those that were told. */
  async tidy(manager: EntityManager): Promise<void> {
    const overdue = (await manager.query(OVERDUE)) as (Failure & { key: string; untold: number })[];
    for (const { key, untold, ...failure } of overdue) await this.tell(manager, key, failure, untold);
    await manager.query(FORGET);
  }

  private async count(manager: EntityManager, failure: Failure, origin: Origin): Promise<void> {
    const { accountId, reason } = failure;
    const key = `${accountId ?? 'none'} ${reason}`;
    const [counted] = (await manager.query(COUNT, [key, accountId, reason])) as Counted[];
    if (counted!.due) await this.tell(manager, key, failure, counted!.untold, origin);
  }

  private async tell(manager: EntityManager, key: string, failure: Failure, attempts: number, origin?: Origin) {
    const { accountId, reason } = failure;
    await manager.query(TOLD, [key]);
    await this.trail.record(manager, {
      actor: { kind: 'anonymous' },
      action: 'session.open.refused',
      after: { attempts },
      reason,
      ...(accountId && { object: { resource: 'account', id: accountId } }),
      ...(origin && { origin }),
    });
  }
}
