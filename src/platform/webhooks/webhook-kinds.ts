import type { JobOptions } from '../jobs/job-kinds.js';

/** Names of the kinds of job. */
export const PUMP = 'webhook.pump';
export const DELIVER = 'webhook.deliver';
export const SWEEP = 'webhook.sweep';

/**
 * Tries of a message: pauses of 5 to 10 seconds, doubling to eight hours, half of it by chance, make 24 of them about
 * three days.
 */
export const MOST_ATTEMPTS = 24;

export const DELIVER_OPTIONS: JobOptions = {
  retries: MOST_ATTEMPTS - 1,
  retryDelaySeconds: 5,
  longestDelaySeconds: 8 * 3600,
  // A receiver may take ten seconds; a job that takes longer has lost its worker.
  expiresSeconds: 30,
  concurrency: 16,
};

export const PUMP_OPTIONS: JobOptions = {
  retries: 5,
  retryDelaySeconds: 1,
  longestDelaySeconds: 60,
  expiresSeconds: 60,
};

export const SWEEP_OPTIONS: JobOptions = {
  retries: 0,
  retryDelaySeconds: 1,
  expiresSeconds: 60,
  concurrency: 1,
  schedule: '* * * * *',
};
