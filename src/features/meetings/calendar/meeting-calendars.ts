import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { languagesOf } from '../../../infra/http/negotiation.js';
import { PUBLIC_URL } from '../../../infra/http/tokens.js';
import { Texts } from '../../../infra/i18n/texts.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { writeCalendar } from '../../../kernel/icalendar.js';
import type { Language, LanguageMap } from '../../../kernel/languages.js';
import { problem } from '../../../kernel/problems.js';
import type { OpenedFeed } from '../../../platform/calendar-feeds/calendar-feeds.js';
import { textReply } from '../../../resource/reply.js';
import { type ReadContext, readContext, scopeOf } from '../../../resource/scope.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { languageMap } from '../../../resource/view.js';
import { type CalendarMeeting, eventOf } from './meeting-event.js';

/** Media type of a calendar. */
export const CALENDAR_TYPE = 'text/calendar';

/** The most recent meetings that a calendar holds. */
const MOST_EVENTS = 1_000;

/** Statuses that stand before the title, because programs show `STATUS` badly or not at all. */
const MARKED = new Set(['cancelled', 'postponed', 'proposed']);

type MechanismRow = { name: LanguageMap; timeZone: string | null };

/** Calendars of meetings, with what the asker may see. */
@Injectable()
export class MeetingCalendars {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
    private readonly texts: Texts,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  /** All meetings. */
  whole(ask: Ask): Promise<Reply> {
    const name = languagesOf(ask.choice).map((language) => this.texts.t(language, 'calendar:name'));
    return this.calendar(ask, name.join(' / '), 'UTC');
  }

  /**
   * Meetings of one mechanism, shown in the zone of its cadence.
   * @throws `resource.not-found`
   */
  async ofMechanism(ask: Ask, id: string): Promise<Reply> {
    await this.stores.of(resourceOf('mechanism')).mustSee(ask, id);
    const { read, values } = this.reading(ask);
    const text = `select json_build_object('name', ${languageMap(read, 'm.name_zh', 'm.name_ru')},
        'timeZone', m.cadence->>'timeZone')::text
      from mechanism m where m.id = $${values.length + 1}::uuid and ${read.scope('m', 'mechanism')}`;
    const [row] = await this.database.rows({ text, values: [...values, id] });
    if (!row) throw problem('resource.not-found');
    const { name, timeZone } = JSON.parse(row[0]!) as MechanismRow;
    return this.calendar(ask, Object.values(name).join(' / '), timeZone ?? 'UTC', id);
  }

  /**
   * A private calendar, in the languages and with the rights of whoever made it; no cache keeps it, and the address
   * that it names as its source is the public one (hardening G99).
   * @throws `resource.not-found` where its mechanism can no longer be seen
   */
  async ofFeed(ask: Ask, { actor, choice, mechanismId }: OpenedFeed): Promise<Reply> {
    const path = mechanismId ? `/api/v1/mechanisms/${mechanismId}/calendar.ics` : '/api/v1/calendar.ics';
    const owners: Ask = { ...ask, actor, choice, path };
    const reply = await (mechanismId ? this.ofMechanism(owners, mechanismId) : this.whole(owners));
    return { ...reply, headers: { ...reply.headers, 'Cache-Control': 'private, no-store' } };
  }

  private async calendar(ask: Ask, name: string, timeZone: string, mechanism?: string): Promise<Reply> {
    const meetings = await this.meetings(ask, mechanism);
    const context = { languages: languagesOf(ask.choice), markOf: this.mark, publicUrl: this.publicUrl };
    const events = meetings.flatMap((meeting) => eventOf(meeting, context) ?? []);
    const source = `${this.publicUrl}${ask.path}?lang=${ask.choice}`;
    return textReply(writeCalendar({ name, source, timeZone, events }), CALENDAR_TYPE, ask.choice);
  }

  private async meetings(ask: Ask, mechanism?: string): Promise<CalendarMeeting[]> {
    const { read, values } = this.reading(ask);
    const text = `${meetingSql(read)} and m.status <> 'draft' and coalesce(m.starts_at::date, m.held_on) is not null
        ${mechanism ? `and m.mechanism_id = $${values.length + 1}::uuid` : ''}
      order by coalesce(m.starts_at, m.held_on) desc, m.id limit ${MOST_EVENTS}`;
    const rows = await this.database.rows({ text, values: mechanism ? [...values, mechanism] : values });
    return rows.map(([json]) => JSON.parse(json!) as CalendarMeeting);
  }

  private reading(ask: Ask): { read: ReadContext; values: unknown[] } {
    const scope = scopeOf(ask.actor);
    return { read: readContext(scope, ask.choice, ask.fallback), values: scope.parameters };
  }

  private readonly mark = (status: string, language: Language): string | undefined =>
    MARKED.has(status) ? this.texts.t(language, `calendar:marks.${status}`) : undefined;
}

const meetingSql = (read: ReadContext): string => `select json_build_object(
    'id', m.id, 'version', m.version, 'changedAt', (extract(epoch from m.updated_at) * 1000)::bigint,
    'title', ${languageMap(read, 'm.title_zh', 'm.title_ru')}, 'venue', ${languageMap(read, 'm.venue_zh', 'm.venue_ru')},
    'mechanism', (select ${languageMap(read, 'held_by.name_zh', 'held_by.name_ru')} from mechanism held_by
      where held_by.id = m.mechanism_id and ${read.scope('held_by', 'mechanism')}),
    'status', m.status, 'startsAt', (extract(epoch from m.starts_at) * 1000)::bigint,
    'endsAt', (extract(epoch from m.ends_at) * 1000)::bigint, 'heldOn', m.held_on)::text
  from meeting m where ${read.scope('m', 'meeting')}`;
