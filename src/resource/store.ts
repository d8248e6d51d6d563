import type { EntityManager } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import type { Body } from './body.js';
import type { ChangeListener } from './changes.js';
import type { Cursors } from './cursor.js';
import type { RecordHistory } from './history.js';
import { lockStored } from './locking.js';
import { type Cause, RecordChanges } from './record-changes.js';
import { RecordReader } from './record-reader.js';
import { RecordSteps, type Step } from './record-steps.js';
import { type Begin, RecordWriter } from './record-writer.js';
import type { WordSearches } from './search/word-search.js';
import type { ResourceSpec } from './spec.js';
import type { Stored } from './stored.js';
import type { RecordWorkflow } from './workflow.js';

/**
 * The shared verbs over one resource; see `RecordReader`, `RecordWriter`, `RecordSteps` and `RecordChanges` for what each
 * does and throws. A feature's own rules come in by `step`; the verbs that end in `In` act inside a transaction of the
 * caller's, who has decided that they may.
 */
export class Store {
  private readonly reader: RecordReader;
  private readonly changes: RecordChanges;
  private readonly writer: RecordWriter;
  private readonly steps: RecordSteps;

  constructor(
    readonly spec: ResourceSpec,
    database: Database,
    cursors: Cursors,
    listeners: readonly ChangeListener[],
    private readonly histories: RecordHistory,
    searches: WordSearches,
    workflow?: RecordWorkflow,
  ) {
    this.reader = new RecordReader(spec, database, cursors, searches);
    this.changes = new RecordChanges(spec, listeners, workflow);
    this.writer = new RecordWriter(spec, database, this.reader, this.changes, workflow);
    this.steps = new RecordSteps(spec, database, this.reader, this.changes);
  }

  list(ask: Ask, preset: Record<string, string | undefined> = {}): Promise<Reply> {
    return this.reader.list(ask, preset);
  }

  get(ask: Ask, id: string): Promise<Reply> {
    return this.reader.get(ask, id);
  }

  getComputed(ask: Ask, id: string, member: string): Promise<Reply> {
    return this.reader.getComputed(ask, id, member);
  }

  mustSee(ask: Ask, id: string): Promise<void> {
    return this.reader.mustSee(ask, id);
  }

  /** The changes of a record that the asker may see; throws like `get` where the record itself is unseen. */
  async history(ask: Ask, id: string): Promise<Reply> {
    await this.reader.mustSee(ask, id);
    return this.histories.of(this.spec, ask, id);
  }

  create(ask: Ask): Promise<Reply> {
    return this.writer.create(ask);
  }

  update(ask: Ask, id: string): Promise<Reply> {
    return this.writer.update(ask, id);
  }

  publish(ask: Ask, id: string, begin?: Begin): Promise<Reply> {
    return this.writer.publish(ask, id, begin);
  }

  withdraw(ask: Ask, id: string): Promise<Reply> {
    return this.writer.withdraw(ask, id);
  }

  /** A step of a workflow, at somebody's request. */
  step(ask: Ask, id: string, step: Step): Promise<Reply> {
    return this.steps.step(ask, id, step);
  }

  /** A record that the asker sees, locked. */
  seenIn(manager: EntityManager, ask: Pick<Ask, 'actor'>, id: string): Promise<Stored> {
    return this.reader.seenIn(manager, ask, id);
  }

  /** A record whoever may see it, locked. */
  lockedIn(manager: EntityManager, id: string): Promise<Stored | undefined> {
    return lockStored(manager, this.spec, id);
  }

  /** The answer with a record as the asker sees it. */
  replyIn(manager: EntityManager, ask: Ask, id: string): Promise<Reply> {
    return this.reader.replyIn(manager, ask, id);
  }

  /** Creation at somebody's request, with all its checks, as a part of something larger. */
  createIn(manager: EntityManager, ask: Ask): Promise<Reply> {
    return this.writer.createIn(manager, ask);
  }

  addIn(manager: EntityManager, cause: Cause, body: Body, state: 'draft' | 'published'): Promise<string> {
    return this.changes.add(manager, cause, body, state);
  }

  amendIn(manager: EntityManager, cause: Cause, stored: Stored, after: Body): Promise<void> {
    return this.changes.amend(manager, cause, stored, after);
  }

  writeTextsIn(...parameters: Parameters<RecordChanges['writeTexts']>): Promise<void> {
    return this.changes.writeTexts(...parameters);
  }
}
