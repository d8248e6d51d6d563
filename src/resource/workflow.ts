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

/**
 * What the rules of one resource add to what is written through one store, in the transaction of each write. Whoever
 * follows every change of a record, by whatever store it came, is a listener (`CHANGE_LISTENERS`).
 */
export interface RecordWorkflow {
  /**
   * The last word on what a created or patched record becomes.
   * @throws whatever problem the rules find
   */
  settle(write: PendingWrite): Promise<Body>;
  /** What follows from a change through this store, once the listeners know of it. */
  followed?(change: Change, manager: EntityManager): Promise<void>;
}
