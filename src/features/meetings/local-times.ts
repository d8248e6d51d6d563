import type { ReadContext } from '../../resource/scope.js';
import type { Computed, ComputedSchema } from '../../resource/spec.js';
import { CHINESE_ZONE, russianZones } from './side-zones.js';

const LOCAL_TIME: ComputedSchema = {
  kind: 'object',
  members: {
    date: { kind: 'date' },
    time: { kind: 'text' },
    timeZone: { kind: 'text' },
    offset: { kind: 'text' },
    basis: { kind: 'code', vocabulary: 'timeZoneBasis' },
  },
};

/** `+09:00`; computed, because Yakutsk has had three offsets. */
const offsetSql = (instant: string, zone: string): string => {
  const offset = `((${instant} at time zone ${zone}) - (${instant} at time zone 'UTC'))`;
  return `case when ${offset} < interval '0' then '-' || to_char(-${offset}, 'HH24:MI')
    else '+' || to_char(${offset}, 'HH24:MI') end`;
};

const localTime = (instant: string, zone: string, basis: string): string => `json_build_object(
  'date', to_char(${instant} at time zone ${zone}, 'YYYY-MM-DD'), 'time', to_char(${instant} at time zone ${zone}, 'HH24:MI'),
  'timeZone', ${zone}, 'offset', ${offsetSql(instant, zone)}, 'basis', ${basis})`;

/** What speaks for a Russian zone: that of the host where it is a Russian one, and those of the Russian partners. */
const evidence = (read: ReadContext, meeting: string): string => `select
    coalesce(case when ${meeting}.host_side = 'ru' then ${meeting}.time_zone end,
      (select site.time_zone from region site
        where site.id = ${meeting}.host_region_id and site.side = 'ru' and ${read.scope('site', 'region')})) as host,
    ${russianZones(read, `${meeting}.mechanism_id`, `${meeting}.host_organization_id`)} as partners`;

/**
 * Date and time at which a meeting begins on each bank and at the host's: 23:30 in Heihe is tomorrow across the river.
 * The Russian zone follows from the host, otherwise from the partners; where those sit in several zones or nothing is
 * known of them, `basis` says so and no time is guessed. Null where only the day of the meeting is known.
 */
export const localTimes: Computed = {
  schema: { kind: 'object', members: { cn: LOCAL_TIME, ru: LOCAL_TIME, host: LOCAL_TIME } },
  sql: (read, meeting) => {
    const instant = `${meeting}.starts_at`;
    return `(select json_build_object(
        'cn', ${localTime(instant, `'${CHINESE_ZONE}'`, `'whole-side'`)},
        'ru', ${localTime(instant, 'known.zone', 'known.basis')},
        'host', case when ${meeting}.time_zone is not null then ${localTime(instant, `${meeting}.time_zone`, `'host'`)} end)
      from (select
          coalesce(found.host, case when cardinality(found.partners) = 1 then found.partners[1] end) as zone,
          case when found.host is not null then 'host' when cardinality(found.partners) = 1 then 'partners'
            when cardinality(found.partners) > 1 then 'several-zones' else 'not-known' end as basis
        from (${evidence(read, meeting)}) found) known
      where ${instant} is not null)`;
  },
};
