import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { refusal } from '../../infra/lifecycle/refusal.js';
import { SYSTEM } from '../../kernel/actor.js';
import { isId } from '../../kernel/ids.js';
import { Trail } from '../audit/trail.js';
import { SigningKeys } from '../auth/signing-keys.js';
import { AccountDirectory, lockAdministrators } from './account-directory.js';
import { type AccountRow, Accounts, type Standing } from './accounts.js';
import { Invitations } from './invitations.js';
import { Passwords } from './passwords.js';
import { randomPassword } from './random-password.js';
import { mustStand } from './standing.js';

/** What the command line states about an account; the organization by id or by its key in the seeds. */
export type CommandOptions = Omit<Standing, 'organizationId'> & { email: string; organization: string | undefined };

/** What can be done about accounts from the command line, where nobody is signed in yet. */
@Injectable()
export class AccountCommands {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly directory: AccountDirectory,
    private readonly invitations: Invitations,
    private readonly passwords: Passwords,
    private readonly keys: SigningKeys,
    private readonly trail: Trail,
  ) {}

  /** @returns id and password of the new account; the password is told nowhere else */
  async create(options: CommandOptions): Promise<{ id: string; password: string }> {
    const { email } = options;
    const password = randomPassword();
    const passwordHash = await this.passwords.hash(password);
    const standing = await this.standingOf(options);
    const id = await this.database.transaction(async (manager) => {
      await mustStand(manager, standing);
      // Whoever makes it knows the person; the name is theirs to set.
      const own = { email, name: { zh: email, ru: email }, language: null, passwordHash, state: 'active' as const };
      const made = await this.accounts.insert(manager, { ...standing, ...own });
      const object = { resource: 'account', id: made, version: 1 };
      const personal = { email };
      await this.trail.record(manager, { actor: SYSTEM, action: 'account.create', object, after: standing, personal });
      return made;
    });
    return { id, password };
  }

  async invite(options: CommandOptions): Promise<void> {
    const standing = await this.standingOf(options);
    await this.invitations.invite({ ...standing, email: options.email, language: null }, SYSTEM);
  }

  /** @throws Refusal where no account has the address */
  disable(email: string): Promise<void> {
    return this.database.transaction(async (manager) => {
      await lockAdministrators(manager);
      const known = await this.accounts.findByEmail(manager, email);
      const before = known && (await this.accounts.lock(manager, known.id));
      if (!before) throw refusal('accounts.email', { email });
      if (before.state !== 'disabled') {
        await this.directory.change(manager, before, { ...before, state: 'disabled' }, SYSTEM);
      }
    });
  }

  list(): Promise<Pick<AccountRow, 'id' | 'email' | 'roles' | 'side' | 'state'>[]> {
    return this.database.transaction((manager) =>
      manager.query('select id, email, roles, side, state from account order by email'),
    );
  }

  rotateKeys(): Promise<void> {
    return this.keys.rotate('now');
  }

  private async standingOf({ organization, roles, side, translatesInto }: CommandOptions): Promise<Standing> {
    const standing = { roles, side, translatesInto, organizationId: null };
    if (organization === undefined) return standing;
    if (isId(organization)) return { ...standing, organizationId: organization };
    const text = `select record_id as id from seed_row where key = $1 and resource = 'organization'`;
    const [row] = (await this.database.transaction((manager) => manager.query(text, [organization]))) as {
      id: string;
    }[];
    if (!row) throw refusal('accounts.option', { name: '--organization' });
    return { ...standing, organizationId: row.id };
  }
}
