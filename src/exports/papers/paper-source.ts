import { Injectable } from '@nestjs/common';
import { sealsItem } from '../../features/meetings/minutes/sealed-content.js';
import {
  type StandingOfMinutes,
  type StandingRead,
  standingOfMinutes,
  standingSql,
} from '../../features/meetings/minutes/standing-of-minutes.js';
import { organizationsOfMechanism } from '../../features/meetings/side-zones.js';
import { Database } from '../../infra/database/database.js';
import type { Side } from '../../kernel/actor.js';
import type { Ask } from '../../kernel/exchange.js';
import type { LanguageMap } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { type ReadContext, readContext, scopeOf } from '../../resource/scope.js';
import { resourceOf } from '../../resource/spec.js';
import { Stores } from '../../resource/stores.js';
import { languageMap, recordList, recordSql } from '../../resource/view.js';
import type { SideTime } from './paper.js';

type Named = { id: string; name: LanguageMap };

/** The clock of one side; nothing is known where no zone is. */
type LocalTime = { [Member in keyof SideTime]: string | null };

export type AgendaItemSource = {
  id: string;
  parent: Named | null;
  position: number;
  title: LanguageMap;
  summary: LanguageMap | null;
  status: string;
  proposedBy: Named | null;
};

export type DecisionSource = {
  id: string;
  kind: string;
  number: string | null;
  text: LanguageMap;
  responsible: Named[];
  dueOn: string | null;
};

export type MeetingSource = {
  title: LanguageMap;
  status: string;
  numberInSeries: number | null;
  heldOn: string | null;
  localTimes: Partial<Record<Side, LocalTime | null>> | null;
  venue: LanguageMap | null;
  form: string | null;
  hostSide: Side | null;
  hostOrganization: Named | null;
  agendaItems: AgendaItemSource[];
  decisions: DecisionSource[];
};

/** What the minutes say, in the order of their places. */
export type MinutesItemSource = {
  id: string;
  position: number;
  agendaItem: string | null;
  text: LanguageMap;
  /** Whether it is part of what both sides seal, and no side's own note. */
  joint: boolean;
};

/** A person of a delegation. */
export type DelegateSource = {
  role: string;
  name: LanguageMap;
  post: LanguageMap | null;
  organization: Named | null;
  invitation: string;
  attended: string;
};

type DelegationSource = { side: Side; delegates: DelegateSource[] };

type MechanismSource = {
  name: LanguageMap;
  sides: string[] | null;
  parties: Named[];
  chairs: { side: Side; organization: Named | null; post: LanguageMap | null }[];
  secretariats: { side: Side; organization: Named | null }[];
};

/** A body that takes part, with its side and the place where it sits. */
export type BodySource = {
  id: string;
  side: Side;
  place: { name: LanguageMap /** Its own codes and those of what it lies in. */; codes: string[] } | null;
};

/** What a paper is made of: the deep read of the meeting, as the asker gets it in JSON, and who stands behind it. */
export type PaperSource = {
  meeting: MeetingSource;
  mechanism: MechanismSource | null;
  bodies: BodySource[];
  minutes: MinutesItemSource[];
  signOff: StandingOfMinutes;
  delegations: DelegationSource[];
};

/** Reads what papers are made of, with the eyes of the asker. */
@Injectable()
export class PaperSources {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
  ) {}

  /**
   * @throws `resource.not-found` for a meeting that is unknown or that the asker may not see, `resource.withdrawn`
   */
  async of(ask: Ask, id: string): Promise<PaperSource> {
    await this.stores.of(resourceOf('meeting')).mustSee(ask, id);
    const scope = scopeOf(ask.actor);
    // Both languages whatever was asked for: a paper is in both.
    const text = sourceSql(readContext(scope, 'all'), `$${scope.parameters.length + 1}::uuid`);
    const [row] = await this.database.rows({ text, values: [...scope.parameters, id] });
    if (!row) throw problem('resource.not-found');
    const { signOff, ...read } = JSON.parse(row[0]!) as Omit<PaperSource, 'signOff'> & { signOff: StandingRead };
    return { ...read, signOff: standingOfMinutes(signOff) };
  }
}

/** One statement, so that no paper bears the seals of texts other than its own. */
const sourceSql = (read: ReadContext, id: string): string => `select json_build_object(
    'meeting', ${recordSql(read, resourceOf('meeting'), 'm', true)},
    'mechanism', (select ${recordSql(read, resourceOf('mechanism'), 'held_by')} from mechanism held_by
      where held_by.id = m.mechanism_id and ${read.scope('held_by', 'mechanism')}),
    'bodies', ${bodiesSql(read)},
    'minutes', ${minutesSql(read)},
    'signOff', ${standingSql('m')},
    'delegations', ${recordList(
      read,
      'delegation',
      (delegation) => `${delegation}.meeting_id = m.id`,
      (delegation) => `${delegation}.created_at, ${delegation}.id`,
      true,
    )})::text
  from meeting m where m.id = ${id} and ${read.scope('m', 'meeting')}`;

const minutesSql = (read: ReadContext): string => `(select coalesce(json_agg(json_build_object('id', i.id,
      'position', i.position, 'agendaItem', i.agenda_item_id, 'text', ${languageMap(read, 'i.text_zh', 'i.text_ru')},
      'joint', ${sealsItem('i')}) order by i.position, i.id), '[]'::json)
    from minutes_item i where i.meeting_id = m.id and ${read.scope('i', 'minutes-item')})`;

/** Organizations that chair the mechanism of a meeting, or keep its papers. */
const officersSql = (read: ReadContext): string => `select (seat->'organization'->>'id')::uuid
    from mechanism led, jsonb_array_elements(coalesce(led.chairs, '[]') || coalesce(led.secretariats, '[]')) seat
    where led.id = m.mechanism_id and ${read.scope('led', 'mechanism')}`;

const bodiesSql = (read: ReadContext): string => `(select coalesce(json_agg(json_build_object(
      'id', body.id, 'side', body.side, 'place', (select json_build_object(
          'name', ${languageMap(read, 'coalesce(place.short_name_zh, place.name_zh)', 'coalesce(place.short_name_ru, place.name_ru)')},
          'codes', ${codesSql(read)})
        from region place where place.id = body.region_id and ${read.scope('place', 'region')}))), '[]'::json)
    from organization body where ${read.scope('body', 'organization')} and body.id in (
      ${organizationsOfMechanism(read, 'm.mechanism_id')}
      union ${officersSql(read)} union select m.host_organization_id))`;

/** Codes of a place and of everything that it lies in. */
const codesSql = (read: ReadContext): string => `array(
    with recursive above(id, parent_id, codes) as (
      select place.id, place.parent_id, array[place.gbt2260, place.iso_code]
      union select upper_place.id, upper_place.parent_id, array[upper_place.gbt2260, upper_place.iso_code]
        from above join region upper_place on upper_place.id = above.parent_id and ${read.scope('upper_place', 'region')}
    ) select code from above, unnest(above.codes) code where code is not null)`;
