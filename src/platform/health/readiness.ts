import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { Database } from '../../infra/database/database.js';
import { isStopping } from '../../infra/lifecycle/stopping.js';
import { migrationNames } from './migration-names.js';

/** Why the portal cannot take requests. */
export type NotReady = 'process.stopping' | 'database.unreachable' | 'database.slow' | 'migrations.pending';

/** The database must answer within this time, and its answer counts for as long. */
const LIMIT_MS = 1_000;
const VALID_MS = 1_000;

const UNDEFINED_TABLE = '42P01';

/**
 * Whether requests can be answered. The question goes over a connection of its own, so that it is answered while
 * the requests' connections are all taken; it is asked at most once a second, however many ask.
 */
@Injectable()
export class Readiness implements OnApplicationShutdown {
  private readonly pool: Pool;
  private last: { until: number; answer: Promise<NotReady[]> } | undefined;

  constructor(database: Database) {
    const { url } = database.source.options as { url?: string };
    this.pool = new Pool({
      connectionString: url,
      max: 1,
      connectionTimeoutMillis: LIMIT_MS,
      query_timeout: LIMIT_MS,
      application_name: 'readiness',
    });
    // A lost connection is found out by the next question.
    this.pool.on('error', () => undefined);
  }

  /** @returns the reasons against; none when the portal is ready */
  async reasons(): Promise<NotReady[]> {
    if (isStopping()) return ['process.stopping'];
    if (!this.last || this.last.until < performance.now()) {
      const answer = withinLimit(this.ask());
      // Until the answer is there everybody waits for it; from then on it counts for its time.
      const last = { until: Number.POSITIVE_INFINITY, answer };
      void answer.then(() => {
        last.until = performance.now() + VALID_MS;
      });
      this.last = last;
    }
    return this.last.answer;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async ask(): Promise<NotReady[]> {
    try {
      const { rows } = await this.pool.query<{ name: string }>('select name from migration');
      const done = new Set(rows.map(({ name }) => name));
      const pending = (await migrationNames()).some((name) => !done.has(name));
      return pending ? ['migrations.pending'] : [];
    } catch (error) {
      return [(error as { code?: string }).code === UNDEFINED_TABLE ? 'migrations.pending' : 'database.unreachable'];
    }
  }
}

const withinLimit = async (answer: Promise<NotReady[]>): Promise<NotReady[]> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<NotReady[]>((resolve) => {
    timer = setTimeout(() => resolve(['database.slow']), LIMIT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};
