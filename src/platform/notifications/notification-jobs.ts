import type { JobOptions } from '../jobs/job-kinds.js';

/** Writes to one person about one notification. */
export const NOTIFICATION_MAIL = 'notification.mail';

/** Sees by the clock who has something waiting for a digest. */
export const DIGESTS = 'notification.digests';

/** Writes one digest to one person. */
export const DIGEST = 'notification.digest';

/**
 * Seven o'clock in Harbin, eight in Blagoveshchensk, nine in Birobidzhan: one hour before work begins, or as it does,
 * at every place of the cooperation.
 */
export const DIGESTS_OPTIONS: JobOptions = {
  retries: 5,
  retryDelaySeconds: 60,
  expiresSeconds: 120,
  concurrency: 1,
  schedule: '0 23 * * *',
};
