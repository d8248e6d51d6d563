import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountActor, Role, Side } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import type { Language, LanguageMap } from '../../kernel/languages.js';
import type { AccountState } from './account.entity.js';

/** What decides what an account may do. */
export type Standing = {
  roles: Role[];
  side: Side;
  organizationId: string | null;
  translatesInto: Language[];
};

/** An account as it is stored. */
export type AccountRow = Standing & {
  id: string;
  email: string;
  nameZh: string | null;
  nameRu: string | null;
  language: Language | null;
  passwordHash: string | null;
  tokenGeneration: number;
  state: AccountState;
  version: number;
};

/** What a new account is made of. */
export type NewAccount = Standing & {
  email: string;
  name: LanguageMap;
  language: Language | null;
  passwordHash: string | null;
  state: AccountState;
};

const COLUMNS = `id, email, name_zh as "nameZh", name_ru as "nameRu", roles, side, organization_id as "organizationId",
  translates_into as "translatesInto", language, password_hash as "passwordHash",
  token_generation as "tokenGeneration", state, version`;

/** The person that a stored account stands for, as author of what it does. */
export const actorOf = ({ id, roles, side, organizationId, translatesInto, language }: AccountRow): AccountActor => ({
  kind: 'account',
  id,
  roles,
  side,
  organizationId,
  translatesInto,
  language,
});

/** The stored accounts: finding, adding and changing them, each with the manager of the caller's transaction. */
@Injectable()
export class Accounts {
  /** @param email in the form of `emailOf` */
  async findByEmail(manager: EntityManager, email: string): Promise<AccountRow | undefined> {
    const [row] = (await manager.query(`select ${COLUMNS} from account where email = $1`, [email])) as AccountRow[];
    return row;
  }

  /** Reads an account and keeps it as it is until the transaction ends. */
  async lock(manager: EntityManager, id: string): Promise<AccountRow | undefined> {
    const text = `select ${COLUMNS} from account where id = $1 for update`;
    const [row] = (await manager.query(text, [id])) as AccountRow[];
    return row;
  }

  /**
   * @returns the id of the new account
   * @throws a unique violation (`resource.duplicate`) where the address has an account
   */
  async insert(manager: EntityManager, account: NewAccount): Promise<string> {
    const id = newId();
    const { email, name, roles, side, organizationId, translatesInto, language, passwordHash, state } = account;
    await manager.query(
      `insert into account (id, email, name_zh, name_ru, roles, side, organization_id, translates_into, language,
         password_hash, state, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now(), now())`,
      [
        ...[id, email, name.zh ?? null, name.ru ?? null, roles, side, organizationId, translatesInto, language],
        ...[passwordHash, state],
      ],
    );
    return id;
  }

  /** Sets a new password; every access token that was handed out ends with it. */
  async setPassword(manager: EntityManager, id: string, passwordHash: string): Promise<void> {
    await manager.query(
      `update account set password_hash = $2, token_generation = token_generation + 1, updated_at = now()
       where id = $1`,
      [id, passwordHash],
    );
  }
}
