import type { Role, Side } from '../../kernel/actor.js';
import type { Language } from '../../kernel/languages.js';
import type { NotificationKind } from '../../kernel/notification-kinds.js';
import type { SpokenValues } from '../../kernel/spoken-values.js';

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
  /** Placeholders of the texts beside `record`, the name of the record; texts in two languages are put in by the reader's. */
  values?: SpokenValues;
  /** Account that caused it, which is not told of what it did itself. */
  causedBy?: string | null;
  /** Names what happened where it may be told again, as by a guard that looks each day: nobody is told of it twice. */
  key?: string;
};
