import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role, Side } from '../../kernel/actor.js';
import type { Language, LanguageMap } from '../../kernel/languages.js';
import type { NotificationKind } from '../../kernel/notification-kinds.js';

/** Accounts for which all holds that is stated; an audience that states nothing reaches nobody. */
export type NotificationAudience = {
  accountIds?: readonly string[];
  organizationIds?: readonly string[];
  side?: Side;
  roles?: readonly Role[];
  translatesInto?: Language;
};

/** Something that people are told: what happened, about which record, to whom. */
export type Notification = {
  kind: NotificationKind;
  about: { resource: string; id: string };
  /** Whoever belongs to one of them is told once; whoever may not read the record is not told. */
  to: readonly NotificationAudience[];
  /** Placeholders of the texts; texts in two languages are put in by the reader's. */
  values?: Readonly<Record<string, string | number | LanguageMap>>;
  /** Account that caused it, which is not told of what it did itself. */
  causedBy?: string | null;
};

/** Tells people what happened, in the transaction in which it happens. */
@Injectable()
export class Notifier {
  async notify(_manager: EntityManager, _notification: Notification): Promise<void> {}
}
