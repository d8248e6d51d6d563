import type { KeyScope } from '../../kernel/actor.js';
import { Codes, DateOnly, Ref, Text } from '../../resource/fields.js';
import type { Reference } from '../../resource/values.js';
import { ApiKey } from './api-key.entity.js';

/** Body of `POST /api-keys`. */
export class NewApiKey {
  @Text({ required: true, max: 120 })
  name: string;

  @Ref('organization', { required: true })
  organization: Reference;

  @Codes('keyScope', { required: true, max: 10 })
  scopes: KeyScope[];

  /** Last day on which the key is good, by UTC. */
  @DateOnly({ required: true })
  expiresOn: string;
}

/** A key that has just been made; the secret part is told this once. */
export class IssuedApiKey extends ApiKey {
  @Text({ required: true, readOnly: true, secret: true, max: 100 })
  key: string;
}
