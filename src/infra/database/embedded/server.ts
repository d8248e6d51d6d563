import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, serverEnvironment } from './cluster.js';
import { callThrough } from './launcher.js';
import { isPostmaster, processesOf, signal, waitUntil } from './processes.js';

/** How a server process ended. */
export type ServerExit = Readonly<{ code: number | null; signal: NodeJS.Signals | null }>;

/** A server that did not come up, with the last lines it wrote. */
export class ServerFailed extends Error {
  readonly portTaken: boolean;

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ServerFailed';
    this.portTaken = lines.some((line) => /could not bind|Address already in use/.test(line));
  }
}

export type ServerOptions = Readonly<{ port: number; durable: boolean; onLog: (line: string) => void }>;

/** The words a server is told to end with, and how long it may take before it is told more firmly. */
const STEPS = [
  { toLeader: 'SIGINT', toEach: 'SIGTERM', patienceMs: 15_000 },
  { toLeader: 'SIGQUIT', toEach: 'SIGQUIT', patienceMs: 5_000 },
  { toLeader: undefined, toEach: 'SIGKILL', patienceMs: 5_000 },
] as const;

const POLL_MS = 15;
const LOG_WAIT_MS = 500;
const KEPT_LINES = 12;

const settings = ({ name }: Cluster, { port, durable }: ServerOptions): string[] => [
  'listen_addresses=127.0.0.1',
  `port=${port}`,
  'unix_socket_directories=',
  `cluster_name=${name}`,
  'timezone=UTC',
  'log_timezone=UTC',
  'lc_messages=C',
  'log_min_messages=log',
  'log_checkpoints=off',
  'max_logical_replication_workers=0',
  ...(durable
    ? []
    : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0']),
];

/** One run of the server process of a cluster. */
export class Server {
  readonly pid: number;
  readonly exited: Promise<ServerExit>;
  private ended = false;
  private readonly lines: string[] = [];
  private readonly cluster: Cluster;
  /** The last line of the log is read; comes after `exited`, when the last child is gone. */
  private readonly closed: Promise<unknown>;

  private constructor(cluster: Cluster, child: ChildProcess, onLog: (line: string) => void) {
    this.cluster = cluster;
    this.pid = child.pid!;
    createInterface({ input: child.stderr! }).on('line', (line) => {
      this.lines.push(line);
      if (this.lines.length > KEPT_LINES) this.lines.shift();
      onLog(line);
    });
    this.closed = once(child, 'close');
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, name) => {
        this.ended = true;
        resolve({ code, signal: name });
      });
    });
  }

  /**
   * Starts the server and waits until it takes connections. It stands in a session of its own,
   * so that Ctrl-C in a terminal reaches the portal only, which then closes things in order.
   * @throws ServerFailed when it ends instead
   */
  static async start(cluster: Cluster, options: ServerOptions): Promise<Server> {
    const { launcher, binaries } = cluster.place;
    const words = settings(cluster, options).flatMap((setting) => ['-c', setting]);
    const call = callThrough(launcher, 'INT', [binaries.postgres, '-D', cluster.data, ...words]);
    const child = spawn(call.command, call.args, {
      ...call.options,
      env: serverEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(new ServerFailed([error.message])));
    });
    const server = new Server(cluster, child, options.onLog);
    await server.ready();
    return server;
  }

  /** Waits without a limit: recovery after a crash takes what it takes, and its progress is logged. */
  private async ready(): Promise<void> {
    while (!isReady(this.cluster.data, this.pid)) {
      if (this.ended) {
        await Promise.race([this.closed, sleep(LOG_WAIT_MS)]);
        throw new ServerFailed(this.lines);
      }
      await sleep(POLL_MS);
    }
  }

  /** Ends the server in order; more firmly when it does not follow. Ends also what it left behind. */
  async stop(): Promise<void> {
    await endProcesses(this.cluster.name);
    await this.exited;
  }
}

/** The server itself says in its pid file when it takes connections. */
const isReady = (data: string, pid: number): boolean => {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
};

/**
 * Ends every process of a cluster: fast but in order first, at once if that does not help.
 * The leader passes the word on; without it each process is told.
 */
export const endProcesses = async (clusterName: string): Promise<void> => {
  for (const { toLeader, toEach, patienceMs } of STEPS) {
    const running = processesOf(clusterName);
    const leader = toLeader && running.find(isPostmaster);
    if (leader) signal(leader, toLeader);
    else for (const pid of running) signal(pid, toEach);
    if (await waitUntil(() => processesOf(clusterName).length === 0, patienceMs)) return;
  }
};
