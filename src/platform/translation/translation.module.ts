import { Global, Module } from '@nestjs/common';
import { CHANGE_LISTENERS } from '../../resource/changes.js';
import { TranslationListener } from './translation.listener.js';

/** What happens together with every change, in this order. */
@Global()
@Module({
  providers: [
    TranslationListener,
    {
      provide: CHANGE_LISTENERS,
      useFactory: (translation: TranslationListener) => [translation],
      inject: [TranslationListener],
    },
  ],
  exports: [CHANGE_LISTENERS],
})
export class TranslationModule {}
