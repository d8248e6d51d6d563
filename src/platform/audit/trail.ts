import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { appendEntries } from './append.js';
import { type NewEntry, newEntry } from './new-entry.js';
import type { TrailEvent } from './trail-event.js';

export type { TrailEvent };

/**
 * The append-only trail of who did what. Entries form one chain, so only one transaction at a time can add to it;
 * each adds its entries as the last thing before it commits, and others wait for that moment only.
 */
@Injectable()
export class Trail {
  private readonly waiting = new WeakMap<EntityManager, NewEntry[]>();

  constructor(private readonly database: Database) {}

  /** Adds an entry in the transaction of what happened: both or none. */
  async record(manager: EntityManager, event: TrailEvent): Promise<void> {
    const entry = newEntry(event);
    const others = this.waiting.get(manager);
    if (others) {
      others.push(entry);
      return;
    }
    const entries = [entry];
    this.waiting.set(manager, entries);
    this.database.beforeCommit(manager, async () => {
      this.waiting.delete(manager);
      await appendEntries(manager, entries);
    });
  }

  /** Adds an entry in a transaction of its own, for what left no other trace, such as a refusal. */
  async note(event: TrailEvent): Promise<void> {
    await this.database.transaction((manager) => this.record(manager, event));
  }
}
