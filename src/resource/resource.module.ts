import { type DynamicModule, Module } from '@nestjs/common';
import { Acting } from './acting.js';
import { Cursors } from './cursor.js';
import { Stores } from './stores.js';

/** The shared verbs for all features. */
@Module({})
export class ResourceModule {
  /** @param cursorKey key that signs page cursors */
  static with(cursorKey: Buffer): DynamicModule {
    return {
      module: ResourceModule,
      global: true,
      providers: [{ provide: Cursors, useValue: new Cursors(cursorKey) }, Stores, Acting],
      exports: [Cursors, Stores, Acting],
    };
  }
}
