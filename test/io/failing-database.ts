import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { findBinaries } from '../../src/infra/database/embedded/binaries.js';
import { type Cluster, openCluster } from '../../src/infra/database/embedded/cluster.js';
import { prepareDataFolder } from '../../src/infra/database/embedded/data-folder.js';
import { choosePlace, giveTo } from '../../src/infra/database/embedded/places.js';
import { processesOf } from '../../src/infra/database/embedded/processes.js';
import { endProcesses, Server } from '../../src/infra/database/embedded/server.js';
import { projectFolder, type Workshop } from './support.js';

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
};

/** A PostgreSQL of a test's own, always on the same port, that can be stopped, killed and frozen. */
export class FailingDatabase {
  private server: Server;

  private constructor(
    private readonly cluster: Cluster,
    private readonly port: number,
    server: Server,
  ) {
    this.server = server;
  }

  /** A running server with an empty, migrated database. */
  static async start(workshop: Workshop): Promise<FailingDatabase> {
    const folder = prepareDataFolder(join(workshop.folder(), '.data'));
    const place = choosePlace(folder, findBinaries());
    const cluster = await openCluster(place, false);
    giveTo(cluster.data, place.launcher);
    const port = await freePort();
    const database = new FailingDatabase(cluster, port, await launch(cluster, port));
    // In a process of its own: TypeORM remembers for a whole process how the first test file loaded modules.
    const migration = workshop.run([join(projectFolder, 'dist/src/cli/migrate.js')], {
      env: { DATABASE_URL: database.url },
    });
    if ((await migration.ends()) !== 0) throw new Error(migration.output);
    return database;
  }

  get url(): string {
    return `postgres://postgres:${this.cluster.password}@127.0.0.1:${this.port}/postgres`;
  }

  /** In order, as an administrator would: connections are told and closed. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** All at once, as a power cut would. */
  async kill(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.exited;
    await endProcesses(this.cluster.name);
  }

  /** Still there, and deaf: connections stay open and nothing is answered. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  private signal(name: NodeJS.Signals): void {
    for (const pid of processesOf(this.cluster.name)) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended in the meantime.
      }
    }
  }

  async startAgain(): Promise<void> {
    this.server = await launch(this.cluster, this.port);
  }

  /** As at the beginning, whatever a test that failed has left. */
  async restore(): Promise<void> {
    this.thaw();
    if (processesOf(this.cluster.name).length === 0) await this.startAgain();
  }

  async sql(text: string): Promise<Record<string, unknown>[]> {
    const client = await this.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** A connection that stays open, to hold a lock with. */
  async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url, application_name: 'test' });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}

const launch = (cluster: Cluster, port: number): Promise<Server> =>
  Server.start(cluster, { port, durable: false, onLog: () => undefined });
