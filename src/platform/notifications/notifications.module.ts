import { Global, Module } from '@nestjs/common';
import { Notifier } from './notifier.js';

/** What the portal tells people, in the portal and by mail. */
@Global()
@Module({ providers: [Notifier], exports: [Notifier] })
export class NotificationsModule {}
