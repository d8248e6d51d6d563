import type { AccountActor, Side } from '../../src/kernel/actor.js';
import type { MatrixRole, Owner } from './access-matrix.js';
import { type AccountWish, accountOf, insertAccount, PASSWORD, signIn } from './accounts.js';
import { actorOf } from './actors.js';
import type { TestPortal } from './portal.js';

type Headers = Record<string, string>;

/** An organization that owns a record, in the person of its official, and who made the record if it was not that one. */
type Maker = { organization: AccountActor; by?: Headers };

/** The people of the access matrix: signed in with accounts and keys of the portal. */
export type Cast = {
  /** Signs everybody in anew before their tokens expire: the walk takes longer than a token lives. */
  refresh(): Promise<void>;
  /** Credentials of a role; none for somebody without an account. */
  headersOf(role: MatrixRole): Headers;
  /** Owners of records as a role sees them. */
  ownerOf(role: MatrixRole, owner: Owner): Maker;
  /** Id of an account that is, for a role, its own, a colleague's, one of the side, one of the other side. */
  accountIdOf(role: MatrixRole, owner: Owner): string;
  /** A further account of the role, for what an account can do once; somebody signed in for roles without one. */
  another(role: MatrixRole): Promise<{ headers: Headers; cookie: string; email: string }>;
};

/** Tokens live twice as long. */
const FRESH_MS = 300_000;

/** Everybody acts for the first organization of a side; beside it stands another one of the same side. */
const ORGANIZATIONS = {
  cn: ['org-tongjiang-gov', 'org-heihe-ftz'],
  ru: ['org-eao-gov', 'org-amur-gov'],
} as const satisfies Record<Side, readonly string[]>;

const WISHES: Partial<Record<MatrixRole, AccountWish>> = {
  investor: { roles: ['investor'], side: 'cn' },
  translator: { roles: ['translator'], organizationKey: ORGANIZATIONS.cn[0], translatesInto: ['ru'] },
  'official cn': { roles: ['official'], organizationKey: ORGANIZATIONS.cn[0] },
  'official ru': { roles: ['official'], organizationKey: ORGANIZATIONS.ru[0] },
  'coordinator cn': { roles: ['coordinator'], organizationKey: ORGANIZATIONS.cn[0] },
  'coordinator ru': { roles: ['coordinator'], organizationKey: ORGANIZATIONS.ru[0] },
  administrator: { roles: ['administrator'], organizationKey: ORGANIZATIONS.cn[0] },
};

const sideOfRole = (role: MatrixRole): Side => (role.endsWith(' ru') ? 'ru' : 'cn');

const issueKey = async (portal: TestPortal, administrator: Headers, organizationId: string): Promise<string> => {
  const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const json = {
    name: 'matrix',
    organization: { id: organizationId },
    scopes: ['records.read', 'records.write'],
    expiresOn: inAMonth,
  };
  const answer = await portal.ask('/api-keys', { method: 'POST', headers: administrator, json });
  if (answer.status !== 201) throw new Error(`no key: ${answer.text}`);
  return answer.body.key as string;
};

/** Accounts of others, for operations on accounts: one in each organization. */
const othersOf = async (portal: TestPortal): Promise<Map<string, string>> => {
  const keys = Object.values(ORGANIZATIONS).flat();
  const made = keys.map((organizationKey) => insertAccount(portal, { roles: ['official'], organizationKey }));
  return new Map((await Promise.all(made)).map(({ id }, n) => [keys[n]!, id]));
};

export const castOf = async (portal: TestPortal): Promise<Cast> => {
  const officials = new Map<string, AccountActor>();
  for (const key of Object.values(ORGANIZATIONS).flat()) officials.set(key, await actorOf(portal, key));
  const people = new Map<MatrixRole, { id: string; email: string; headers: Headers }>();
  let signedInAt = Date.now();
  for (const [role, wish] of Object.entries(WISHES)) people.set(role as MatrixRole, await accountOf(portal, wish));
  const others = await othersOf(portal);
  const { organizationId } = officials.get(ORGANIZATIONS.cn[0])!;
  const key = await issueKey(portal, people.get('administrator')!.headers, organizationId!);
  const headersOf = (role: MatrixRole): Headers =>
    role === 'key' ? { 'X-Api-Key': key } : (people.get(role)?.headers ?? {});
  const organizationKey = (role: MatrixRole, owner: Owner): string => {
    const side = sideOfRole(role);
    if (owner === 'other side') return ORGANIZATIONS[side === 'cn' ? 'ru' : 'cn'][0];
    return ORGANIZATIONS[side][owner === 'same side' ? 1 : 0];
  };
  return {
    refresh: async () => {
      if (Date.now() - signedInAt < FRESH_MS) return;
      signedInAt = Date.now();
      for (const person of people.values()) person.headers = (await signIn(portal, person.email, PASSWORD)).headers;
    },
    headersOf,
    ownerOf: (role, owner) => ({
      organization: officials.get(organizationKey(role, owner))!,
      ...(owner === 'own' && { by: headersOf(role) }),
    }),
    accountIdOf: (role, owner) =>
      owner === 'own' && people.has(role) ? people.get(role)!.id : others.get(organizationKey(role, owner))!,
    another: (role) => accountOf(portal, WISHES[role] ?? { roles: ['investor'], side: 'cn' }),
  };
};
