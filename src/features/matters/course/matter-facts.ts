import type { EntityManager } from 'typeorm';
import type { Audience, RecordState } from '../../../kernel/access.js';
import type { Side } from '../../../kernel/actor.js';
import type { LanguageMap } from '../../../kernel/languages.js';
import type { Move, Party, Place } from '../../../kernel/matter-workflow.js';

/** A matter as the rules of its course see it, whoever asks. */
export type MatterFacts = {
  id: string;
  state: RecordState;
  audience: Audience;
  sourceLanguage: string;
  kind: string;
  status: string;
  title: LanguageMap;
  summary: LanguageMap;
  dueOn: string | null;
  heldUntil: string | null;
  proposalStage: string | null;
  removal: string | null;
  ownerId: string | null;
  ownerSide: Side | null;
  /** Who raised it: the organization that is named, or its owner. */
  origin: Party | null;
  /** The organization that it is addressed to. */
  addressee: Party | null;
  mechanismId: string | null;
  /** Mechanisms that it is about, in their order. */
  mechanisms: string[];
  /** Mechanisms in which its origin and its addressee have a seat. */
  seats: string[];
  publishedAt: string | null;
  /** Steps that have been taken, as far as they move it. */
  moves: Move[];
  /** Why it last stayed where it was, and at which number; the number of its last step. */
  lastStay: { why: string; number: number } | null;
  lastMove: number;
  /** Day of the last thing that happened outside the portal. */
  lastOn: string | null;
  /** Meetings ahead on whose agenda it stands. */
  meetingsAhead: string[];
};

const place = (name: string): string =>
  `json_build_object('organization', s.${name}_organization_id, 'mechanism', s.${name}_mechanism_id)`;
const party = (alias: string): string =>
  `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'side', ${alias}.side) end`;
const map = (name: string): string => `json_strip_nulls(json_build_object('zh', m.${name}_zh, 'ru', m.${name}_ru))`;

/** Kinds of steps that move a matter; the others are told for their own sake. */
const MOVES = "('raised', 'referred', 'escalated', 'returned', 'passed-on')";
const STAYS = "('not-escalated')";

const AHEAD = `select json_agg(s.meeting_id) from matter_step s join meeting g on g.id = s.meeting_id
    join agenda_item i on i.id = s.agenda_item_id and i.state <> 'withdrawn' and i.status not in ('declined', 'deferred')
  where s.matter_id = m.id and s.kind = 'put-on-agenda' and g.state <> 'withdrawn'
    and g.status in ('draft', 'proposed', 'confirmed') and coalesce(g.held_on, (g.starts_at at time zone
      coalesce(g.time_zone, 'Asia/Shanghai'))::date, 'infinity') >= $2::date`;

const SEATS = `select json_agg(seat.mechanism_id order by seat.created_at, seat.id) from membership seat
  where seat.state = 'published' and (seat.until is null or seat.until >= $2::date)
    and seat.organization_id in (coalesce(m.raised_by_id, m.owner_id), m.addressed_to_id)`;

const FACTS = `select json_build_object('id', m.id, 'state', m.state, 'audience', m.audience, 'kind', m.kind,
    'status', m.status, 'sourceLanguage', m.source_language, 'title', ${map('title')}, 'summary', ${map('summary')},
    'dueOn', m.due_on, 'heldUntil', m.held_until, 'proposalStage', m.proposal_stage, 'removal', m.removal,
    'ownerId', m.owner_id, 'ownerSide', o.side, 'origin', ${party('r')}, 'addressee', ${party('a')},
    'mechanismId', m.addressed_to_mechanism_id, 'publishedAt', m.published_at,
    'mechanisms', coalesce((select json_agg(l.target_id order by l.position) from matter_mechanisms l
      where l.record_id = m.id), '[]'), 'seats', coalesce((${SEATS}), '[]'),
    'moves', coalesce((select json_agg(json_build_object('kind', s.kind, 'from', ${place('from')}, 'to', ${place('to')})
      order by s.number) from matter_step s where s.matter_id = m.id and s.kind in ${MOVES}), '[]'),
    'lastStay', (select json_build_object('why', s.why, 'number', s.number) from matter_step s
      where s.matter_id = m.id and s.kind in ${STAYS} order by s.number desc limit 1),
    'lastMove', coalesce((select max(s.number) from matter_step s
      where s.matter_id = m.id and s.kind not in ('not-escalated', 'not-on-agenda')), 0),
    'lastOn', (select max(s."on") from matter_step s where s.matter_id = m.id),
    'meetingsAhead', coalesce((${AHEAD}), '[]')) as facts
  from matter m left join organization o on o.id = m.owner_id
    left join organization r on r.id = coalesce(m.raised_by_id, m.owner_id)
    left join organization a on a.id = m.addressed_to_id
  where m.id = any($1::uuid[])`;

/**
 * Reads matters as the rules see them.
 * @param today the day as of which meetings are ahead and seats are held
 */
export const readFacts = async (
  manager: EntityManager,
  ids: readonly string[],
  today: string,
): Promise<MatterFacts[]> => {
  const rows = (await manager.query(FACTS, [ids, today])) as { facts: MatterFacts }[];
  const byId = new Map(rows.map(({ facts }) => [facts.id, facts]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};

/** Where a matter lies: with whom it is addressed to, or with its origin where it is addressed to nobody. */
export const placeOf = ({ addressee, mechanismId, origin }: MatterFacts): Place =>
  addressee || mechanismId ? { organization: addressee?.id ?? null, mechanism: mechanismId } : originPlace({ origin });

/** Where a matter began. */
export const originPlace = ({ origin }: Pick<MatterFacts, 'origin'>): Place => ({
  organization: origin?.id ?? null,
  mechanism: null,
});
