/** Calendars in the form of RFC 5545, with the names of RFC 7986 that programs ask for. */

/** Whether a meeting will take place: none of the three is said of a day that is only proposed. */
export type EventStatus = 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';

/** One meeting of a calendar. */
export type CalendarEvent = {
  /** The same for ever, whatever changes. */
  uid: string;
  /** Grows with every change. */
  sequence: number;
  /** When it was last changed, in milliseconds since 1970. */
  changedAt: number;
  /** Beginning and end in milliseconds since 1970, or a day of which the hours are not known. */
  time: { startsAt: number; endsAt: number | null } | { on: string; dayAfter: string };
  status: EventStatus;
  summary: string;
  description?: string;
  location?: string;
  url?: string;
};

/** A calendar that others may subscribe to. */
export type Calendar = {
  name: string;
  /** Address under which it is served. */
  source: string;
  /** IANA zone that programs show it in where they do not know better. */
  timeZone: string;
  events: readonly CalendarEvent[];
};

/** How often programs should look for news: meetings are agreed weeks ahead, and a school of clients asks at once. */
const REFRESH = 'PT6H';

/** Most octets of a line without its end (RFC 5545, 3.1). */
const LONGEST_LINE = 75;

/** Ends of lines in all their forms, those of Unicode included: within a text each is written `\n`. */
const LINE_ENDS = /\r\n|[\n\r\u0085\u2028\u2029\v\f]/g;

/** Characters that no text of a calendar may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000E-\u001F\u007F]/g;

/** A text as the value of a property: nothing in it can begin a line or a property of its own (hardening G98). */
const escapeText = (text: string): string =>
  text
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(LINE_ENDS, '\\n')
    .replace(CONTROLS, '');

/** Octets of a character in UTF-8. */
const octetsOf = (character: string): number => {
  const point = character.codePointAt(0)!;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
};

/** Folds a line so that no part is longer than 75 octets, and no character is cut. */
export const foldLine = (line: string): string => {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const length = octetsOf(character);
    if (octets + length > LONGEST_LINE) {
      parts.push(part);
      // The space that begins a folded line counts as well.
      [part, octets] = [' ', 1];
    }
    part += character;
    octets += length;
  }
  return [...parts, part].join('\r\n');
};

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');

const day = (date: string): string => date.replaceAll('-', '');

type Line = [name: string, value: string] | undefined;

const timeLines = ({ time }: CalendarEvent): Line[] =>
  'on' in time
    ? [
        ['DTSTART;VALUE=DATE', day(time.on)],
        ['DTEND;VALUE=DATE', day(time.dayAfter)],
        ['TRANSP', 'TRANSPARENT'],
      ]
    : [['DTSTART', instant(time.startsAt)], time.endsAt === null ? undefined : ['DTEND', instant(time.endsAt)]];

const text = (name: string, value: string | undefined): Line => (value ? [name, escapeText(value)] : undefined);

const eventLines = (event: CalendarEvent): Line[] => [
  ['BEGIN', 'VEVENT'],
  ['UID', escapeText(event.uid)],
  ['SEQUENCE', String(event.sequence)],
  ['DTSTAMP', instant(event.changedAt)],
  ['LAST-MODIFIED', instant(event.changedAt)],
  ...timeLines(event),
  ['STATUS', event.status],
  text('SUMMARY', event.summary),
  text('DESCRIPTION', event.description),
  text('LOCATION', event.location),
  event.url === undefined ? undefined : ['URL', event.url],
  ['END', 'VEVENT'],
];

/** The whole calendar as text, every line with its end. */
export const writeCalendar = ({ name, source, timeZone, events }: Calendar): string => {
  const lines: Line[] = [
    ['BEGIN', 'VCALENDAR'],
    ['VERSION', '2.0'],
    ['PRODID', '-//Heilongjiang-Amur Portal//Meetings//ZH-RU'],
    ['CALSCALE', 'GREGORIAN'],
    ['NAME', escapeText(name)],
    ['X-WR-CALNAME', escapeText(name)],
    ['X-WR-TIMEZONE', timeZone],
    ['REFRESH-INTERVAL;VALUE=DURATION', REFRESH],
    ['X-PUBLISHED-TTL', REFRESH],
    ['SOURCE;VALUE=URI', source],
    ...events.flatMap(eventLines),
    ['END', 'VCALENDAR'],
  ];
  return lines.flatMap((line) => (line ? `${foldLine(line.join(':'))}\r\n` : [])).join('');
};
