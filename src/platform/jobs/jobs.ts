import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { LOGGER } from '../../infra/http/tokens.js';
import { inContext, logContext } from '../../infra/logging/log-context.js';
import { JobMetrics, type JobOutcome } from '../metrics/job-metrics.js';
import { HopelessJob, type JobKind } from './job-kinds.js';

/** Schema of the queue's tables; the migrations make it. */
export const JOB_SCHEMA = 'pgboss';

/** Connections of the queue itself: jobs must go on when requests have taken all of the portal's pool. */
const POOL = 4;
const POLL_SECONDS = 2;
const SUPERVISE_SECONDS = 10;
/** Done jobs are forgotten after a while, failed ones are kept for somebody to look at. */
const KEPT_SECONDS = 30 * 24 * 3600;
/** How long jobs under way may take when the process ends. */
const STOP_MS = 20_000;

/** Jobs are fetched in batches, one after another while there are more, and each has its own outcome. */
const WORK = {
  pollingIntervalSeconds: POLL_SECONDS,
  burstWhenBatchFull: true,
  includeMetadata: true,
  perJobResults: true,
} as const;

/** When and under which key a job is to run. */
export type JobRequest = {
  /** No second job is made while one of the kind with this key waits or is under way. */
  key?: string;
  startAfter?: Date;
  /** Request that the job comes from, where it is not the one under way. */
  requestId?: string | undefined;
};

/** What a job is stored with: what its kind needs, and the request that it comes from. */
type Stored = { requestId?: string };

/**
 * Background jobs in PostgreSQL (pg-boss): made in the transaction of what calls for them, so that neither is without
 * the other; tried again with growing pauses; put aside with a reason when no try succeeds.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly kinds = new Map<string, JobKind<object>>();
  private readonly boss: PgBoss;
  private readonly beginnings: (() => void)[] = [];
  private isWorking = false;

  constructor(
    database: Database,
    private readonly metrics: JobMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const { url } = database.source.options as { url?: string };
    this.boss = new PgBoss({
      ...(url !== undefined && { connectionString: url }),
      schema: JOB_SCHEMA,
      max: POOL,
      migrate: false,
      createSchema: false,
      application_name: 'portal-jobs',
      // How soon the jobs of a worker that died are given to another one.
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    });
    this.boss.on('error', (error: Error) => this.logger.warn({ reason: error.message }, 'the job queue is disturbed'));
  }

  /** Declares a kind of job; called by modules while they are made, before the queue starts. */
  define<Data extends object>(kind: JobKind<Data>): void {
    if (this.kinds.has(kind.name)) throw new Error(`the kind of job ${kind.name} is defined twice`);
    this.kinds.set(kind.name, kind as unknown as JobKind<object>);
  }

  onApplicationBootstrap(): Promise<void> {
    return this.open();
  }

  /** Opens the queue; a command, whose application never starts, does so itself before it makes jobs. */
  async open(): Promise<void> {
    if (this.kinds.size === 0) return;
    await this.boss.start();
    for (const kind of this.kinds.values()) await this.declare(kind);
  }

  /** Before the pool of the portal is closed, which the jobs under way still need. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.boss.stop({ graceful: this.isWorking, timeout: STOP_MS, close: true }).catch(() => undefined);
  }

  /** Makes a job in the transaction of what calls for it; it carries the id of the request under way. */
  async enqueue(manager: EntityManager, kind: string, data: object, request: JobRequest = {}): Promise<void> {
    if (!this.kinds.has(kind)) throw new Error(`no kind of job ${kind}`);
    const db = {
      executeSql: async (text: string, values?: unknown[]) => ({ rows: await rowsOf(manager, text, values) }),
    };
    const { key, startAfter, requestId = logContext().requestId } = request;
    const singletonKey = key ?? randomUUID();
    const stored = { ...data, ...(requestId && { requestId }) };
    await this.boss.send(kind, stored, { db, singletonKey, ...(startAfter && { startAfter }) });
  }

  /** @param begin called when this process begins to work on jobs: for what makes jobs by the clock */
  onWork(begin: () => void): void {
    this.beginnings.push(begin);
  }

  /** Begins to work on jobs of every kind; several processes may do so at once. */
  async work(): Promise<void> {
    if (this.isWorking) return;
    this.isWorking = true;
    for (const { name, options } of this.kinds.values()) {
      await this.boss.work<object, unknown, typeof WORK & { batchSize: number }>(
        name,
        { ...WORK, batchSize: options.concurrency ?? 4 },
        (jobs) => Promise.all(jobs.map((job) => this.run(job))),
      );
      if (options.schedule) await this.boss.schedule(name, options.schedule, {}, { tz: 'UTC' });
    }
    for (const begin of this.beginnings) begin();
  }

  /** A queue keeps the settings it was made with, so they are written at every start. */
  private async declare({ name, options }: JobKind<object>): Promise<void> {
    const settings = {
      retryLimit: options.retries,
      retryDelay: options.retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: options.longestDelaySeconds ?? 3 * 24 * 3600,
      expireInSeconds: options.expiresSeconds,
      deleteAfterSeconds: KEPT_SECONDS,
    };
    // Exclusive by key: a job that nobody gave a key has one of its own.
    await this.boss.createQueue(name, { policy: 'exclusive', ...settings });
    await this.boss.updateQueue(name, settings);
  }

  /** One try, in the context of the job and of the request that it comes from. */
  private run(job: JobWithMetadata<object>): Promise<JobResult> {
    const { requestId, ...data } = job.data as Stored;
    const context = { job: job.id, kind: job.name, attempt: job.retryCount + 1, ...(requestId && { requestId }) };
    return inContext(context, () => this.attempt(job, data));
  }

  /** The outcome of one try; whatever goes wrong is written down with the job. */
  private async attempt(job: JobWithMetadata<object>, data: object): Promise<JobResult> {
    const { id, name, retryCount, signal } = job;
    const began = performance.now();
    const passed = () => Math.round(performance.now() - began);
    try {
      await this.kinds.get(name)!.handle({ id, data, attempt: retryCount + 1, signal });
      this.metrics.tried(name, 'completed', passed());
      this.logger.info({ ms: passed() }, 'job finished');
      return { id, status: 'completed' };
    } catch (error) {
      const { message } = error as Error;
      const outcome = outcomeOf(job, error);
      this.metrics.tried(name, outcome, passed());
      this.logger.warn({ ms: passed(), reason: message, outcome }, 'job failed');
      return { id, status: error instanceof HopelessJob ? 'deadletter' : 'failed', output: { message } };
    }
  }
}

const outcomeOf = ({ retryCount, retryLimit }: JobWithMetadata<object>, error: unknown): JobOutcome =>
  error instanceof HopelessJob || retryCount >= retryLimit ? 'failed' : 'retried';

const rowsOf = async (manager: EntityManager, text: string, values?: unknown[]): Promise<object[]> => {
  const rows = (await manager.query(text, values)) as object[] | undefined;
  return Array.isArray(rows) ? rows : [];
};
