import { IdempotencyKey } from '../resource/idempotency-key.entity.js';
import { Account } from './accounts/account.entity.js';
import { Invitation } from './accounts/invitation.entity.js';
import { OneTimeToken } from './accounts/one-time-token.entity.js';
import { SecondFactor } from './accounts/second-factor.entity.js';
import { Audit } from './audit/audit.entity.js';
import { FailedSignIn } from './auth/failed-sign-in.entity.js';
import { RefreshToken } from './auth/refresh-token.entity.js';
import { Session } from './auth/session.entity.js';
import { SigningKey } from './auth/signing-key.entity.js';
import { CalendarFeed } from './calendar-feeds/calendar-feed.entity.js';
import { FeedEntry } from './feed/feed-entry.entity.js';
import { JobEffect } from './jobs/job-effect.entity.js';
import { ApiKey } from './keys/api-key.entity.js';
import { ThrottleCounter } from './limits/throttle-counter.entity.js';
import { StoredNotification } from './notifications/notification.entity.js';
import { NotificationPreference } from './notifications/notification-preference.entity.js';
import { AccountIdentity } from './oidc/account-identity.entity.js';
import { PendingSignIn } from './oidc/pending-sign-in.entity.js';
import { SearchEntry } from './search/search-entry.entity.js';
import { SeedRow } from './seeding/seed-row.entity.js';
import { Translation } from './translation/translation.entity.js';
import { TranslationComment } from './translation/translation-comment.entity.js';
import { TranslationWaiver } from './translation/translation-waiver.entity.js';
import { Webhook } from './webhooks/webhook.entity.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.entity.js';

/** Tables of the platform itself, beside those of the resources. */
export const platformEntities = [
  Account,
  AccountIdentity,
  ApiKey,
  Audit,
  CalendarFeed,
  FailedSignIn,
  FeedEntry,
  IdempotencyKey,
  Invitation,
  JobEffect,
  NotificationPreference,
  OneTimeToken,
  PendingSignIn,
  RefreshToken,
  SearchEntry,
  SecondFactor,
  SeedRow,
  Session,
  SigningKey,
  StoredNotification,
  ThrottleCounter,
  Translation,
  TranslationComment,
  TranslationWaiver,
  Webhook,
  WebhookDelivery,
];
