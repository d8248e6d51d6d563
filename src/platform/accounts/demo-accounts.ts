import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { ROLES, type Role, SIDES, type Side, SYSTEM } from '../../kernel/actor.js';
import type { LanguageMap } from '../../kernel/languages.js';
import { Trail } from '../audit/trail.js';
import { Accounts, type NewAccount } from './accounts.js';
import { Passwords } from './passwords.js';
import { randomPassword } from './random-password.js';

/** What stands in the file for one account. */
export type DemoAccount = { role: Role; side: Side; email: string; password: string };

/** Organizations of the seeds that officials and coordinators of a side act for. */
const ORGANIZATIONS: Record<Side, string> = { cn: 'org-tongjiang-gov', ru: 'org-eao-gov' };
const WITH_ORGANIZATION: readonly Role[] = ['official', 'coordinator'];

const NAMES: Record<Role, LanguageMap> = {
  investor: { zh: '演示投资者', ru: 'Инвестор (демо)' },
  official: { zh: '演示公务人员', ru: 'Должностное лицо (демо)' },
  coordinator: { zh: '演示协调员', ru: 'Координатор (демо)' },
  translator: { zh: '演示译员', ru: 'Переводчик (демо)' },
  administrator: { zh: '演示管理员', ru: 'Администратор (демо)' },
};

const emailOfDemo = (role: Role, side: Side): string => `${role}.${side}@demo.example`;

/** Name of the file in the data folder. */
export const DEMO_FILE = 'demo-accounts.json';

/**
 * Accounts of every role and side for whoever tries the portal on its embedded database. Their passwords are random
 * and stand in a file that only the owner of the data folder reads.
 */
@Injectable()
export class DemoAccounts {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly trail: Trail,
  ) {}

  /**
   * Makes the accounts and the file; once both are there nothing is touched.
   * @returns path of the file, where it was written
   */
  async prepare(dataFolder: string): Promise<string | undefined> {
    const file = join(dataFolder, DEMO_FILE);
    if (existsSync(file)) return undefined;
    const wanted = SIDES.flatMap((side) =>
      ROLES.map((role) => ({ role, side, email: emailOfDemo(role, side), password: randomPassword() })),
    );
    const hashes = await Promise.all(wanted.map(({ password }) => this.passwords.hash(password)));
    await this.database.transaction(async (manager) => {
      for (const [n, account] of wanted.entries()) await this.keep(manager, account, hashes[n]!);
    });
    // Written aside first, so that a file that is there is whole.
    writeFileSync(`${file}.new`, `${JSON.stringify(wanted, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return file;
  }

  /** A new account, or a new password for one whose file was lost. */
  private async keep(manager: EntityManager, { role, side, email }: DemoAccount, passwordHash: string): Promise<void> {
    const known = await this.accounts.findByEmail(manager, email);
    if (known) {
      await this.accounts.setPassword(manager, known.id, passwordHash);
      const object = { resource: 'account', id: known.id };
      await this.trail.record(manager, { actor: SYSTEM, action: 'password.reset', object });
      return;
    }
    const account = await this.demo(manager, role, side, { email, passwordHash });
    const id = await this.accounts.insert(manager, account);
    await this.trail.record(manager, {
      ...{ actor: SYSTEM, action: 'account.create', after: { roles: [role], side }, personal: { email } },
      object: { resource: 'account', id, version: 1 },
    });
  }

  private async demo(
    manager: EntityManager,
    role: Role,
    side: Side,
    own: Pick<NewAccount, 'email' | 'passwordHash'>,
  ): Promise<NewAccount> {
    const key = WITH_ORGANIZATION.includes(role) ? ORGANIZATIONS[side] : null;
    const [row] = (await manager.query('select record_id as id from seed_row where key = $1', [key])) as {
      id: string;
    }[];
    return {
      ...own,
      roles: [role],
      side,
      organizationId: row?.id ?? null,
      translatesInto: role === 'translator' ? [side === 'cn' ? 'zh' : 'ru'] : [],
      language: null,
      name: NAMES[role],
      state: 'active',
    };
  }
}
