import type { ReadContext } from '../../resource/scope.js';

/**
 * The one zone of the Chinese bank. The Russian bank has several: Yakutsk for Amur Oblast, Vladivostok for the Jewish
 * Autonomous Oblast and Primorye.
 */
export const CHINESE_ZONE = 'Asia/Shanghai';

/** Where each day begins first. The Chinese bank is where it ends last. */
export const EASTERNMOST_ZONE = 'Asia/Vladivostok';

/** Ids of the organizations of a mechanism, members and parties, as far as the asker may see them. */
export const organizationsOfMechanism = (read: ReadContext, mechanismId: string): string =>
  `select seat.organization_id as id from membership seat join mechanism seated on seated.id = seat.mechanism_id
    where seat.mechanism_id = ${mechanismId} and ${read.scope('seat', 'membership')} and ${read.scope('seated', 'mechanism')}
  union select party.target_id from mechanism_parties party join mechanism joined on joined.id = party.record_id
    where party.record_id = ${mechanismId} and ${read.scope('joined', 'mechanism')}`;

/**
 * The zones in which Russian organizations of a mechanism sit, as an array in the order of their names. Bodies of the
 * federation, whose region spans several zones, add none.
 * @param more a further organization's id, such as the host's
 */
export const russianZones = (read: ReadContext, mechanismId: string, more: string): string =>
  `array(select distinct place.time_zone from organization body join region place on place.id = body.region_id
    where place.side = 'ru' and place.time_zone is not null
      and ${read.scope('body', 'organization')} and ${read.scope('place', 'region')}
      and body.id in (${organizationsOfMechanism(read, mechanismId)} union select ${more}) order by 1)`;
