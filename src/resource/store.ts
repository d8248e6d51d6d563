import type { Database } from '../infra/database/database.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import type { ChangeListener } from './changes.js';
import type { Cursors } from './cursor.js';
import type { RecordHistory } from './history.js';
import { RecordReader } from './record-reader.js';
import { RecordWriter } from './record-writer.js';
import type { WordSearches } from './search/word-search.js';
import type { ResourceSpec } from './spec.js';

/**
 * The shared verbs over one resource; see `RecordReader` and `RecordWriter` for what each does and throws.
 * Rules beyond these verbs belong to the feature's own service.
 */
export class Store {
  private readonly reader: RecordReader;
  private readonly writer: RecordWriter;

  constructor(
    readonly spec: ResourceSpec,
    database: Database,
    cursors: Cursors,
    listeners: readonly ChangeListener[],
    private readonly histories: RecordHistory,
    searches: WordSearches,
  ) {
    this.reader = new RecordReader(spec, database, cursors, searches);
    this.writer = new RecordWriter(spec, database, this.reader, listeners);
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

  publish(ask: Ask, id: string): Promise<Reply> {
    return this.writer.publish(ask, id);
  }

  withdraw(ask: Ask, id: string): Promise<Reply> {
    return this.writer.withdraw(ask, id);
  }
}
