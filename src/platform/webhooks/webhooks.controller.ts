import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { PAGE_PARAMETERS } from '../../resource/paging.js';
import { DeliveryLog } from './delivery-log.js';
import { Webhook } from './webhook.entity.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import { NewWebhook, RegisteredWebhook, WebhookSecret } from './webhook-shapes.js';
import { Webhooks } from './webhooks.js';

/** Where systems of partners want to be told of changes (docs/webhooks.md). */
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly log: DeliveryLog,
  ) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'webhook.manage',
    open: false,
    operation: 'webhooks',
    parameters: PAGE_PARAMETERS,
    answer: { listOf: Webhook },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.webhooks.list(ask);
  }

  @Route({
    method: 'post',
    path: '',
    permission: 'webhook.manage',
    open: false,
    operation: 'webhookRegister',
    body: { shape: NewWebhook },
    answer: { shape: RegisteredWebhook },
    status: 201,
  })
  register(@Asked() ask: Ask): Promise<Reply> {
    return this.webhooks.register(ask);
  }

  @Route({
    method: 'delete',
    path: ':id',
    permission: 'webhook.manage',
    open: false,
    operation: 'webhookRemove',
    answer: 'none',
    status: 204,
  })
  remove(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.webhooks.remove(ask, id);
  }

  @Route({
    method: 'post',
    path: ':id/secrets',
    permission: 'webhook.manage',
    open: false,
    operation: 'webhookRotate',
    answer: { shape: WebhookSecret },
    status: 201,
  })
  rotate(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.webhooks.rotate(ask, id);
  }

  @Route({
    method: 'post',
    path: ':id/tests',
    permission: 'webhook.manage',
    open: false,
    operation: 'webhookTest',
    answer: { shape: WebhookDelivery },
    status: 202,
  })
  test(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.log.test(ask, id);
  }

  @Route({
    method: 'get',
    path: ':id/deliveries',
    permission: 'webhook.manage',
    open: false,
    operation: 'webhookDeliveries',
    parameters: PAGE_PARAMETERS,
    answer: { listOf: WebhookDelivery },
    status: 200,
  })
  deliveries(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.log.list(ask, id);
  }
}
