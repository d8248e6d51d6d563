import { IdempotencyKey } from '../resource/idempotency-key.entity.js';
import { FeedEntry } from './feed/feed-entry.entity.js';
import { JobEffect } from './jobs/job-effect.entity.js';
import { ApiKey } from './keys/api-key.entity.js';
import { ThrottleCounter } from './limits/throttle-counter.entity.js';
import { SeedRow } from './seeding/seed-row.entity.js';
import { Translation } from './translation/translation.entity.js';
import { Webhook } from './webhooks/webhook.entity.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.entity.js';

/** Tables of the platform itself, beside those of the resources. */
export const platformEntities = [
  ApiKey,
  FeedEntry,
  IdempotencyKey,
  JobEffect,
  SeedRow,
  ThrottleCounter,
  Translation,
  Webhook,
  WebhookDelivery,
];
