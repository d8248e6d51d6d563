/**
 * What the portal tells people about. A workflow declares its kind here, names whom it tells (`Notifier.notify`), and
 * puts its words into `locales/{zh,ru}/notifications.json` under the kind: `<kind>.title` and `<kind>.text`. The name by
 * which people choose how they are told of it stands in `vocabularies.json` under `notificationKind`.
 */
export const NOTIFICATION_KINDS = [
  'meeting.proposed',
  'meeting.confirmed',
  'meeting.changed',
  'agenda.proposed',
  'agenda.answered',
  'minutes.to-agree',
  'minutes.to-sign',
  'minutes.seals-broken',
  'minutes.signed',
  'decision.assigned',
  'matter.referred',
  'matter.escalated',
  'matter.answered',
  'matter.deadline-breached',
  'mechanism.consent-awaited',
  'mechanism.changed',
  'cadence.due',
  'cadence.missed',
  'translation.requested',
  'translation.to-review',
  'translation.returned',
  'translation.approved',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** When somebody is written to about a kind: at once, in the daily digest, not at all. */
export const MAIL_WISHES = ['at-once', 'daily', 'off'] as const;
export type MailWish = (typeof MAIL_WISHES)[number];

/** How somebody is told of a kind who has not said otherwise. */
export const UNSTATED_WISH = { portal: true, mail: 'at-once' } as const satisfies { portal: boolean; mail: MailWish };

/** What a letter about notifications is one of: a kind, or the digest of several. */
export type MailKind = NotificationKind | 'digest';
