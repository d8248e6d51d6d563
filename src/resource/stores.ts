import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import { CHANGE_LISTENERS, type ChangeListener } from './changes.js';
import { Cursors } from './cursor.js';
import { RecordHistory } from './history.js';
import { WordSearches } from './search/word-search.js';
import type { ResourceSpec } from './spec.js';
import { Store } from './store.js';
import type { RecordWorkflow } from './workflow.js';

/** Hands every controller the store of its resource. */
@Injectable()
export class Stores {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    @Inject(CHANGE_LISTENERS) private readonly listeners: readonly ChangeListener[],
    private readonly histories: RecordHistory,
    private readonly searches: WordSearches,
  ) {}

  /** @param workflow what the resource's own rules add to each write */
  of(spec: ResourceSpec, workflow?: RecordWorkflow): Store {
    return new Store(spec, this.database, this.cursors, this.listeners, this.histories, this.searches, workflow);
  }
}
