import type { EntityManager } from 'typeorm';
import type { Author } from '../kernel/actor.js';
import type { Body } from './body.js';
import type { ResourceSpec } from './spec.js';

/** One change of one record, told to the listeners inside its transaction. */
export type Change = {
  kind: 'created' | 'updated' | 'published' | 'withdrawn';
  spec: ResourceSpec;
  id: string;
  version: number;
  actor: Author;
  before?: Body;
  after: Body;
  reason?: Body;
};

/** Something that must happen together with a change or not at all: translation state, audit, outbox. */
export interface ChangeListener {
  onChange(change: Change, manager: EntityManager): Promise<void>;
}

/** Injection token of the ordered list of listeners. */
export const CHANGE_LISTENERS = Symbol('change listeners');
