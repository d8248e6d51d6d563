import type { EntityManager } from 'typeorm';
import type { Ask } from '../kernel/exchange.js';
import type { Body } from './body.js';
import type { Change } from './changes.js';
import type { Stored } from './stored.js';

/** A write of one record before it is carried out. */
export type PendingWrite = {
  manager: EntityManager;
  ask: Ask;
  id: string;
  /** The whole record as the request would have it, checked. */
  after: Body;
  /** The record as it stands; none for a new one. */
  stored?: Stored;
};

/** What the rules of one resource add to the shared verbs, in the transaction of each write. */
export interface RecordWorkflow {
  /**
   * The last word on what a created or patched record becomes.
   * @throws whatever problem the rules find
   */
  settle(write: PendingWrite): Promise<Body>;
  /** What follows from a change of any kind once the listeners know of it. */
  followed?(change: Change, manager: EntityManager): Promise<void>;
}
