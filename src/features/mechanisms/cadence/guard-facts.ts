import { localTimeOf } from '../../../kernel/civil-dates.js';
import type { ReadContext } from '../../../resource/scope.js';
import type { Computed } from '../../../resource/spec.js';
import { languageMap } from '../../../resource/view.js';
import { type Guard, type GuardRange, guardOf } from './guard.js';
import type { GuardFacts } from './guard-input.js';

/**
 * What the guard looks at, as one JSON value. Meetings that the asker may not see are not among them: they must not
 * be told by what the guard says.
 */
export const guardFactsSql = (read: ReadContext, mechanism: string): string => {
  const zone = `coalesce(watched.time_zone, ${mechanism}.cadence->>'timeZone', 'UTC')`;
  return `json_build_object(
    'cadence', ${mechanism}.cadence, 'status', ${mechanism}.status, 'statusOn', ${mechanism}.status_on,
    'meetings', (select coalesce(json_agg(json_build_object(
        'id', watched.id,
        'name', ${languageMap(read, 'watched.title_zh', 'watched.title_ru')},
        'kind', watched.kind, 'status', watched.status,
        'date', coalesce(watched.held_on, (watched.starts_at at time zone ${zone})::date),
        'year', watched.year, 'numberInSeries', watched.number_in_series, 'hostSide', watched.host_side,
        'recordedOn', watched.created_at::date) order by watched.held_on, watched.starts_at, watched.id), '[]'::json)
      from meeting watched where watched.mechanism_id = ${mechanism}.id and ${read.scope('watched', 'meeting')}))`;
};

/** The day it is where the cadence is counted. */
export const todayOf = ({ cadence }: GuardFacts): string => localTimeOf(Date.now(), cadence?.timeZone ?? 'UTC').date;

/**
 * What the guard says of a mechanism.
 * @param on the day as of which it speaks; today where none is named
 */
export const guardAsOf = (facts: GuardFacts, on?: string, range?: GuardRange): Guard =>
  guardOf(facts, on ?? todayOf(facts), range);

/** The last periods and the current one of a mechanism, for its deep read. */
export const cadenceGuard: Computed = {
  schema: {
    kind: 'object',
    members: {
      reason: { kind: 'code', vocabulary: 'cadenceReason' },
      periods: {
        kind: 'objects',
        members: {
          from: { kind: 'date' },
          to: { kind: 'date' },
          expected: { kind: 'integer' },
          status: { kind: 'code', vocabulary: 'cadenceStatus' },
          reason: { kind: 'code', vocabulary: 'cadenceReason' },
          meetings: { kind: 'relatedList', resource: 'meeting' },
        },
      },
      nextNumber: { kind: 'integer' },
      nextHost: { kind: 'code', vocabulary: 'side' },
    },
  },
  sql: guardFactsSql,
  finish: (facts) => guardAsOf(facts as GuardFacts),
};
