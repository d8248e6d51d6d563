/** How a kind of job is tried. */
export type JobOptions = {
  /** Tries after the first one. */
  retries: number;
  /** Pause before the first retry; it doubles from one to the next, with jitter. */
  retryDelaySeconds: number;
  /** Longest pause. */
  longestDelaySeconds?: number;
  /** After so long without an end a job counts as lost with its worker, and is tried again. */
  expiresSeconds: number;
  /** Jobs of the kind that one process works on at the same time. */
  concurrency?: number;
  /** Cron expression in UTC by which a job of the kind is made by itself. */
  schedule?: string;
};

/** A job as its handler sees it. */
type Job<Data> = { id: string; data: Data; attempt: number; signal: AbortSignal };

/** A kind of job: its name stands in the queue and in the log. */
export type JobKind<Data> = {
  name: string;
  options: JobOptions;
  handle: (job: Job<Data>) => Promise<void>;
};

/** A failure that a further try cannot mend: the job is put aside at once, with the reason. */
export class HopelessJob extends Error {}
