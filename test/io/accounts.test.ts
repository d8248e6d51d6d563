import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import type { DemoAccount } from '../../src/platform/accounts/demo-accounts.js';
import { built } from '../support/built.js';
import { startTestCluster, type TestCluster } from '../support/cluster.js';
import { lettersIn } from '../support/mailbox.js';
import { type Child, freePort, projectFolder, until, Workshop } from './support.js';

type Migrations = typeof import('../../src/infra/database/migrations.js');
type Seeding = typeof import('../../src/platform/seeding/seed.js');

const program = (...path: string[]): string[] => [join(projectFolder, 'dist', 'src', ...path)];
const workshop = new Workshop();
afterEach(() => workshop.cleanUp(), 120_000);

const start = async (env: Record<string, string>) => {
  const port = await freePort();
  const child = workshop.run(program('main.js'), { env: { PORT: String(port), PORTAL_LOG_LEVEL: 'fatal', ...env } });
  await child.says(/Портал запущен/);
  return { child, api: `http://127.0.0.1:${port}/api/v1` };
};

const signIn = (api: string, { email, password }: Pick<DemoAccount, 'email' | 'password'>) =>
  fetch(`${api}/auth/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });

const readDemo = (folder: string): DemoAccount[] =>
  JSON.parse(readFileSync(join(folder, 'demo-accounts.json'), 'utf8')) as DemoAccount[];

describe('demo accounts', () => {
  test('are there for each role and side on the embedded database, and stay', async () => {
    const folder = join(workshop.folder(), '.data');
    const file = join(folder, 'demo-accounts.json');
    const first = await start({ PORTAL_DATA_DIR: folder });
    for (const word of [file, '演示账号', 'демонстрационные', join(folder, 'mail')])
      expect(first.child.output).toContain(word);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const accounts = readDemo(folder);
    expect(new Set(accounts.map(({ role, side }) => `${role}/${side}`)).size).toBe(10);
    for (const account of accounts) {
      expect(Object.keys(account)).toEqual(['role', 'side', 'email', 'password']);
      expect(first.child.output).not.toContain(account.password);
      const answer = await signIn(first.api, account);
      expect([account.email, answer.status]).toEqual([account.email, 201]);
      const { accessToken } = (await answer.json()) as { accessToken: string };
      const me = await fetch(`${first.api}/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
      const { roles, side, organization, translatesInto } = (await me.json()) as Record<string, unknown>;
      expect({ roles, side }).toEqual({ roles: [account.role], side: account.side });
      expect(organization !== null).toBe(['official', 'coordinator'].includes(account.role));
      const into = account.side === 'cn' ? 'zh' : 'ru';
      expect(translatesInto).toEqual(account.role === 'translator' ? [into] : []);
    }
    expect(await first.child.kill('SIGTERM')).toBe(0);

    const second = await start({ PORTAL_DATA_DIR: folder });
    expect(readDemo(folder)).toEqual(accounts);
    expect(second.child.output).not.toContain('演示账号');
    expect(await second.child.kill('SIGTERM')).toBe(0);

    rmSync(file);
    const third = await start({ PORTAL_DATA_DIR: folder });
    const renewed = readDemo(folder);
    expect(renewed.map(({ email }) => email)).toEqual(accounts.map(({ email }) => email));
    expect((await signIn(third.api, accounts[0]!)).status).toBe(401);
    expect((await signIn(third.api, renewed[0]!)).status).toBe(201);
  });
});

describe('on a server of one’s own', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startTestCluster();
    await (await built<Migrations>('infra/database/migrations.js')).migrate(cluster.url);
    await built('app.module.js');
    await (await built<Seeding>('platform/seeding/seed.js')).seed(cluster.url);
  });
  afterAll(() => cluster?.stop());

  const environment = (folder: string) => ({
    DATABASE_URL: cluster.url,
    PORTAL_SECRET_KEY: 'k'.repeat(32),
    PORTAL_DATA_DIR: folder,
    PORTAL_LOG_LEVEL: 'fatal',
  });
  const run = (folder: string, ...words: string[]): Child =>
    workshop.run([...program('cli', 'accounts.js'), ...words], { env: environment(folder) });
  const succeeds = async (child: Child): Promise<string> => {
    expect([await child.ends(), child.output]).toEqual([0, expect.anything()]);
    return child.output;
  };
  const fails = async (child: Child): Promise<string> => {
    expect([await child.ends(), child.output]).toEqual([1, expect.not.stringMatching(/^\s+at /m)]);
    return child.output;
  };
  const ask = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: cluster.url });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };

  test('there are no demo accounts', async () => {
    const folder = join(workshop.folder(), '.data');
    await start(environment(folder));
    expect(existsSync(join(folder, 'demo-accounts.json'))).toBe(false);
    expect(await ask('select email from account')).toEqual([]);
  });

  test('the command line makes, lists, invites and closes accounts, and rotates keys', async () => {
    const folder = join(workshop.folder(), '.data');
    expect(await succeeds(run(folder, 'list'))).toMatch(/还没有账号[\s\S]*пока нет/);
    const email = 'Root@Example.org';
    const made = await succeeds(run(folder, 'create', '--email', email, '--role', 'administrator', '--side', 'ru'));
    const password = /пароль[^:]*: (\S+)/i.exec(made)?.[1] ?? '';
    expect(password).toHaveLength(20);
    const { api, child } = await start(environment(folder));
    expect((await signIn(api, { email, password })).status).toBe(201);
    expect(await succeeds(run(folder, 'list'))).toMatch(/root@example\.org · administrator · ru · active/);
    const place = ['--role', 'official', '--side', 'cn', '--organization', 'org-tongjiang-gov'];
    await succeeds(run(folder, 'create', '--email', 'official@example.org', ...place));
    await succeeds(run(folder, 'invite', '--email', 'invited@example.org', ...place));
    await until('the portal has sent the invitation', () => lettersIn(folder).length > 0);
    expect(lettersIn(folder).map(({ to }) => to)).toEqual([expect.stringContaining('invited@example.org')]);
    await succeeds(run(folder, 'disable', '--email', 'official@example.org'));
    expect(await ask(`select state from account where email = 'official@example.org'`)).toEqual([
      { state: 'disabled' },
    ]);
    expect(await fails(run(folder, 'disable', '--email', email))).toContain('account.last-administrator');
    expect(await fails(run(folder, 'create', '--email', email, ...place))).toContain('resource.duplicate');
    await succeeds(run(folder, 'rotate-keys'));
    expect(await ask('select count(*)::int as n from signing_key where retired_at is null')).toEqual([{ n: 1 }]);
    expect(await child.kill('SIGTERM')).toBe(0);
  });

  test.each([
    [['create', '--email', 'x', '--role', 'official', '--side', 'cn'], '--email'],
    [['create', '--email', 'x@example.org', '--role', 'king', '--side', 'cn'], '--role'],
    [['create', '--email', 'x@example.org', '--role', 'official'], '--side'],
    [['create', '--email', 'x@example.org', '--role', 'official', '--side', 'cn'], '/organization'],
    [['create', '--email', 'x@example.org', '--role', 'translator', '--side', 'cn', '--into', 'en'], '--into'],
    [
      ['create', '--email', 'x@example.org', '--role', 'official', '--side', 'cn', '--organization', 'y'],
      '--organization',
    ],
    [['disable', '--email', 'nobody@example.org'], 'nobody@example.org'],
    [['dance'], 'dance'],
    [['list', '--loud'], '--loud'],
    [[], 'npm run accounts'],
  ])('the command line refuses %j and names what is wrong', async (words, named) => {
    const said = await fails(run(join(workshop.folder(), '.data'), ...words));
    expect(said).toContain(named);
    expect(said).toMatch(/\p{Script=Han}/u);
    expect(said).toMatch(/\p{Script=Cyrillic}/u);
  });
});
