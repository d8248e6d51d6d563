import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Child, Embedded, freePort, isRoot, remaining, statusOf, until, Workshop } from './support.js';

/** A program that starts and stops as the portal does. */
export type Portal = Readonly<{
  /** Arguments of Node. */
  words: string[];
  /** A path that answers 200 as long as the database does. */
  path: string;
}>;

const RUNNING = /Портал запущен[\s\S]*Данные[^\n]*\n/;
const HAN = /\p{Script=Han}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const whenRoot = isRoot ? test : test.skip;

/** Both languages say it, and nobody is shown a stack. */
const expectRefusal = (child: Child, ...words: string[]): void => {
  const [chinese = '', russian = ''] = child.output.split(/^Запуск невозможен/m);
  for (const word of words) {
    expect(chinese).toContain(word);
    expect(russian).toContain(word);
  }
  expect(chinese).toMatch(HAN);
  expect(russian).toMatch(CYRILLIC);
  expect(child.output).not.toMatch(/^\s+at /m);
};

/** What every portal owes from its start to its stop; each case has a data folder and a port of its own. */
export const describePortalLife = (title: string, { words, path }: Portal): void => {
  const workshop = new Workshop();
  const store = new Workshop();
  let used = '';

  type Run = { child: Child; folder: string; port: number; url: string };
  type Wish = { folder?: string; port?: number; env?: Record<string, string> };

  /** A data folder after a first start and a stop: a copy of the one that was made for all. */
  const usedFolder = (parent = workshop.folder()): string => {
    const folder = join(parent, '.data');
    const copied = spawnSync('cp', ['--archive', used, folder], { encoding: 'utf8' });
    if (copied.status !== 0) throw new Error(copied.stderr);
    return folder;
  };

  const newFolder = (): string => join(workshop.folder(), '.data');

  const launch = async ({ folder = newFolder(), port, env = {} }: Wish = {}, place = workshop): Promise<Run> => {
    const chosen = port ?? (await freePort());
    const child = place.run(words, { env: { PORT: String(chosen), PORTAL_DATA_DIR: folder, ...env } });
    return { child, folder, port: chosen, url: `http://127.0.0.1:${chosen}${path}` };
  };

  const start = async (wish: Wish = {}): Promise<Run> => {
    const run = await launch({ folder: wish.folder ?? usedFolder(), ...wish });
    await run.child.says(RUNNING);
    return run;
  };

  const serves = async ({ url }: Run): Promise<boolean> => (await statusOf(url)) === 200;

  beforeAll(async () => {
    const { child, folder } = await launch({ folder: join(store.folder(), '.data') }, store);
    await child.says(RUNNING);
    expect(await child.kill('SIGTERM')).toBe(0);
    used = folder;
  }, 120_000);

  afterEach(() => workshop.cleanUp(), 120_000);
  afterAll(() => store.cleanUp(), 120_000);

  describe(title, () => {
    test('starts from nothing, says where everything is, and loads nothing twice', async () => {
      const first = await start({ folder: newFolder() });
      expect(await serves(first)).toBe(true);
      expect(first.child.output).toMatch(/门户已启动，用时 \d+(\.\d)? 秒/);
      expect(first.child.output).toMatch(/Портал запущен за \d+(,\d)? с\./);
      for (const word of [
        `http://127.0.0.1:${first.port}/api/v1`,
        `http://127.0.0.1:${first.port}/docs`,
        first.folder,
      ]) {
        expect(first.child.output.split(word).length).toBeGreaterThan(2);
      }
      expect(statSync(join(first.folder, 'secret-key')).mode & 0o777).toBe(0o600);
      const key = readFileSync(join(first.folder, 'secret-key'), 'utf8');
      const counts = await new Embedded(first.folder).counts();
      expect(await first.child.kill('SIGTERM')).toBe(0);
      const second = await start(first);
      expect(await serves(second)).toBe(true);
      expect(await new Embedded(second.folder).counts()).toEqual(counts);
      expect(readFileSync(join(second.folder, 'secret-key'), 'utf8')).toBe(key);
    });

    test('ends on SIGTERM and SIGINT with 0 and leaves nothing running', async () => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        const { child, folder } = await start();
        const embedded = new Embedded(folder);
        const memory = embedded.sharedMemory();
        expect(await child.kill(signal)).toBe(0);
        expect(embedded.running).toEqual([]);
        expect(remaining(memory)).toEqual([]);
        expect(readdirSync(folder).filter((name) => name.includes('.new'))).toEqual([]);
      }
    });

    test('ends on SIGTERM during the start with 0, and starts well afterwards', async () => {
      const run = await launch();
      await until('the start is under way', () => existsSync(join(run.folder, 'secret-key')));
      expect(await run.child.kill('SIGTERM')).toBe(0);
      if (existsSync(join(run.folder, 'database'))) expect(new Embedded(run.folder).running).toEqual([]);
      expect(await serves(await start(run))).toBe(true);
    });

    test('starts again after it was killed, with what was there', async () => {
      const run = await start();
      const counts = await new Embedded(run.folder).counts();
      await run.child.kill('SIGKILL');
      const again = await start(run);
      expect(await serves(again)).toBe(true);
      expect(await new Embedded(run.folder).counts()).toEqual(counts);
      expect(await again.child.kill('SIGTERM')).toBe(0);
      expect(new Embedded(run.folder).running).toEqual([]);
    });

    test('finds the database that outlived a killed portal', async () => {
      const run = await start({ env: { PATH: workshop.pathWithout('setpriv') } });
      const embedded = new Embedded(run.folder);
      const { pid } = embedded;
      await run.child.kill('SIGKILL');
      expect(embedded.running).toContain(pid);
      const again = await start(run);
      expect(again.child.output).toMatch(/遗留的内置数据库/);
      expect(embedded.running).not.toContain(pid);
      expect(await serves(again)).toBe(true);
    });

    test('recovers without a restart when the database is killed', async () => {
      const run = await start();
      const embedded = new Embedded(run.folder);
      process.kill(embedded.pid, 'SIGKILL');
      await run.child.says(/Встроенная база данных снова работает/);
      await until('requests are answered again', () => serves(run));
      expect(run.child.exit).toBeUndefined();
      expect(await run.child.kill('SIGTERM')).toBe(0);
      expect(embedded.running).toEqual([]);
    });

    test('starts again after portal and database were killed together', async () => {
      const run = await start();
      const embedded = new Embedded(run.folder);
      const counts = await embedded.counts();
      const postmaster = embedded.pid;
      await run.child.kill('SIGKILL');
      try {
        process.kill(postmaster, 'SIGKILL');
      } catch {
        // It had followed the portal already.
      }
      expect(await serves(await start(run))).toBe(true);
      expect(await embedded.counts()).toEqual(counts);
    });

    test('tells a second portal on the same folder who is there', async () => {
      const run = await start();
      const { child } = await launch({ folder: run.folder });
      expect(await child.ends()).toBe(1);
      expectRefusal(child, String(run.child.pid), `http://127.0.0.1:${run.port}`, run.folder);
      expect(await serves(run)).toBe(true);
    });

    test('tells a second portal on the same port how to choose another', async () => {
      const run = await start();
      const { child, folder } = await launch({ port: run.port });
      expect(await child.ends()).toBe(1);
      expectRefusal(child, String(run.port), String(run.child.pid), 'PORT=');
      expect(existsSync(join(folder, 'database'))).toBe(false);
      expect(await serves(run)).toBe(true);
    });

    test('refuses a wrong configuration with every reason', async () => {
      const { child, folder } = await launch({ env: { PORTAL_COLOUR: 'red', PORTAL_POOL_SIZE: 'many' } });
      expect(await child.ends()).toBe(1);
      expectRefusal(child, 'PORTAL_COLOUR', 'PORTAL_POOL_SIZE', 'many');
      expect(existsSync(folder)).toBe(false);
    });

    test('refuses a server that nobody runs, without its password', async () => {
      const DATABASE_URL = `postgres://portal:secret-word@127.0.0.1:${await freePort()}/portal`;
      const { child } = await launch({ env: { DATABASE_URL, PORTAL_SECRET_KEY: 'k'.repeat(32) } });
      expect(await child.ends()).toBe(1);
      expectRefusal(child, 'ECONNREFUSED', 'DATABASE_URL');
      expect(child.output).not.toContain('secret-word');
    });

    test('refuses a server of one’s own that lacks what is needed, or migrations', async () => {
      const { folder, child: other } = await start();
      const embedded = new Embedded(folder);
      await embedded.ask(`CREATE DATABASE plain TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'`);
      await embedded.ask('CREATE DATABASE fresh');
      const password = readFileSync(join(embedded.data, '..', 'password'), 'utf8');
      const serverUrl = `postgres://postgres:${password}@127.0.0.1:${embedded.port}`;
      const own = { PORTAL_SECRET_KEY: 'k'.repeat(32) };
      const plain = await launch({ env: { ...own, DATABASE_URL: `${serverUrl}/plain` } });
      expect(await plain.child.ends()).toBe(1);
      expectRefusal(plain.child, 'LC_CTYPE', 'lower');
      const fresh = await launch({ env: { ...own, DATABASE_URL: `${serverUrl}/fresh` } });
      expect(await fresh.child.ends()).toBe(1);
      expectRefusal(fresh.child, 'npm run migrate');
      expect(other.exit).toBeUndefined();
    });

    whenRoot('runs in a closed home as root and opens nothing', async () => {
      const home = workshop.folder(0o700);
      const run = await start({ folder: usedFolder(home) });
      expect(await serves(run)).toBe(true);
      expect(statSync(home).mode & 0o777).toBe(0o700);
      expect(statSync(run.folder).mode & 0o777).toBe(0o700);
    });

    whenRoot('refuses a folder of another user by name', async () => {
      const folder = join(workshop.folder(), '.data');
      mkdirSync(folder);
      chmodSync(folder, 0o700);
      chownSync(folder, 65_534, 65_534);
      const { child } = await launch({ folder });
      expect(await child.ends()).toBe(1);
      expectRefusal(child, folder, 'root', 'nobody');
    });
  });
};
