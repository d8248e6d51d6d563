import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { refusal } from '../../lifecycle/refusal.js';
import { findBinaries } from './binaries.js';
import { type Cluster, lastLines, openCluster, SUPERUSER } from './cluster.js';
import { prepareDataFolder } from './data-folder.js';
import { clearOldServer } from './old-server.js';
import { choosePlace, giveTo } from './places.js';
import { Server, type ServerExit, ServerFailed } from './server.js';

export type EmbeddedDatabaseOptions = Readonly<{
  /** The data folder; the caller holds its lock. */
  folder: string;
  /** False for throw-away clusters of tests: quicker, but a power cut may break them. */
  durable?: boolean;
  /** A port to stay away from: the one the portal is going to listen on. */
  avoidPort?: number;
  /** The server ended though nobody stopped it; it is being started again. */
  onExit?: (why: ServerExit) => void;
  /** The server is there again. */
  onRestart?: (pid: number) => void;
  /** It could not be started again yet; the next try follows. */
  onRestartFailed?: (output: string) => void;
  /** A line of the server's own log. */
  onLog?: (line: string) => void;
}>;

/** A running server that is kept running until it is stopped. */
export type EmbeddedDatabase = Readonly<{
  /** The portal's database, as its owner, who is no superuser. */
  url: string;
  /** The same server as superuser, database `postgres`. */
  adminUrl: string;
  /** The server process of the moment. */
  pid: number;
  /** Where the cluster lies. */
  data: string;
  /** Whether that is outside the data folder (see places.ts). */
  relocated: boolean;
  /** Whether a server left behind by a killed portal had to be stopped first. */
  foundOldServer: boolean;
  stop(): Promise<void>;
}>;

/** Role and database of the portal. */
const PORTAL = 'portal';

const PORT_TRIES = 5;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;

/**
 * Starts the PostgreSQL that comes with the portal on a free port of this machine; makes its
 * cluster on the first start; clears what a killed portal left. When the server dies it is
 * started again on the same port, so that a pool of connections recovers by itself.
 * @throws Refusal when it cannot run here
 */
export const startEmbeddedDatabase = async (options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> => {
  const durable = options.durable ?? true;
  const folder = prepareDataFolder(options.folder);
  const place = choosePlace(folder, findBinaries());
  const cluster = await openCluster(place, durable);
  const foundOldServer = await clearOldServer(cluster);
  giveTo(cluster.data, place.launcher);
  const { server, port } = await startOnFreePort(cluster, durable, options);
  const supervisor = new Supervisor(cluster, server, { ...options, durable, port });
  const urls = urlsOf(cluster, port);
  try {
    await ensurePortalDatabase(urls.adminUrl, cluster.password);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
  return {
    ...urls,
    get pid() {
      return supervisor.pid;
    },
    data: cluster.data,
    relocated: place.relocated,
    foundOldServer,
    stop: () => supervisor.stop(),
  };
};

const urlsOf = ({ password }: Cluster, port: number): { url: string; adminUrl: string } => ({
  url: `postgres://${PORTAL}:${password}@127.0.0.1:${port}/${PORTAL}`,
  adminUrl: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
});

/** A port that nobody listens on at this moment; another program may still be quicker. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const startOnFreePort = async (
  cluster: Cluster,
  durable: boolean,
  { onLog = () => {}, avoidPort }: EmbeddedDatabaseOptions,
): Promise<{ server: Server; port: number }> => {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    if (port === avoidPort) continue;
    try {
      return { server: await Server.start(cluster, { port, durable, onLog }), port };
    } catch (error) {
      if (!(error instanceof ServerFailed)) throw error;
      if (error.portTaken && attempt < PORT_TRIES) continue;
      throw refusal('database.startFailed', { folder: cluster.data, output: lastLines(error.message) }, error);
    }
  }
};

/** Role and database are made when they are missing: both steps can be repeated after a kill. */
const ensurePortalDatabase = async (adminUrl: string, password: string): Promise<void> => {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [PORTAL]);
    if (roles.rowCount === 0) await client.query(`CREATE ROLE ${PORTAL} LOGIN PASSWORD '${password}'`);
    const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [PORTAL]);
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${PORTAL} OWNER ${PORTAL}`);
  } finally {
    await client.end();
  }
};

type SupervisorOptions = EmbeddedDatabaseOptions & Readonly<{ durable: boolean; port: number }>;

/** Keeps one server running until it is stopped. */
class Supervisor {
  private server: Server;
  private stopping: Promise<void> | undefined;
  private readonly cancelled = new AbortController();
  private readonly watch: Promise<void>;
  private readonly cluster: Cluster;
  private readonly options: SupervisorOptions;

  constructor(cluster: Cluster, server: Server, options: SupervisorOptions) {
    this.cluster = cluster;
    this.server = server;
    this.options = options;
    this.watch = this.keepRunning();
  }

  get pid(): number {
    return this.server.pid;
  }

  /** Ends the server for good; asking twice waits for the same end. */
  stop(): Promise<void> {
    this.stopping ??= (async () => {
      this.cancelled.abort();
      await this.server.stop();
      await this.watch;
      await this.server.stop();
    })();
    return this.stopping;
  }

  private async keepRunning(): Promise<void> {
    while (!this.cancelled.signal.aborted) {
      const why = await this.server.exited;
      if (this.cancelled.signal.aborted) return;
      this.options.onExit?.(why);
      await this.restart();
    }
  }

  /** Tries again after growing pauses until the server is there or nobody wants it any more. */
  private async restart(): Promise<void> {
    const { port, durable, onLog = () => {}, onRestart, onRestartFailed } = this.options;
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      await sleep(delay, undefined, { signal: this.cancelled.signal }).catch(() => {});
      if (this.cancelled.signal.aborted) return;
      try {
        await clearOldServer(this.cluster);
        this.server = await Server.start(this.cluster, { port, durable, onLog });
        onRestart?.(this.server.pid);
        return;
      } catch (error) {
        if (this.cancelled.signal.aborted) return;
        onRestartFailed?.(error instanceof Error ? lastLines(error.message) : String(error));
      }
    }
  }
}
