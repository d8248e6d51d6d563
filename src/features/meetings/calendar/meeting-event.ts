import { addDays } from '../../../kernel/civil-dates.js';
import type { CalendarEvent, EventStatus } from '../../../kernel/icalendar.js';
import type { Language, LanguageMap } from '../../../kernel/languages.js';

/** A meeting as the calendar reads it: what the public may know, and no remark of the office. */
export type CalendarMeeting = {
  id: string;
  version: number;
  /** Milliseconds since 1970. */
  changedAt: number;
  title: LanguageMap;
  mechanism: LanguageMap | null;
  venue: LanguageMap | null;
  status: string;
  startsAt: number | null;
  endsAt: number | null;
  heldOn: string | null;
};

/** What events need of the portal: its words, its languages and its address. */
export type EventContext = {
  languages: readonly Language[];
  /** The words that go before the title of a meeting in a status, where any do. */
  markOf: (status: string, language: Language) => string | undefined;
  publicUrl: string;
};

const STATUSES: Record<string, EventStatus> = {
  proposed: 'TENTATIVE',
  postponed: 'TENTATIVE',
  confirmed: 'CONFIRMED',
  held: 'CONFIRMED',
  'minutes-agreed': 'CONFIRMED',
  closed: 'CONFIRMED',
  cancelled: 'CANCELLED',
};

/** A text in the asked languages side by side; where one is missing, in the language that there is. */
const said = (
  text: LanguageMap | null,
  languages: readonly Language[],
  before?: (language: Language) => string | undefined,
) => {
  const present = languages.filter((language) => text?.[language]);
  const shown = present.length > 0 ? present : (Object.keys(text ?? {}) as Language[]);
  return shown.map((language) => `${before?.(language) ?? ''}${text?.[language]}`).join(' / ');
};

const timeOf = ({ startsAt, endsAt, heldOn }: CalendarMeeting): CalendarEvent['time'] | undefined => {
  if (startsAt !== null) return { startsAt, endsAt: endsAt !== null && endsAt > startsAt ? endsAt : null };
  return heldOn ? { on: heldOn, dayAfter: addDays(heldOn, 1) } : undefined;
};

/**
 * A meeting as an event. A postponed one stays on its old day, marked as such, until a new day is set.
 * @returns nothing for a meeting whose day is not known, and for one that is only being drafted
 */
export const eventOf = (
  meeting: CalendarMeeting,
  { languages, markOf, publicUrl }: EventContext,
): CalendarEvent | undefined => {
  const time = timeOf(meeting);
  const status = STATUSES[meeting.status];
  if (!time || !status) return undefined;
  return {
    uid: `${meeting.id}@${new URL(publicUrl).hostname}`,
    // Versions of records begin with 1, sequences of events with 0.
    sequence: meeting.version - 1,
    changedAt: meeting.changedAt,
    time,
    status,
    summary: said(meeting.title, languages, (language) => markOf(meeting.status, language)),
    description: said(meeting.mechanism, languages),
    location: said(meeting.venue, languages),
    url: `${publicUrl}/api/v1/meetings/${meeting.id}`,
  };
};
