import { Global, Module } from '@nestjs/common';
import { CHANGE_LISTENERS, type ChangeListener } from '../../resource/changes.js';
import { AuditListener } from '../audit/audit.listener.js';
import { FeedListener } from '../feed/feed.listener.js';
import { TranslationListener } from '../translation/translation.listener.js';

/** What happens together with every change, in this order; the trail tells what came of it, so it is last. */
@Global()
@Module({
  providers: [
    TranslationListener,
    FeedListener,
    {
      provide: CHANGE_LISTENERS,
      useFactory: (...listeners: ChangeListener[]) => listeners,
      inject: [TranslationListener, FeedListener, AuditListener],
    },
  ],
  exports: [CHANGE_LISTENERS],
})
export class ChangesModule {}
