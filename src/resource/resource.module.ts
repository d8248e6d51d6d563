import { type DynamicModule, Module } from '@nestjs/common';
import { Database } from '../infra/database/database.js';
import type { SearchGlossary } from '../kernel/search/search-glossary.js';
import { Cursors } from './cursor.js';
import { WordSearches } from './search/word-search.js';
import { Stores } from './stores.js';

/** The shared verbs for all features. */
@Module({})
export class ResourceModule {
  /**
   * @param cursorKey key that signs page cursors
   * @param glossary hands out the terms by which searches are widened, at once
   */
  static with(cursorKey: Buffer, glossary: () => SearchGlossary): DynamicModule {
    return {
      module: ResourceModule,
      global: true,
      providers: [
        { provide: Cursors, useValue: new Cursors(cursorKey) },
        {
          provide: WordSearches,
          useFactory: (database: Database) => new WordSearches(database, glossary),
          inject: [Database],
        },
        Stores,
      ],
      exports: [Cursors, Stores, WordSearches],
    };
  }
}
