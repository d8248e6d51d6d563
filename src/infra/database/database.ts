import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { problem } from '../../kernel/problems.js';
import { SnakeNaming } from './naming.js';
import { databaseProblem, isRetryable } from './pg-problems.js';

export type DatabaseOptions = {
  url: string;
  poolSize: number;
  statementTimeoutMs: number;
  /** Entity classes and link tables of all resources. */
  entities: (abstract new (
    ...parameters: never[]
  ) => object)[];
  migrations?: string[];
};

/** How long a request waits for a free connection before it is told to come back (hardening, pattern 7). */
const CONNECTION_WAIT_MS = 500;
/** Requests that may wait for a connection for every connection of the pool. */
const WAITING_PER_CONNECTION = 8;
/** Distinct statements that are prepared by name; rarer shapes are planned each time. */
const MOST_PREPARED = 300;
const MOST_TRIES = 3;

/** A TypeORM data source with the pool's limits and the session settings that the portal's reads rely on. */
export const createDataSource = (options: DatabaseOptions): DataSource =>
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

  constructor(
    readonly source: DataSource,
    private readonly poolSize: number,
  ) {}

  private get pool(): Pool {
    return (this.source.driver as unknown as { master: Pool }).master;
  }

  /**
   * Runs one statement and yields its rows as arrays of texts.
   * @throws `server.unavailable` when the queue for a connection is full or the database does not answer
   */
  async rows(statement: { text: string; values: unknown[] }): Promise<(string | null)[][]> {
    this.refuseWhenFull();
    try {
      const name = this.nameOf(statement.text);
      const result = await this.pool.query({ ...statement, ...(name && { name }), rowMode: 'array' });
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
        return await this.source.transaction(work);
      } catch (error) {
        if (isRetryable(error) && attempt < MOST_TRIES) continue;
        throw databaseProblem(error) ?? error;
      }
    }
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private refuseWhenFull(): void {
    if (this.pool.waitingCount < this.poolSize * WAITING_PER_CONNECTION) return;
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
