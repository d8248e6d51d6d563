import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { PAGE_PARAMETERS } from '../../resource/paging.js';
import {
  NewNotificationPreferences,
  NotificationCount,
  NotificationPreferences,
  NotificationView,
  ReadNotifications,
} from './notification-shapes.js';
import { OwnNotifications } from './own-notifications.js';
import { OwnPreferences } from './own-preferences.js';

/** What somebody is told, and how they wish to be told. */
@Controller('me')
export class NotificationsController {
  constructor(
    private readonly notifications: OwnNotifications,
    private readonly preferences: OwnPreferences,
  ) {}

  @Route({
    method: 'get',
    path: 'notifications',
    permission: 'self.read',
    open: false,
    operation: 'ownNotifications',
    parameters: ['unread', ...PAGE_PARAMETERS],
    answer: { listOf: NotificationView },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.notifications.list(ask);
  }

  @Route({
    method: 'get',
    path: 'notifications/count',
    permission: 'self.read',
    open: false,
    operation: 'countNotifications',
    answer: { shape: NotificationCount },
    status: 200,
  })
  count(@Asked() ask: Ask): Promise<Reply> {
    return this.notifications.count(ask);
  }

  @Route({
    method: 'post',
    path: 'notifications/read',
    permission: 'self.update',
    open: false,
    operation: 'readNotifications',
    body: { shape: ReadNotifications },
    answer: 'none',
    status: 204,
  })
  readAll(@Asked() ask: Ask): Promise<Reply> {
    return this.notifications.readAll(ask);
  }

  @Route({
    method: 'post',
    path: 'notifications/:id/read',
    permission: 'self.update',
    open: false,
    operation: 'readNotification',
    answer: 'none',
    status: 204,
  })
  read(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.notifications.read(ask, id);
  }

  @Route({
    method: 'get',
    path: 'notification-preferences',
    permission: 'self.read',
    open: false,
    operation: 'notificationPreferences',
    answer: { shape: NotificationPreferences },
    status: 200,
  })
  wishes(@Asked() ask: Ask): Promise<Reply> {
    return this.preferences.get(ask);
  }

  @Route({
    method: 'patch',
    path: 'notification-preferences',
    permission: 'self.update',
    open: false,
    operation: 'updateNotificationPreferences',
    body: { shape: NewNotificationPreferences },
    answer: { shape: NotificationPreferences },
    status: 200,
  })
  wish(@Asked() ask: Ask): Promise<Reply> {
    return this.preferences.update(ask);
  }
}
