import { Module } from '@nestjs/common';
import { FeedCall } from '../feed/feed-call.js';
import { FeedEntries } from '../feed/feed-entries.js';
import { DeliveryLog } from './delivery-log.js';
import { WebhookClock } from './webhook-clock.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookPump } from './webhook-pump.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhooksController } from './webhooks.controller.js';
import { Webhooks } from './webhooks.js';

/** Has an ear of its own for the feed: streams rest theirs when nobody follows them. */
@Module({
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [Webhooks, DeliveryLog, WebhookPump, WebhookSender, WebhookClock, FeedCall, FeedEntries],
})
export class WebhooksModule {}
