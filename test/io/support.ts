import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { clusterName } from '../../src/infra/database/embedded/cluster.js';
import { processesOf } from '../../src/infra/database/embedded/processes.js';
import { endProcesses } from '../../src/infra/database/embedded/server.js';

export const isRoot = process.getuid?.() === 0;

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Arguments that make Node run a TypeScript file of `fixtures/`. */
export const fixture = (name: string): string[] => ['--import', join(fixtures, 'typescript.mjs'), join(fixtures, name)];

/** Waits for something to become true; a test that waits in vain says for what. */
export const until = async (what: string, holds: () => unknown, limitMs = 90_000): Promise<void> => {
  for (const end = performance.now() + limitMs; !(await holds()); await sleep(25)) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
  }
};

/** A port outside the range from which the system hands out ports, so that nobody gets it meanwhile. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
};

/** A child process of a test with what it said. */
export class Child {
  readonly pid: number;
  output = '';
  exit: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  readonly process: ChildProcess;

  constructor(process: ChildProcess) {
    this.process = process;
    this.pid = process.pid!;
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
    process.once('exit', (code, signal) => {
      this.exit = { code, signal };
    });
  }

  async says(pattern: RegExp): Promise<void> {
    await until(`${pattern} is said; said so far:\n${this.output}`, () => {
      if (this.exit && !pattern.test(this.output)) throw new Error(`ended (${this.exit.code}) saying:\n${this.output}`);
      return pattern.test(this.output);
    });
  }

  async ends(): Promise<number | null> {
    await until(`process ${this.pid} ends; said so far:\n${this.output}`, () => this.exit !== undefined, 60_000);
    return this.exit!.code;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    if (!this.exit) this.process.kill(signal);
    return this.ends();
  }
}

type RunOptions = { env?: Record<string, string>; uid?: number; gid?: number; command?: string; cwd?: string };

/** Folders, children and clusters of one test file; `cleanUp` leaves nothing of them. */
export class Workshop {
  private readonly folders: string[] = [];
  private readonly children: Child[] = [];
  private readonly outside: string[] = [];

  /** An empty folder of one's own. */
  folder(mode = 0o755): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'portal-io-')));
    chmodSync(folder, mode);
    this.folders.push(folder);
    return folder;
  }

  /** Registers something outside the folders for removal. */
  removeLater(path: string): void {
    this.outside.push(path);
  }

  /** Runs Node with nothing of our own environment but the search path. */
  run(words: string[], { env = {}, command = process.execPath, ...options }: RunOptions = {}): Child {
    const child = new Child(
      spawn(command, words, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...options }),
    );
    this.children.push(child);
    return child;
  }

  /** A search path on which some programs of the system are missing. */
  pathWithout(...names: string[]): string {
    const folder = join(this.folder(), 'bin');
    mkdirSync(folder);
    for (const name of ['sh', 'id', 'test', 'true', 'setpriv', 'unshare'].filter((tool) => !names.includes(tool))) {
      const found = (process.env.PATH ?? '').split(delimiter).find((place) => existsSync(join(place, name)));
      if (found) symlinkSync(join(found, name), join(folder, name));
    }
    return folder;
  }

  async cleanUp(): Promise<void> {
    for (const child of this.children.splice(0)) await child.kill();
    for (const folder of this.folders.splice(0)) {
      for (const cluster of clustersIn(folder)) await endProcesses(clusterName(cluster));
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    for (const path of this.outside.splice(0)) rmSync(path, { recursive: true, force: true });
  }
}

const clustersIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === 'database' && (entry.isDirectory() || entry.isSymbolicLink()))
    .map((entry) => join(databaseOf(entry.parentPath), 'cluster'));

/** Where the embedded database of a data folder really lies. */
const databaseOf = (dataFolder: string): string => {
  const path = join(dataFolder, 'database');
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : path;
};

/** The embedded database of a data folder, seen from outside. */
export class Embedded {
  readonly data: string;
  private readonly password: string;

  constructor(dataFolder: string) {
    this.data = join(databaseOf(dataFolder), 'cluster');
    this.password = readFileSync(join(dirname(this.data), 'password'), 'utf8');
  }

  private line(number: number): number {
    return Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[number - 1]);
  }

  get pid(): number {
    return this.line(1);
  }

  get port(): number {
    return this.line(4);
  }

  get running(): number[] {
    return processesOf(clusterName(this.data));
  }

  /** Asks the database as superuser. */
  async ask<Row extends object>(text: string, database = 'portal'): Promise<Row[]> {
    const { password, port } = this;
    const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** How many rows each table holds, less those by which the job queue counts its processes. */
  async counts(): Promise<Record<string, number>> {
    const tables = await this.ask<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pgboss') ORDER BY 1`,
    );
    const counted: Record<string, number> = {};
    for (const { name } of tables) {
      counted[name] = (await this.ask<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`))[0]!.count;
    }
    return counted;
  }

  /** Shared memory in use, to be gone when the server is: the names in /dev/shm and the creator of the others. */
  sharedMemory(): { files: string[]; creators: number[] } {
    const files = this.running
      .flatMap((pid) => readFileSync(`/proc/${pid}/maps`, 'utf8').match(/\/dev\/shm\/\S+/g) ?? [])
      .filter((file, index, all) => all.indexOf(file) === index);
    return { files, creators: [this.pid] };
  }
}

/** What of some shared memory is still there. */
export const remaining = ({ files, creators }: { files: string[]; creators: number[] }): string[] => [
  ...files.filter((file) => existsSync(file)),
  ...readFileSync('/proc/sysvipc/shm', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => creators.includes(Number(columns[4])))
    .map((columns) => `segment ${columns[1]}`),
];

/** The status of an HTTP answer, or `undefined` when there is none. */
export const statusOf = async (url: string): Promise<number | undefined> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
};
