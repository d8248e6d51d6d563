import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../kernel/actor.js';
import type { Body } from '../../resource/body.js';
import { scopeOf } from '../../resource/scope.js';
import type { Store } from '../../resource/store.js';
import { Stores } from '../../resource/stores.js';
import { TERM_JSON } from './live-terms.js';
import { termSpec } from './term.resource.js';
import { termWorkflow } from './term-guard.js';
import { type TermValues, valuesOf } from './term-values.js';

/** A stored term. */
export type StoredTerm = { id: string; state: 'draft' | 'published'; values: TermValues };

/** The records of the glossary: the store with the rules of terms, and all terms at once. */
@Injectable()
export class TermRecords {
  readonly store: Store;

  constructor(stores: Stores) {
    this.store = stores.of(termSpec, termWorkflow);
  }

  /** Every term that the asker may see and that was not withdrawn, in the order in which they were recorded. */
  async all(manager: EntityManager, actor: Actor): Promise<StoredTerm[]> {
    const scope = scopeOf(actor);
    const rows = (await manager.query(
      `select t.id, t.state, ${TERM_JSON} as term from term t
        where t.state <> 'withdrawn' and (${scope.sql('t', termSpec.name)}) order by t.id`,
      scope.parameters,
    )) as { id: string; state: StoredTerm['state']; term: Body }[];
    return rows.map(({ id, state, term }) => ({ id, state, values: valuesOf(term) }));
  }
}
