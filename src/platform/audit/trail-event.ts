import type { AccessFacts } from '../../kernel/access.js';
import type { Author } from '../../kernel/actor.js';
import type { Origin } from '../../kernel/exchange.js';
import type { Body } from '../../resource/body.js';

/** Something that happened and must be provable later. */
export type TrailEvent = {
  actor: Author;
  /** `resource.verb`, such as `lead.create`, `session.open`, `account.disable`; a refused one ends in `.refused`. */
  action: string;
  /** What it happened to. */
  object?: { resource: string; id: string; version?: number };
  /** The object in the form of requests; the entry keeps the members that differ. */
  before?: Body;
  after?: Body;
  /** Who could see the object before and after. */
  factsBefore?: AccessFacts;
  facts?: AccessFacts;
  reason?: Body | string;
  origin?: Origin;
  /** What identifies a person and can be erased on lawful request: an address of mail, a name. */
  personal?: Record<string, string>;
};
