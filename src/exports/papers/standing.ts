import type { MinutesClause, NumberedText, PaperKind, Standing } from './paper.js';
import type { AgendaItemSource, MeetingSource, PaperSource } from './paper-source.js';

/** Statuses of a meeting upon which both sides have agreed, and with it upon its agenda. */
const AGREED = new Set(['confirmed', 'held', 'minutes-agreed', 'closed']);

/**
 * How far a paper of a meeting is. Agenda and invitation are agreed upon with the meeting; minutes are a draft until
 * both sides have agreed to both texts, which is for the record of the sign-off to say.
 */
export const standingOf = (kind: PaperKind, meeting: MeetingSource): Standing => ({
  stage: kind !== 'minutes' && AGREED.has(meeting.status) ? 'agreed' : 'draft',
  hash: null,
  signedOn: {},
});

/** The clauses of the minutes: what is written down under each item, with the number that it has on the agenda. */
export const minutesClauses = (
  { meeting }: PaperSource,
  numbered: (item: AgendaItemSource) => NumberedText,
): MinutesClause[] =>
  meeting.agendaItems
    .filter(({ summary }) => summary !== null)
    .map((item) => ({ ...numbered(item), text: item.summary }));
