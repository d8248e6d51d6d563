import type { Actor } from '../../kernel/actor.js';

/** Finds out which partner's system shows an API key. */
export abstract class ApiKeyVerifier {
  /** @throws `auth.required` for a key that is not valid */
  abstract verify(key: string): Promise<Actor>;
}
