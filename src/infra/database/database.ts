import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { DataSource, type EntityManager, type MigrationInterface } from 'typeorm';
import { problem } from '../../kernel/problems.js';
import { SnakeNaming } from './naming.js';
import { databaseProblem, isRetryable } from './pg-problems.js';
import { PortalClient, socketOf } from './portal-client.js';

export type DatabaseOptions = {
  url: string;
  poolSize: number;
  statementTimeoutMs: number;
  /** Entity classes and link tables of all resources. */
  entities: (abstract new (
    ...parameters: never[]
  ) => object)[];
  migrations?: (new () => MigrationInterface)[];
};

/** One statement; prepared by its text unless the best plan depends on the values. */
export type ReadStatement = { text: string; values: unknown[]; planEachTime?: boolean };

/** How long a request waits for a free connection before it is told to come back (hardening, pattern 7). */
const CONNECTION_WAIT_MS = 900;
/** How long opening waits for a database that is just starting or busy. */
const OPENING_WAIT_MS = 20_000;
const OPENING_PAUSE_MS = 250;
/** Requests that may wait for a connection for every connection of the pool. */
const WAITING_PER_CONNECTION = 8;
/** Distinct statements that are prepared by name; rarer shapes are planned each time. */
const MOST_PREPARED = 300;
const MOST_TRIES = 3;
/** How much later than the server's own limit a statement is given up. */
const LATE_MS = 1_000;
/** Longest transaction in multiples of the longest statement. */
const MOST_STATEMENT_TIMES = 6;

/**
 * Opens a TypeORM data source with the pool's limits and the session settings that the portal's reads rely on.
 * A database that does not answer yet is asked again for a while: only requests must not wait.
 * @throws when the database refuses, or still does not answer
 */
export const openDataSource = async (options: DatabaseOptions): Promise<DataSource> => {
  const deadline = Date.now() + OPENING_WAIT_MS;
  for (;;) {
    const source = createDataSource(options);
    try {
      return await source.initialize();
    } catch (error) {
      const busy = databaseProblem(error)?.code === 'server.unavailable';
      if (!busy || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, OPENING_PAUSE_MS));
    }
  }
};

const createDataSource = (options: DatabaseOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url: options.url,
    entities: options.entities,
    migrations: options.migrations ?? [],
    migrationsTableName: 'migration',
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    installExtensions: false,
    extra: {
      Client: PortalClient,
      silenceMs: options.statementTimeoutMs + LATE_MS,
      max: options.poolSize,
      connectionTimeoutMillis: CONNECTION_WAIT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      options: [
        '-c timezone=UTC',
        `-c statement_timeout=${options.statementTimeoutMs}`,
        '-c lock_timeout=2000',
        '-c idle_in_transaction_session_timeout=10000',
        // Reads are short index scans: just-in-time compilation costs more than it saves.
        '-c jit=off',
        // What is read often lies in memory, and the rest on disks without arms: no page is dearer than its neighbour.
        '-c random_page_cost=1.1',
      ].join(' '),
    },
    // A lost idle connection is the pool's business; the next query gets a new one.
    poolErrorHandler: () => undefined,
  });

/**
 * The way to PostgreSQL: plain statements for reads, transactions for writes.
 * Every fault leaves it as a problem without a word of SQL.
 */
export class Database {
  private readonly prepared = new Map<string, string>();
  private readonly lastSteps = new WeakMap<EntityManager, (() => Promise<void>)[]>();

  /** @param limits those that the data source was opened with; a server that is frozen is given up soon after its own */
  constructor(
    readonly source: DataSource,
    private readonly limits: Pick<DatabaseOptions, 'poolSize' | 'statementTimeoutMs'>,
  ) {}

  private get pool(): Pool {
    return (this.source.driver as unknown as { master: Pool }).master;
  }

  /** Connections for requests: how many there are, how many of them are idle, and how many requests wait for one. */
  get poolState(): { total: number; idle: number; waiting: number } {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.pool;
    return { total, idle, waiting };
  }

  /**
   * Runs one statement and yields its rows as arrays of texts.
   * @throws `server.unavailable` when the queue for a connection is full or the database does not answer
   */
  async rows(statement: ReadStatement): Promise<(string | null)[][]> {
    const { text, values, planEachTime } = statement;
    this.refuseWhenFull();
    try {
      const name = planEachTime ? undefined : this.nameOf(text);
      const result = await this.pool.query({ text, values, ...(name && { name }), rowMode: 'array' });
      return result.rows as (string | null)[][];
    } catch (error) {
      throw databaseProblem(error) ?? error;
    }
  }

  /**
   * Runs a unit of work in one transaction; a serialization failure or deadlock is tried again.
   * @throws whatever the work throws, with database faults turned into problems
   */
  async transaction<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    this.refuseWhenFull();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.limited(work);
      } catch (error) {
        if (isRetryable(error) && attempt < MOST_TRIES) continue;
        throw databaseProblem(error) ?? error;
      }
    }
  }

  /**
   * Has something done as the last thing of a transaction, when its work is done and only the commit is left: what
   * holds a lock that everybody needs holds it for that moment only.
   * @param manager that the work of `transaction` was handed
   */
  beforeCommit(manager: EntityManager, step: () => Promise<void>): void {
    const steps = this.lastSteps.get(manager);
    if (!steps) throw new Error('a last step belongs to a transaction of Database.transaction');
    steps.push(step);
  }

  /** The work and then its last steps. */
  private async complete<Result>(manager: EntityManager, work: (manager: EntityManager) => Promise<Result>) {
    const steps: (() => Promise<void>)[] = [];
    this.lastSteps.set(manager, steps);
    try {
      const result = await work(manager);
      for (const step of steps) await step();
      return result;
    } finally {
      this.lastSteps.delete(manager);
    }
  }

  /** A transaction on a connection that is cut when all of it takes too long, however short its statements are. */
  private async limited<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    const runner = this.source.createQueryRunner();
    const socket = socketOf(await runner.connect());
    const limit = setTimeout(() => socket.destroy(), this.limits.statementTimeoutMs * MOST_STATEMENT_TIMES);
    try {
      return await runner.manager.transaction((manager) => this.complete(manager, work));
    } finally {
      clearTimeout(limit);
      await runner.release();
    }
  }

  /** Called by Nest once the last request has been answered. */
  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private refuseWhenFull(): void {
    if (this.pool.waitingCount < this.limits.poolSize * WAITING_PER_CONNECTION) return;
    throw problem('server.unavailable', { headers: { 'Retry-After': '1' } });
  }

  private nameOf(text: string): string | undefined {
    const known = this.prepared.get(text);
    if (known || this.prepared.size >= MOST_PREPARED) return known;
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
    this.prepared.set(text, name);
    return name;
  }
}
