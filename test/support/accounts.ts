import { randomUUID } from 'node:crypto';
import { hashSync } from '@node-rs/argon2';
import type { Role, Side } from '../../src/kernel/actor.js';
import { newId } from '../../src/kernel/ids.js';
import type { Language } from '../../src/kernel/languages.js';
import type { Answer, TestPortal } from './portal.js';

/** Password of every account that tests make. */
export const PASSWORD = 'correct horse battery';
const HASH = hashSync(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** Somebody who is signed in. */
export type SignedIn = {
  token: string;
  /** `Authorization` for the options of `ask`. */
  headers: Record<string, string>;
  /** `Cookie` as a browser would send it. */
  cookie: string;
  answer: Answer;
};

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });

/** The cookie of an answer, as it is sent back. */
export const cookieOf = (answer: Answer): string => (answer.headers.get('set-cookie') ?? '').split(';')[0]!;

export const signIn = async (portal: TestPortal, email: string, password: string, code?: string): Promise<SignedIn> => {
  const json = { email, password, ...(code && { code }) };
  const answer = await portal.ask('/auth/sessions', { method: 'POST', json });
  if (answer.status !== 201) throw new Error(`${email} cannot sign in: ${answer.text}`);
  const token: string = answer.body.accessToken;
  return { token, headers: bearer(token), cookie: cookieOf(answer), answer };
};

export type AccountWish = {
  roles: Role[];
  side?: Side;
  /** Key of the organization in the seeds. */
  organizationKey?: string;
  translatesInto?: Language[];
  language?: Language;
  email?: string;
};

/** Adds an account to the portal's database; its password is {@link PASSWORD}. */
export const insertAccount = async (portal: TestPortal, wish: AccountWish): Promise<{ id: string; email: string }> => {
  const [id, email] = [newId(), wish.email ?? `${wish.roles[0]}.${randomUUID().slice(0, 8)}@example.org`];
  const key = wish.organizationKey ?? null;
  const [seeded] = await portal.sql(
    'select o.id, o.side from seed_row s join organization o on o.id = s.record_id where s.key = $1',
    [key],
  );
  const side = wish.side ?? (seeded?.side as Side | undefined) ?? 'cn';
  await portal.sql(
    `insert into account (id, email, name_zh, roles, side, organization_id, translates_into, language, password_hash,
       state, created_at, updated_at) values ($1, $2, '测试', $3, $4, $5, $6, $7, $8, 'active', now(), now())`,
    [id, email, wish.roles, side, seeded?.id ?? null, wish.translatesInto ?? [], wish.language ?? null, HASH],
  );
  return { id, email };
};

/** Somebody of any role, signed in. */
export const accountOf = async (
  portal: TestPortal,
  wish: AccountWish,
): Promise<SignedIn & { id: string; email: string }> => {
  const account = await insertAccount(portal, wish);
  return { ...account, ...(await signIn(portal, account.email, PASSWORD)) };
};
