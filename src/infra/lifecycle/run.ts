import type { Server } from 'node:http';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { type Config, originOf, readConfig } from '../config/config.js';
import { Cleanup } from './cleanup.js';
import { Console } from './console.js';
import { HttpDrain } from './http-drain.js';
import { type OpenDatabase, openEmbeddedServer, openOwnServer, takeDataFolder } from './open-database.js';
import { listenRefusal, requireMetricsPort, requirePort } from './port.js';
import { Refusal, refusal } from './refusal.js';
import { keepSecretKey } from './secret-key.js';
import { type SeedReport, totalsOf } from './seed-report.js';
import { listenForSignals } from './signals.js';
import { beginStopping } from './stopping.js';

/** The parts of the portal that a start puts together; loaded when they are needed. */
export type Parts = Readonly<{
  createPortal: (config: Config, options: { databaseUrl: string }) => Promise<INestApplication>;
  migrate: (databaseUrl: string) => Promise<string[]>;
  pendingMigrations: (databaseUrl: string) => Promise<string[]>;
  seed: (databaseUrl: string) => Promise<SeedReport>;
  /** Makes accounts to try the portal with; yields the file that names them, where it was written. */
  demoAccounts: (app: INestApplication, dataFolder: string) => Promise<string | undefined>;
  /** Begins to tell metrics, where a port for them is stated. */
  metrics: (app: INestApplication) => Promise<void>;
  /** Begins to work on background jobs. */
  work: (app: INestApplication) => Promise<void>;
}>;

/** Requests under way may take this long after the wish to end, open connections this long to be told. */
const DRAIN = { graceMs: 1_000, limitMs: 25_000 } as const;

/** After this everything is cut off, whatever hangs. */
const LAST_DEADLINE_MS = 50_000;

/** The start was called off by a signal. */
class CalledOff extends Error {}

/** One life of the portal, from the command to the exit code. */
export const runPortal = async (parts: Parts): Promise<void> => {
  const console = new Console();
  const life = new Life(console, new Cleanup((error) => console.crash(error)));
  try {
    await life.begin(() => start(parts, life));
  } catch (error) {
    if (error instanceof CalledOff) return;
    if (error instanceof Refusal) console.refuse(error);
    else console.crash(error);
    await life.end(1, false);
  }
};

/** Knows when the process has to end and ends it once. */
class Life {
  readonly console: Console;
  readonly cleanup: Cleanup;
  database: OpenDatabase | undefined;
  private beginning: Promise<void> = Promise.resolve();
  private ending = false;

  constructor(console: Console, cleanup: Cleanup) {
    this.console = console;
    this.cleanup = cleanup;
    listenForSignals(
      () => void this.leave(),
      (exitCode) => this.abandon(exitCode),
    );
    process.on('uncaughtException', (error) => void this.fall(error));
    process.on('unhandledRejection', (error) => void this.fall(error));
  }

  /** Runs the start; a wish to end that comes meanwhile waits for its next checkpoint. */
  begin(steps: () => Promise<void>): Promise<void> {
    this.beginning = steps();
    return this.beginning;
  }

  /** Called between the steps of a start: what follows is not begun when the process is ending. */
  checkpoint(): void {
    if (this.ending) throw new CalledOff();
  }

  /** Undoes what there is, last thing first, and ends the process. */
  async end(exitCode: number, graceful: boolean): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    beginStopping();
    setTimeout(() => this.abandon(1), LAST_DEADLINE_MS).unref();
    if (graceful) await this.beginning.catch(() => {});
    await this.cleanup.run(graceful);
    process.exit(exitCode);
  }

  private async leave(): Promise<void> {
    if (this.ending) return;
    this.console.say('stop.begun');
    await this.end(0, true);
  }

  private async fall(error: unknown): Promise<void> {
    this.console.crash(error);
    await this.end(1, false);
  }

  /** Leaves at once; the database is told, and closes in order by itself. */
  private abandon(exitCode: number): void {
    try {
      const pid = this.database?.embedded?.pid;
      if (pid !== undefined) process.kill(pid, 'SIGINT');
    } finally {
      process.exit(exitCode);
    }
  }
}

const start = async (parts: Parts, life: Life): Promise<void> => {
  const stated = readConfig();
  const { config, database } = stated.databaseUrl
    ? await startOwn(stated, stated.databaseUrl)
    : await startEmbedded(stated, life);
  life.database = database;
  life.checkpoint();
  await fillDatabase(parts, database, life);
  const app = await parts.createPortal(config, { databaseUrl: database.url });
  life.cleanup.add(() => app.close());
  await parts.metrics(app);
  life.checkpoint();
  if (database.embedded) {
    const file = await parts.demoAccounts(app, config.dataFolder);
    if (file) life.console.say('start.demoAccounts', { file });
  }
  if (config.smtpUrl === undefined) life.console.say('start.mailToFiles', { folder: join(config.dataFolder, 'mail') });
  await listen(app, config, life);
  if (config.jobs === 'in-process') await parts.work(app);
  announce(config, database, life.console);
};

type Opened = { config: Config; database: OpenDatabase };

const requirePorts = async ({ host, port, metrics }: Config): Promise<void> => {
  await requirePort(host, port);
  await requireMetricsPort(metrics);
};

const startOwn = async (config: Config, databaseUrl: string): Promise<Opened> => {
  await requirePorts(config);
  return { config, database: await openOwnServer(databaseUrl) };
};

/** Folder and port are asked for first: a second portal learns within a second what is in its way. */
const startEmbedded = async (stated: Config, life: Life): Promise<Opened> => {
  const self = { pid: process.pid, role: 'portal', url: originOf(stated.host, stated.port) } as const;
  const folder = await takeDataFolder(stated, self, life.cleanup);
  await requirePorts(stated);
  life.checkpoint();
  const config = keepSecretKey(stated, folder);
  return { config, database: await openEmbeddedServer(folder, config, life.cleanup, life.console) };
};

/** The embedded database is kept up to date by the portal; a server of one's own by its owner. */
const fillDatabase = async (parts: Parts, { url, embedded }: OpenDatabase, life: Life): Promise<void> => {
  if (!embedded) {
    const pending = await parts.pendingMigrations(url);
    if (pending.length > 0) throw refusal('database.pending', { count: pending.length, names: pending.join(', ') });
    return;
  }
  const done = await parts.migrate(url);
  if (done.length > 0) life.console.say('start.migrated', { count: done.length });
  life.checkpoint();
  const totals = totalsOf(await parts.seed(url));
  if (totals.created + totals.updated > 0) life.console.say('seed.done', totals);
  life.checkpoint();
};

const listen = async (app: INestApplication, { host, port }: Config, { cleanup, console }: Life): Promise<void> => {
  const server = app.getHttpServer() as Server;
  const drain = new HttpDrain(server);
  cleanup.add(async (graceful) => {
    const cutOff = await drain.close(graceful ? DRAIN : { graceMs: 0, limitMs: 0 });
    if (cutOff > 0) console.warn('stop.cutOff', { count: cutOff });
  });
  try {
    await app.listen(port, host);
  } catch (error) {
    throw listenRefusal(error as NodeJS.ErrnoException, host, port);
  }
};

const announce = ({ host, port }: Config, { place, embedded }: OpenDatabase, console: Console): void => {
  const origin = originOf(host, port);
  console.say(embedded ? 'start.doneEmbedded' : 'start.done', {
    api: `${origin}/api/v1`,
    docs: `${origin}/docs`,
    place,
    seconds: performance.now() / 1_000,
  });
};
