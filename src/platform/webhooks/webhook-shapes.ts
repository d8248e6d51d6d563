import { Codes, Instant, Text } from '../../resource/fields.js';
import { Webhook } from './webhook.entity.js';

/** Body of `POST /webhooks`. */
export class NewWebhook {
  @Text({ required: true, max: 2_000, verbatim: true })
  url: string;

  @Codes('resource', { max: 50 })
  resources?: string[];

  @Codes('changeType')
  types?: string[];
}

/** A webhook that has just been registered; its secret is told this once. */
export class RegisteredWebhook extends Webhook {
  @Text({ required: true, readOnly: true, secret: true, max: 100 })
  secret: string;
}

/** A secret that has just been made; it is told this once. */
export class WebhookSecret {
  @Text({ required: true, readOnly: true, secret: true, max: 100 })
  secret: string;

  /** Until when the earlier secret signs along. */
  @Instant({ required: true, readOnly: true })
  earlierSecretUntil: Date;
}
