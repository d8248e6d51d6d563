import { Global, Module } from '@nestjs/common';
import { NotificationMail } from './notification-mail.js';
import { NotificationWords } from './notification-words.js';
import { NotificationsController } from './notifications.controller.js';
import { Notifier } from './notifier.js';
import { OwnNotifications } from './own-notifications.js';
import { OwnPreferences } from './own-preferences.js';
import { ToldNotifications } from './told-notifications.js';
import { UnsubscriptionsController } from './unsubscriptions.controller.js';
import { Unsubscriptions } from './unsubscriptions.js';

/** What the portal tells people, in the portal and by mail. */
@Global()
@Module({
  controllers: [NotificationsController, UnsubscriptionsController],
  providers: [
    ...[Notifier, NotificationMail, NotificationWords, OwnNotifications],
    ...[OwnPreferences, ToldNotifications, Unsubscriptions],
  ],
  exports: [Notifier],
})
export class NotificationsModule {}
