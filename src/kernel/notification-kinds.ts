/**
 * What the portal tells people about. A workflow declares its kind here, names whom it tells (`Notifier.notify`), and
 * puts its words into `locales/{zh,ru}/notifications.json` under the kind: `<kind>.title` and `<kind>.text`.
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
  'cadence.due',
  'cadence.missed',
  'translation.requested',
  'translation.to-review',
  'translation.returned',
  'translation.approved',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
