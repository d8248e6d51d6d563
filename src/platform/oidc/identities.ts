import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { emailOf } from '../../kernel/email.js';
import type { Origin } from '../../kernel/exchange.js';
import { type AccountRow, Accounts, actorOf } from '../accounts/accounts.js';
import { Trail } from '../audit/trail.js';
import type { Identity } from './open-id-provider.js';

/** Whose account an identity of the OpenID provider is. Accounts are never made here. */
@Injectable()
export class Identities {
  constructor(
    private readonly accounts: Accounts,
    private readonly trail: Trail,
  ) {}

  /**
   * The account that may be opened for an identity: the one it is linked with, else the one of its verified address,
   * which is linked from now on.
   * @returns nothing for an account that is not active or belongs to another subject, and for one with a second
   *   factor where the provider asked for none: its owner has to come in with password and code
   */
  async accountFor(manager: EntityManager, identity: Identity, origin: Origin): Promise<string | undefined> {
    const linked = await linkedAccount(manager, identity);
    const id = linked ?? (await this.idByAddress(manager, identity));
    const account = id === undefined ? undefined : await this.accounts.lock(manager, id);
    if (account?.state !== 'active') return undefined;
    if (!identity.severalFactors && (await hasSecondFactor(manager, account.id))) return undefined;
    const isTheirs = linked !== undefined || (await this.link(manager, account, identity, origin));
    return isTheirs ? account.id : undefined;
  }

  private async idByAddress(manager: EntityManager, { email }: Identity): Promise<string | undefined> {
    const address = emailOf(email);
    return address === undefined ? undefined : (await this.accounts.findByEmail(manager, address))?.id;
  }

  /** @returns whether the account is this subject's now; not where it is another's already */
  private async link(
    manager: EntityManager,
    account: AccountRow,
    identity: Identity,
    origin: Origin,
  ): Promise<boolean> {
    const { issuer, subject } = identity;
    const linked = (await manager.query(
      `insert into account_identity (issuer, subject, account_id, linked_at) values ($1, $2, $3, now())
       on conflict do nothing returning subject`,
      [issuer, subject, account.id],
    )) as unknown[];
    if (linked.length === 0) return false;
    await this.trail.record(manager, {
      actor: actorOf(account),
      action: 'account.link',
      object: { resource: 'account', id: account.id },
      after: { issuer },
      personal: { subject },
      origin,
    });
    return true;
  }
}

const linkedAccount = async (manager: EntityManager, { issuer, subject }: Identity): Promise<string | undefined> => {
  const [row] = (await manager.query(
    'select account_id as id from account_identity where issuer = $1 and subject = $2',
    [issuer, subject],
  )) as { id: string }[];
  return row?.id;
};

const hasSecondFactor = async (manager: EntityManager, accountId: string): Promise<boolean> => {
  const [row] = (await manager.query(
    'select exists (select from second_factor where account_id = $1 and confirmed_at is not null) as set',
    [accountId],
  )) as { set: boolean }[];
  return row!.set;
};
