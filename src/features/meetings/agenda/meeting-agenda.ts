import type { EntityManager } from 'typeorm';

/** What decides how the agenda of a meeting may change. */
export type AgendaFacts = { status: string; frozen: boolean };

/** The facts of a meeting's agenda, which stays as it is until the transaction ends. */
export const agendaFacts = async (manager: EntityManager, meeting: string): Promise<AgendaFacts> => {
  const [row] = (await manager.query(
    'select status, agenda_frozen_at is not null as frozen from meeting where id = $1 for no key update',
    [meeting],
  )) as AgendaFacts[];
  return row ?? { status: 'draft', frozen: false };
};

/**
 * The items that both sides see, which are those they agree to; `item` is the alias of one.
 */
export const ON_THE_TABLE = `item.state = 'published' and item.audience in ('public', 'partners')`;

/** Text that differs whenever the common agenda does: what a side confirms is the agenda that it has read. */
export const REVISION_SQL = `coalesce((select md5(string_agg(item.id::text || ':' || item.version, ',' order by item.id))
  from agenda_item item where item.meeting_id = $1::uuid and ${ON_THE_TABLE}), 'empty')`;

/** The place after the last item below a parent, or at the top. */
export const nextPosition = async (manager: EntityManager, meeting: string, parent?: string): Promise<number> => {
  const [row] = (await manager.query(
    `select coalesce(max(position), 0) + 1 as position from agenda_item
      where meeting_id = $1 and parent_id is not distinct from $2::uuid and state <> 'withdrawn'`,
    [meeting, parent ?? null],
  )) as { position: number }[];
  return row!.position;
};

/** Every item of a meeting with the item above it. */
export const parentsIn = async (manager: EntityManager, meeting: string): Promise<Map<string, string | null>> => {
  const rows = (await manager.query('select id, parent_id as parent from agenda_item where meeting_id = $1', [
    meeting,
  ])) as { id: string; parent: string | null }[];
  return new Map(rows.map(({ id, parent }) => [id, parent]));
};
