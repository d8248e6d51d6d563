import { Global, Module } from '@nestjs/common';
import { CHANGE_LISTENERS, type ChangeListener } from '../../resource/changes.js';
import { AuditListener } from '../audit/audit.listener.js';
import { FeedListener } from '../feed/feed.listener.js';
import { TranslationListener } from '../translation/translation.listener.js';
import { WorkflowListeners } from './workflow-listeners.js';

/**
 * What happens together with every change, in this order. The trail tells what came of the change, so it follows the
 * others; what workflows do about a change comes after it.
 */
@Global()
@Module({
  providers: [
    TranslationListener,
    FeedListener,
    WorkflowListeners,
    {
      provide: CHANGE_LISTENERS,
      useFactory: (...listeners: ChangeListener[]) => listeners,
      inject: [TranslationListener, FeedListener, AuditListener, WorkflowListeners],
    },
  ],
  exports: [CHANGE_LISTENERS, WorkflowListeners],
})
export class ChangesModule {}
