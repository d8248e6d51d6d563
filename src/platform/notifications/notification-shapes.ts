import type { LanguageMap } from '../../kernel/languages.js';
import type { MailWish, NotificationKind } from '../../kernel/notification-kinds.js';
import { Code, Flag, Identifier, Instant, Int, Item, Items, Localized, Text } from '../../resource/fields.js';

/** The record that a notification is about. */
export class NotificationSubject {
  @Code('resource', { required: true })
  resource: string;

  @Identifier({ required: true })
  id: string;

  /** Path of the record in the API. */
  @Text({ required: true })
  link: string;
}

/** Something that the reader is told. */
export class NotificationView {
  @Identifier({ required: true })
  id: string;

  @Code('notificationKind', { required: true })
  kind: NotificationKind;

  @Localized({ required: true, max: 1_000 })
  title: LanguageMap;

  @Localized({ required: true, max: 5_000, multiline: true })
  text: LanguageMap;

  @Item(() => NotificationSubject, { required: true })
  about: NotificationSubject;

  @Instant({ required: true })
  createdAt: string;

  @Instant()
  readAt: string | null;
}

/** How many notifications wait to be read. */
export class NotificationCount {
  @Int({ required: true })
  unread: number;
}

/** Up to which notification everything was read. */
export class ReadNotifications {
  @Identifier({ required: true })
  through: string;
}

/** How somebody wishes to be told of one kind. */
export class NotificationWish {
  @Code('notificationKind', { required: true })
  kind: NotificationKind;

  @Flag({ required: true })
  portal: boolean;

  @Code('mailWish', { required: true })
  mail: MailWish;
}

/** How somebody wishes to be told of every kind. */
export class NotificationPreferences {
  @Items(() => NotificationWish, { required: true })
  items: NotificationWish[];
}

/** Wishes for some kinds; those that are not named stay. */
export class NewNotificationPreferences {
  @Items(() => NotificationWish, { required: true })
  items: NotificationWish[];
}
