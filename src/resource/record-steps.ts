import type { EntityManager } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import { problem } from '../kernel/problems.js';
import type { Body } from './body.js';
import { mustNameVersion } from './precondition.js';
import type { RecordChanges } from './record-changes.js';
import type { RecordReader } from './record-reader.js';
import type { ResourceSpec } from './spec.js';
import type { Stored } from './stored.js';
import { runWrite } from './writes.js';

/** One step of a workflow with one record. */
export type Step = {
  /** Its name in the trail, after that of the resource: `confirm` of `meeting.confirm`. */
  name: string;
  /** Why it is taken, for the trail. */
  reason?: Body;
  /** Whether the actor may take it; somebody who sees the record and may not is answered 403. */
  may: (manager: EntityManager, stored: Stored) => boolean | Promise<boolean>;
  /** Whether a request that names an older version still speaks of the same; it never does without this. */
  accepts?: (named: number, stored: Stored) => boolean;
  /** The whole record as the step leaves it, as `RecordChanges.amend` takes it. */
  take: (manager: EntityManager, stored: Stored) => Promise<Body>;
  /** What the step does to other records, once this one is changed. */
  afterwards?: (manager: EntityManager) => Promise<void>;
};

/**
 * Steps of a workflow: they change records by rules of their own, which may let somebody act on a record that is not
 * theirs to write. Version, listeners and retries are those of every write. The record is locked before it is read, so
 * that steps of several people come one after another.
 */
export class RecordSteps {
  constructor(
    private readonly spec: ResourceSpec,
    private readonly database: Database,
    private readonly reader: RecordReader,
    private readonly changes: RecordChanges,
  ) {}

  /**
   * Takes a step in a transaction of its own.
   * @throws `resource.not-found`, `auth.forbidden`, `resource.precondition-required`, `resource.stale`, and what the
   *   step throws
   */
  step(ask: Ask, id: string, { name, reason, may, accepts, take, afterwards }: Step): Promise<Reply> {
    return runWrite(this.database, ask, async (manager) => {
      const stored = await this.reader.seenIn(manager, ask, id);
      if (!(await may(manager, stored))) throw problem('auth.forbidden');
      await mustNameVersion(this.spec, ask, stored, (named) => accepts?.(named, stored) ?? false);
      const after = await take(manager, stored);
      await this.changes.amend(manager, ask, stored, after, { name, ...(reason && { reason }) });
      await afterwards?.(manager);
      return this.reader.replyIn(manager, ask, id);
    });
  }
}
