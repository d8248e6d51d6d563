import type { EntityManager } from 'typeorm';
import type { Jobs } from '../jobs/jobs.js';
import { DELIVER } from './webhook-kinds.js';

/** A message whose turn it is, with the request that it comes from, where there was one. */
export type Waiting = { id: string; requestId: string | null };

/** Makes the job that sends a message: one at a time for each, and told in the log with the request that caused it. */
export const enqueueDelivery = (jobs: Jobs, manager: EntityManager, { id, requestId }: Waiting): Promise<void> =>
  jobs.enqueue(manager, DELIVER, { deliveryId: id }, { key: id, requestId: requestId ?? undefined });
