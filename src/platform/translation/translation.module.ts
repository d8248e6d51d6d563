import { Global, Module } from '@nestjs/common';
import { CHANGE_LISTENERS } from '../../resource/changes.js';
import { FeedListener } from '../feed/feed.listener.js';
import { TranslationListener } from './translation.listener.js';

/** What happens together with every change, in this order. */
@Global()
@Module({
  providers: [
    TranslationListener,
    FeedListener,
    {
      provide: CHANGE_LISTENERS,
      useFactory: (translation: TranslationListener, feed: FeedListener) => [translation, feed],
      inject: [TranslationListener, FeedListener],
    },
  ],
  exports: [CHANGE_LISTENERS],
})
export class TranslationModule {}
