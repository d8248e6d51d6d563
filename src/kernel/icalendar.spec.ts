import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { type CalendarEvent, foldLine, writeCalendar } from './icalendar.js';

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: '01900000-0000-7000-8000-000000000001@portal.example',
  sequence: 2,
  changedAt: Date.UTC(2026, 10, 24, 8),
  time: { startsAt: Date.UTC(2026, 5, 30, 15, 30), endsAt: Date.UTC(2026, 5, 30, 17) },
  status: 'CONFIRMED',
  summary: '第三次会晤 / Третья встреча',
  ...more,
});

const calendar = (...events: CalendarEvent[]) =>
  writeCalendar({ name: '会晤', source: 'https://portal.example/api/v1/calendar.ics', timeZone: 'UTC', events });

/** The events as a client reads them that nobody here wrote. */
const read = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));

const HOSTILE = [
  '一；二，三；a;b,c\\d',
  'END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:чужое',
  'одна\nдве\rтри\u2028четыре\u2029пять\u0085шесть',
  'до\u0000после\u0007',
  ':;"=',
];

describe('a calendar', () => {
  it('is read by a client of other makers', () => {
    const [found] = read(calendar(event({ location: '黑河', url: 'https://portal.example/x' })));
    expect(found!.summary).toBe('第三次会晤 / Третья встреча');
    expect(found!.location).toBe('黑河');
    expect(found!.sequence).toBe(2);
    expect(found!.startDate.toJSDate().toISOString()).toBe('2026-06-30T15:30:00.000Z');
    expect(found!.endDate.toJSDate().toISOString()).toBe('2026-06-30T17:00:00.000Z');
  });

  it('has days of which the hours are not known as whole days', () => {
    const [found] = read(calendar(event({ time: { on: '2024-02-29', dayAfter: '2024-03-01' } })));
    expect([found!.startDate.isDate, found!.startDate.toString(), found!.endDate.toString()]).toEqual([
      ...[true, '2024-02-29', '2024-03-01'],
    ]);
  });

  it.each(HOSTILE)('G98 takes %j for text and nothing else', (summary) => {
    const text = calendar(event({ summary, description: summary, location: summary }), event({ uid: 'b@x' }));
    for (const stray of ['\r', '\n', '\u2028', '\u2029', '\u0085', '\u0000'])
      expect(text.replaceAll('\r\n', '')).not.toContain(stray);
    const events = read(text);
    expect(events).toHaveLength(2);
    const expected = summary
      .replace(/\r\n|[\r\u2028\u2029\u0085]/g, '\n')
      .replaceAll('\u0000', '')
      .replaceAll('\u0007', '');
    expect([events[0]!.summary, events[0]!.description, events[0]!.location]).toEqual([expected, expected, expected]);
  });

  it('G98 asks programs to wait hours between two looks', () => {
    const text = calendar();
    for (const name of ['REFRESH-INTERVAL;VALUE=DURATION', 'X-PUBLISHED-TTL']) {
      const value = new RegExp(`${name}:PT(\\d+)H\r\n`).exec(text)?.[1];
      expect(Number(value)).toBeGreaterThanOrEqual(1);
    }
  });

  it('G98 has no line longer than 75 octets, cuts no character, and reads back the same, whatever the text', () => {
    const letters = fc.string({
      unit: fc.constantFrom('会', 'ы', 'a', '𠮷', ';', ',', '\\', '\n', ' ', ':'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(letters, (summary) => {
        const text = calendar(event({ summary: `x${summary}` }));
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        for (const line of text.split('\r\n')) {
          const bytes = Buffer.from(line, 'utf8');
          expect(bytes.length).toBeLessThanOrEqual(75);
          expect(bytes.toString('utf8')).not.toContain('\uFFFD');
        }
        expect(read(text)[0]!.summary).toBe(`x${summary}`);
      }),
    );
  });

  it('folds at 75 octets exactly', () => {
    expect(foldLine('a'.repeat(75))).toBe('a'.repeat(75));
    expect(foldLine('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`);
    expect(foldLine(`${'a'.repeat(74)}会`)).toBe(`${'a'.repeat(74)}\r\n 会`);
  });
});
