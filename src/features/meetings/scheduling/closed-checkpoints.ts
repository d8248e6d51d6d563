import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { localTimeOf } from '../../../kernel/civil-dates.js';
import type { Ask } from '../../../kernel/exchange.js';
import type { LanguageMap } from '../../../kernel/languages.js';
import type { Stretch } from '../../../kernel/meeting-times.js';
import { type ReadContext, readContext, scopeOf } from '../../../resource/scope.js';
import { languageMap } from '../../../resource/view.js';
import { CHINESE_ZONE, EASTERNMOST_ZONE } from '../side-zones.js';
import type { Named } from './engagements.js';

/** A checkpoint on the way from one bank to the other, and the days on which nobody gets through it. */
export type ClosedCheckpoint = {
  code: 'checkpoint-closed';
  facility: Named;
  /** First day. */
  date: string;
  /** Last day; none for a closure until further notice. */
  until: string | null;
  /** Why, as the notice says. */
  name: LanguageMap;
};

/** Days of the calendar that a stretch of time touches on either bank. */
export const daysOf = ({ start, end }: Stretch): { from: string; to: string } => ({
  from: localTimeOf(start, CHINESE_ZONE).date,
  to: localTimeOf(Math.max(start, end - 1), EASTERNMOST_ZONE).date,
});

/** The closures that fall on a day of a stretch. */
export const closedDuring = (stretch: Stretch, closed: readonly ClosedCheckpoint[]): ClosedCheckpoint[] => {
  const { from, to } = daysOf(stretch);
  return closed.filter(({ date, until }) => date <= to && (until === null || until >= from));
};

/** What people cross the border by. */
const CHECKPOINTS = ['bridge', 'port-of-entry', 'route', 'railway'];

/**
 * The places of organizations and all places within them. Whole states are left out: a body of the federation sits in
 * one city, and not at every checkpoint of the country.
 */
const placesSql = (organizations: string): string => `
  with recursive place as (
    select g.id, g.side from region g join organization body on body.region_id = g.id
      where body.id = any(${organizations}) and g.level <> 'state'
    union select inner_place.id, inner_place.side from region inner_place join place on inner_place.parent_id = place.id)`;

/** Whether a facility lies on one bank, or reaches it, without doing so at any of the places. */
const elsewhereOn = (side: 'cn' | 'ru'): string => `
  exists (select from touched where touched.side = '${side}')
  and not exists (select from touched where touched.side = '${side}' and touched.id in (select place.id from place))`;

/** Finds bridges, ports of entry and lines between the partners of a meeting that are closed. */
@Injectable()
export class ClosedCheckpoints {
  constructor(private readonly database: Database) {}

  /**
   * Closures between two days, both included, of facilities that join the places of the organizations: on each bank
   * that a facility is known to reach, it reaches one of them. Only what the asker may see.
   * @param sides of the mechanism; people of one side alone cross no border
   */
  async between(
    ask: Ask,
    { sides, organizations }: { sides: string[] | null; organizations: readonly string[] },
    from: string,
    to: string,
  ): Promise<ClosedCheckpoint[]> {
    if (organizations.length === 0 || sides?.length === 1) return [];
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const n = scope.parameters.length;
    const text = closuresSql(read, `$${n + 1}::uuid[]`, `$${n + 2}::date`, `$${n + 3}::date`);
    const rows = await this.database.rows({ text, values: [...scope.parameters, organizations, from, to] });
    return rows.map(([json]) => JSON.parse(json!) as ClosedCheckpoint);
  }
}

const closuresSql = (read: ReadContext, organizations: string, from: string, to: string): string => `
  ${placesSql(organizations)}
  select json_build_object('code', 'checkpoint-closed',
      'facility', json_build_object('id', f.id, 'name', ${languageMap(read, 'f.name_zh', 'f.name_ru')}),
      'date', closure ->> 'from', 'until', closure ->> 'until',
      'name', ${languageMap(read, "(closure -> 'reason' ->> 'zh')", "(closure -> 'reason' ->> 'ru')")})::text
  from facility f cross join lateral jsonb_array_elements(f.closures) closure
  where ${read.scope('f', 'facility')} and f.kind in (${CHECKPOINTS.map((kind) => `'${kind}'`).join(', ')})
    and (closure ->> 'from')::date <= ${to} and coalesce((closure ->> 'until')::date, 'infinity') >= ${from}
    and exists (
      with touched as (select g.id, g.side from region g
        where g.id = f.region_id or g.id in (select link.target_id from facility_ends link where link.record_id = f.id))
      select where exists (select from touched where touched.id in (select place.id from place))
        and not (${elsewhereOn('cn')}) and not (${elsewhereOn('ru')}))
  order by closure ->> 'from', f.id`;
