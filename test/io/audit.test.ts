import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { publicKeyOf } from '../../src/platform/audit/head-signing.js';
import { startTestCluster, type TestCluster } from '../support/cluster.js';
import { freePort, projectFolder, Workshop } from './support.js';

const SECRET = 'k'.repeat(32);
const program = (...path: string[]): string[] => [join(projectFolder, 'dist', 'src', ...path)];
const workshop = new Workshop();

let cluster: TestCluster;
let folder: string;

const asOwner = (statement: string) => query(cluster.url, statement);
const asSuperuser = (statement: string) =>
  query(Object.assign(new URL(cluster.adminUrl), { pathname: new URL(cluster.url).pathname }).toString(), statement);

const query = async (url: string, statement: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

const env = () => ({ DATABASE_URL: cluster.url, PORTAL_SECRET_KEY: SECRET, PORTAL_DATA_DIR: folder });

/** Runs `npm run audit -- …` as a process. */
const audit = async (words: string[], more: Record<string, string> = {}): Promise<[number | null, string]> => {
  const child = workshop.run([...program('cli', 'audit.js'), ...words], { env: { ...env(), ...more } });
  return [await child.ends(), child.output];
};

const command = async (name: string): Promise<void> => {
  expect(await workshop.run(program('cli', `${name}.js`), { env: { DATABASE_URL: cluster.url } }).ends()).toBe(0);
};

/** Runs the portal for a moment: it signs the end of the chain when it stops. */
const runPortal = async (): Promise<void> => {
  const child = workshop.run(program('main.js'), { env: { ...env(), PORT: String(await freePort()) } });
  await child.says(/Портал запущен/);
  expect(await child.kill('SIGTERM')).toBe(0);
};

const heads = (): string => join(folder, 'audit-heads.jsonl');

/** With the triggers out of the way, as only a superuser or the owner can have them. */
const UNDER = 'alter table audit disable trigger all;';

/** Bends the trail behind the portal's back; undone after the test. */
const bend = async (statements: string): Promise<void> => {
  await asSuperuser(`${UNDER} ${statements}`);
};

beforeAll(async () => {
  cluster = await startTestCluster();
  folder = join(workshop.folder(), '.data');
  await command('migrate');
  await command('seed');
  const erase = ['erase', '--account', '01900000-0000-7000-8000-00000000ffff', '--reason'];
  for (const reason of ['本人申请', 'По заявлению', '依法清除', 'По решению суда']) {
    expect((await audit([...erase, reason]))[0]).toBe(0);
  }
  await runPortal();
  expect((await audit([...erase, 'После подписи']))[0]).toBe(0);
  await asSuperuser('create table kept_audit as table audit');
});

afterAll(async () => {
  await workshop.cleanUp();
  await cluster?.stop();
});

afterEach(async () => {
  await asSuperuser(`${UNDER} delete from audit; insert into audit table kept_audit;
    alter table audit enable always trigger audit_keep_rows; alter table audit enable always trigger audit_keep_table`);
});

describe('npm run audit -- verify', () => {
  test('says up to where a signed head confirms the chain, and how many entries are only chained', async () => {
    const [code, said] = await audit(['verify']);
    expect([code, said]).toEqual([0, expect.stringMatching(/в порядке/)]);
    expect(said).toMatch(/по №\u00A05; .*: 1\./);
    expect(said).toMatch(/操作记录完好/);
    expect(statSync(heads()).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['an entry that was edited', `update audit set action = 'x' where seq = 3`, /№\u00A03 изменена/],
    ['a reason that was edited', `update audit set reason = '{"zh": "x"}' where seq = 2`, /№\u00A02 изменена/],
    [
      'a hash of what may be erased that was edited',
      `update audit set personal_hash = '\\x00' where seq = 3`,
      /№\u00A03 изменена/,
    ],
    ['an entry that was deleted', 'delete from audit where seq = 2', /№\u00A02 нет/],
    [
      'a deleted entry that others moved up for',
      'delete from audit where seq = 3; update audit set seq = seq - 1 where seq > 3',
      /На месте записи журнала №\u00A03/,
    ],
    [
      'entries that changed places',
      `update audit set seq = case seq when 2 then -4 else -2 end where seq in (2, 4);
       update audit set seq = -seq where seq < 0`,
      /На месте записи журнала №\u00A02/,
    ],
    [
      'a tail that was cut off',
      'delete from audit where seq > 3',
      /подтверждена запись №\u00A05, а записей начиная с №\u00A04/,
    ],
    ['an empty trail', 'delete from audit', /начиная с №\u00A01/],
  ])('H121 finds %s', async (_, statements, expected) => {
    await bend(statements);
    const [code, said] = await audit(['verify']);
    expect([code, said]).toEqual([1, expect.stringMatching(expected)]);
    expect(said).not.toMatch(/^\s+at /m);
  });

  test('H121 finds a chain that was made anew, which is whole in itself', async () => {
    await bend('delete from audit where seq > 2');
    const erase = ['erase', '--account', '01900000-0000-7000-8000-00000000fffe', '--reason', 'Иное'];
    for (let n = 0; n < 4; n += 1) expect((await audit(erase))[0]).toBe(0);
    const [code, said] = await audit(['verify']);
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/запись №\u00A05 расходится с подписью.*после записи №\u00A00/),
    ]);
    const before = readFileSync(heads(), 'utf8');
    await runPortal();
    expect(readFileSync(heads(), 'utf8')).toBe(before);
  });

  test('trusts no head that another key signed, and skips a line that was cut off', async () => {
    const copy = join(workshop.folder(), 'copy.jsonl');
    copyFileSync(heads(), copy);
    writeFileSync(copy, readFileSync(heads(), 'utf8').slice(0, -30), { flag: 'a' });
    const [code, said] = await audit(['verify', '--heads', copy]);
    expect([code, said]).toEqual([0, expect.stringMatching(/нечитаемых строк: 1/)]);
    const other = publicKeyOf(Buffer.alloc(32, 1));
    expect(await audit(['verify', '--key', other])).toEqual([1, expect.stringMatching(/не доверенным ключом.*: 1/)]);
    const { publicKey } = JSON.parse(readFileSync(heads(), 'utf8').split('\n')[0]!) as { publicKey: string };
    expect((await audit(['verify', '--key', publicKey]))[0]).toBe(0);
  });

  test('asks for a key, and for words that it knows', async () => {
    const without = workshop.run([...program('cli', 'audit.js'), 'verify'], { env: { DATABASE_URL: cluster.url } });
    expect([await without.ends(), without.output]).toEqual([1, expect.stringMatching(/PORTAL_SECRET_KEY/)]);
    expect(await audit(['prove'])).toEqual([1, expect.stringMatching(/npm run audit -- verify/)]);
  });
});

describe('the portal’s own role', () => {
  test.each([
    `update audit set action = 'x'`,
    'update audit set personal_hash = null',
    'delete from audit',
    'truncate audit',
  ])('cannot %s', async (statement) => {
    await expect(asOwner(statement)).rejects.toMatchObject({ code: '42501' });
    // Neither the rights nor the triggers alone: each refuses by itself.
    await asSuperuser('alter table audit disable trigger all');
    await expect(asOwner(statement)).rejects.toMatchObject({ code: '42501', message: /permission denied/ });
  });

  test('is refused by the trigger where it has taken the rights back', async () => {
    await asOwner('grant update, delete, truncate on audit to portal');
    try {
      for (const statement of [`update audit set action = 'x'`, 'delete from audit', 'truncate audit']) {
        await expect(asOwner(statement)).rejects.toMatchObject({ message: 'the trail is append-only' });
      }
    } finally {
      await asOwner('revoke update, delete, truncate on audit from portal');
      await asOwner('grant update (personal, personal_salt) on audit to portal');
    }
  });
});

test('the trail of the embedded database is verified with the key that is kept there', async () => {
  const own = { PORTAL_DATA_DIR: join(workshop.folder(), '.data') };
  const portal = workshop.run(program('main.js'), { env: { ...own, PORT: String(await freePort()) } });
  await portal.says(/Портал запущен/);
  expect(await portal.kill('SIGTERM')).toBe(0);
  const verify = workshop.run([...program('cli', 'audit.js'), 'verify'], { env: own });
  expect([await verify.ends(), verify.output]).toEqual([0, expect.stringMatching(/по №\u00A0[1-9]\d*; .*: 0\./)]);
});
