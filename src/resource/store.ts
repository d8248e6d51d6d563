import type { EntityManager } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import { can } from '../kernel/access.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import type { ChangeListener } from './changes.js';
import type { Cursors } from './cursor.js';
import type { RecordHistory } from './history.js';
import { RecordActions } from './record-actions.js';
import { RecordKeeper } from './record-keeper.js';
import { RecordReader } from './record-reader.js';
import { RecordWriter } from './record-writer.js';
import type { WordSearches } from './search/word-search.js';
import type { ResourceSpec } from './spec.js';
import { readStored, type Stored } from './stored.js';
import type { RecordWorkflow } from './workflow.js';

/**
 * The shared verbs over one resource; see `RecordReader` and `RecordWriter` for what each does and throws.
 * Rules beyond these verbs belong to the feature's own service.
 */
export class Store {
  private readonly reader: RecordReader;
  private readonly writer: RecordWriter;
  /** For the steps of the resource's own workflow. */
  readonly actions: RecordActions;
  /** What workflows do to records by rules of their own. */
  readonly keeper: RecordKeeper;

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
    this.writer = new RecordWriter(spec, database, this.reader, listeners, workflow);
    this.actions = new RecordActions(spec, database, this.reader, this.writer);
    this.keeper = new RecordKeeper(spec, this.writer);
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

  /**
   * The record inside a transaction, for a workflow that is about to act upon it.
   * @throws `resource.not-found` alike for unknown and unseen, `resource.withdrawn` for those who could see it
   */
  async seenIn(manager: EntityManager, ask: Ask, id: string): Promise<Stored> {
    const stored = await readStored(manager, this.spec, id);
    if (stored && can(ask.actor, 'read', this.spec.name, stored.facts)) return stored;
    throw await this.reader.absence(ask.actor, id, manager);
  }

  /** The changes of a record that the asker may see; throws like `get` where the record itself is unseen. */
  async history(ask: Ask, id: string): Promise<Reply> {
    await this.reader.mustSee(ask, id);
    return this.histories.of(this.spec, ask, id);
  }

  create(ask: Ask): Promise<Reply> {
    return this.writer.create(ask);
  }

  createIn(manager: EntityManager, ask: Ask): Promise<Reply> {
    return this.writer.createIn(manager, ask);
  }

  update(ask: Ask, id: string): Promise<Reply> {
    return this.writer.update(ask, id);
  }

  /** @see RecordWriter.writeTexts */
  writeTexts(...parameters: Parameters<RecordWriter['writeTexts']>): Promise<void> {
    return this.writer.writeTexts(...parameters);
  }

  publish(ask: Ask, id: string): Promise<Reply> {
    return this.writer.publish(ask, id);
  }

  withdraw(ask: Ask, id: string): Promise<Reply> {
    return this.writer.withdraw(ask, id);
  }
}
