import { IdempotencyKey } from '../resource/idempotency-key.entity.js';
import { FeedEntry } from './feed/feed-entry.entity.js';
import { JobEffect } from './jobs/job-effect.entity.js';
import { SeedRow } from './seeding/seed-row.entity.js';
import { Translation } from './translation/translation.entity.js';

/** Tables of the platform itself, beside those of the resources. */
export const platformEntities = [FeedEntry, IdempotencyKey, JobEffect, SeedRow, Translation];
