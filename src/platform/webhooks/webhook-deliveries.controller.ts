import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { DeliveryLog } from './delivery-log.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/** Single messages to receivers. */
@Controller('webhook-deliveries')
export class WebhookDeliveriesController {
  constructor(private readonly log: DeliveryLog) {}

  @Route({
    method: 'post',
    path: ':id/replay',
    permission: 'webhook.manage',
    open: false,
    operation: 'webhookDeliveryReplay',
    answer: { shape: WebhookDelivery },
    status: 202,
  })
  replay(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.log.replay(ask, id);
  }
}
