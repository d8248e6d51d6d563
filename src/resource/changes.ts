import type { EntityManager } from 'typeorm';
import type { AccessFacts } from '../kernel/access.js';
import type { Author } from '../kernel/actor.js';
import type { Origin } from '../kernel/exchange.js';
import type { Body } from './body.js';
import type { ResourceSpec } from './spec.js';
import type { LanguageStates } from './stored.js';

/** One change of one record, told to the listeners inside its transaction. */
export type Change = {
  kind: 'created' | 'updated' | 'published' | 'withdrawn';
  spec: ResourceSpec;
  id: string;
  version: number;
  actor: Author;
  before?: Body;
  after: Body;
  /** Who could see the record before the change, and who can after it. */
  factsBefore?: AccessFacts;
  facts: AccessFacts;
  /** State of each language before the change. */
  languagesBefore?: LanguageStates;
  reason?: Body;
  /** The step of a workflow by which an update came about: its name, such as `confirm`, and the reason it was given. */
  step?: { name: string; reason?: Body };
  /** What is known of translations that were written: where they come from, and fingerprints of their originals. */
  texts?: { origin: 'human' | 'machine' | 'import'; madeFrom?: Readonly<Record<string, string>> };
  /** The request that asked for it; none where the portal itself writes. */
  origin?: Origin;
};

/** Something that must happen together with a change or not at all: translation state, audit, outbox. */
export interface ChangeListener {
  onChange(change: Change, manager: EntityManager): Promise<void>;
}

/** Injection token of the ordered list of listeners. */
export const CHANGE_LISTENERS = Symbol('change listeners');
