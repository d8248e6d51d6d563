import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';

/** How a try of a job ended: done, to be tried again, or put aside for good. */
export type JobOutcome = 'completed' | 'retried' | 'failed';

/** Upper bounds in seconds: from a statement to a slow receiver and a long paper. */
const BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60];

/** Tries of jobs in this process. */
@Injectable()
export class JobMetrics {
  private readonly tries: Counter<'kind' | 'outcome'>;
  private readonly seconds: Histogram<'kind'>;

  constructor(registry: Registry) {
    this.tries = new Counter({
      name: 'portal_job_tries_total',
      help: 'Tries of background jobs by kind: completed, retried (to be tried again) or failed (put aside).',
      labelNames: ['kind', 'outcome'],
      registers: [registry],
    });
    this.seconds = new Histogram({
      name: 'portal_job_duration_seconds',
      help: 'Time that a try took.',
      labelNames: ['kind'],
      buckets: BUCKETS,
      registers: [registry],
    });
  }

  /** Counts a try of a kind that took so many milliseconds. */
  tried(kind: string, outcome: JobOutcome, ms: number): void {
    this.tries.inc({ kind, outcome });
    this.seconds.observe({ kind }, ms / 1_000);
  }
}
