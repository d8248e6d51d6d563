import type { Computed } from '../../resource/spec.js';

/** Heihe and Tongjiang, Amur Oblast, the Jewish Autonomous Oblast. */
const ZONES = ['Asia/Shanghai', 'Asia/Yakutsk', 'Asia/Vladivostok'];

/** Local date-time with its offset in RFC 3339. The offset is computed, because Yakutsk has had three of them. */
const localTime = (instant: string, zone: string): string => {
  const offset = `((${instant} at time zone ${zone}) - (${instant} at time zone 'UTC'))`;
  return `to_char(${instant} at time zone ${zone}, 'YYYY-MM-DD"T"HH24:MI:SS')
    || case when ${offset} < interval '0' then '-' || to_char(-${offset}, 'HH24:MI') else '+' || to_char(${offset}, 'HH24:MI') end`;
};

/**
 * When a meeting begins on each bank, `[{timeZone, at}]`, and in the host's own zone where that is another one:
 * 23:30 in Heihe is tomorrow across the river. Empty where only the day is known.
 */
export const localTimes: Computed = {
  schema: { kind: 'objects', members: { timeZone: { kind: 'text' }, at: { kind: 'instant' } } },
  sql: (_, meeting) => {
    const names = `array[${ZONES.map((zone) => `'${zone}'`).join(', ')}]`;
    return `(select coalesce(json_agg(json_build_object(
        'timeZone', place.zone, 'at', ${localTime(`${meeting}.starts_at`, 'place.zone')}) order by place.n), '[]'::json)
      from unnest(${names} || array_remove(array[${meeting}.time_zone], null)) with ordinality place(zone, n)
      where ${meeting}.starts_at is not null and (place.n <= ${ZONES.length} or place.zone <> all(${names})))`;
  },
};
