import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { addDays, instantAt, localTimeOf } from '../../../kernel/civil-dates.js';
import type { Ask } from '../../../kernel/exchange.js';
import type { Engagement, Stretch } from '../../../kernel/meeting-times.js';
import { type ReadContext, readContext, scopeOf } from '../../../resource/scope.js';
import { languageMap } from '../../../resource/view.js';
import { CHINESE_ZONE, EASTERNMOST_ZONE, organizationsOfMechanism } from '../side-zones.js';

/** `{id, name}` of a related record, its name in the languages of the answer. */
export type Named = { id: string; name: unknown };

/** When a meeting takes place, as far as it is known. */
export type MeetingTime = {
  startsAt: number | null;
  endsAt: number | null;
  heldOn: string | null;
  timeZone: string | null;
};

/** Meetings of organizations, and the names of all that are spoken of. */
export type Engagements = { engagements: Engagement[]; names: ReadonlyMap<string, Named> };

type Row = MeetingTime & Named & { organizations: Named[] };

/** More meetings than a few organizations have in a season. */
const MOST_MEETINGS = 1_000;

/**
 * The time that a meeting may take up: all of its day where only that is known, the rest of it where no end is. Where
 * nobody says in which zone the day is counted, it lasts from its first hour on one bank to its last on the other.
 * @returns nothing where not even the day is known
 */
export const stretchOf = ({ startsAt, endsAt, heldOn, timeZone }: MeetingTime): Stretch | undefined => {
  const midnightAfter = (date: string) => instantAt(addDays(date, 1), '00:00', timeZone ?? CHINESE_ZONE);
  if (startsAt !== null) {
    const { date } = localTimeOf(startsAt, timeZone ?? CHINESE_ZONE);
    return { start: startsAt, end: endsAt ?? midnightAfter(date) };
  }
  if (!heldOn) return undefined;
  return { start: instantAt(heldOn, '00:00', timeZone ?? EASTERNMOST_ZONE), end: midnightAfter(heldOn) };
};

/** The members by which SQL hands over the time of a meeting. */
export const meetingTimeSql = (meeting: string): string => `
  'startsAt', (extract(epoch from ${meeting}.starts_at) * 1000)::bigint,
  'endsAt', (extract(epoch from ${meeting}.ends_at) * 1000)::bigint,
  'heldOn', ${meeting}.held_on, 'timeZone', ${meeting}.time_zone`;

const organizationsOfMeeting = (read: ReadContext, meeting: string): string =>
  `${organizationsOfMechanism(read, `${meeting}.mechanism_id`)} union select ${meeting}.host_organization_id`;

/** Finds out when organizations sit in other meetings. */
@Injectable()
export class EngagementFinder {
  constructor(private readonly database: Database) {}

  /**
   * Meetings in which the organizations of a mechanism or a meeting take part between two days, those alone that the
   * asker may see: what others plan in confidence is not told by a conflict either.
   * @param except a meeting that is not in its own way
   */
  async find(
    ask: Ask,
    organizations: readonly string[],
    from: string,
    to: string,
    except?: string,
  ): Promise<Engagements> {
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const n = scope.parameters.length;
    const text = `select json_build_object('id', other.id,
          'name', ${languageMap(read, 'other.title_zh', 'other.title_ru')}, ${meetingTimeSql('other')},
          'organizations', shared.list)::text
      from meeting other cross join lateral (
        select json_agg(json_build_object('id', body.id, 'name', ${languageMap(read, 'body.name_zh', 'body.name_ru')})
            order by body.id) as list
        from organization body where ${read.scope('body', 'organization')}
          and body.id = any($${n + 1}::uuid[]) and body.id in (${organizationsOfMeeting(read, 'other')})) shared
      where ${read.scope('other', 'meeting')} and other.status in ('proposed', 'confirmed', 'held', 'minutes-agreed', 'closed')
        and shared.list is not null and other.id is distinct from $${n + 4}::uuid
        and (other.held_on between $${n + 2}::date - 1 and $${n + 3}::date + 1
          or (other.starts_at < $${n + 3}::date + 2 and coalesce(other.ends_at, other.starts_at) > $${n + 2}::date - 2))
      order by other.starts_at, other.id limit ${MOST_MEETINGS}`;
    const values = [...scope.parameters, organizations, from, to, except ?? null];
    const rows = await this.database.rows({ text, values });
    return gathered(rows.map(([json]) => JSON.parse(json!) as Row));
  }
}

const gathered = (rows: readonly Row[]): Engagements => {
  const names = new Map<string, Named>();
  const engagements = rows.flatMap((row): Engagement[] => {
    for (const { id, name } of [row, ...row.organizations]) names.set(id, { id, name });
    const stretch = stretchOf(row);
    return stretch ? [{ ...stretch, meeting: row.id, organizations: row.organizations.map(({ id }) => id) }] : [];
  });
  return { engagements, names };
};
