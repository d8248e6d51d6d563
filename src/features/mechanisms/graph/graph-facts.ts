import type { ReadContext } from '../../../resource/scope.js';
import { languageMap } from '../../../resource/view.js';

/** How far up the graph goes; a ladder has seven rungs. */
const MOST_STEPS = 12;

const mechanismNode = (read: ReadContext, id: string): string => `json_build_object(
  'id', m.id, 'kind', 'mechanism', 'name', ${languageMap(read, 'm.name_zh', 'm.name_ru')},
  'side', case when cardinality(m.sides) = 1 then m.sides[1] end, 'level', m.level, 'status', m.status,
  'focus', m.id = ${id})`;

const organizationNode = (read: ReadContext): string => `json_build_object(
  'id', o.id, 'kind', 'organization', 'name', ${languageMap(read, 'o.name_zh', 'o.name_ru')},
  'side', o.side, 'level', o.level, 'status', null, 'focus', false)`;

const edge = (from: string, to: string, kind: string, more = ''): string =>
  `json_build_object('from', ${from}, 'to', ${to}, 'kind', '${kind}', 'role', null, 'post', null, 'field', null)${more}`;

/** The mechanisms near one: those above it on either way, and those directly below. A hidden one ends the way. */
const nearSql = (read: ReadContext, id: string): string => `up(id, step) as (
    select m.id, 0 from mechanism m where m.id = ${id} and ${read.scope('m', 'mechanism')}
    union
    select above.id, up.step + 1 from up join mechanism m on m.id = up.id
      join mechanism above on above.id in (m.parent_id, m.escalates_to_id) and ${read.scope('above', 'mechanism')}
    where up.step < ${MOST_STEPS}),
  near as (select distinct id from up
    union select below.id from mechanism below
      where (below.parent_id = ${id} or below.escalates_to_id = ${id}) and ${read.scope('below', 'mechanism')})`;

/** Seats that are held today. */
const seatsSql = (read: ReadContext, id: string): string => `seats as (
  select s.organization_id as org, s.role, ${languageMap(read, 's.post_zh', 's.post_ru')}::jsonb as post
  from membership s where s.mechanism_id = ${id} and ${read.scope('s', 'membership')}
    and (s.since is null or s.since <= current_date) and (s.until is null or s.until >= current_date))`;

const pairsSql = (read: ReadContext, id: string): string => `pairs as (
  select p.cn_organization_id as cn, p.ru_organization_id as ru, p.field
  from pairing p where p.mechanism_id = ${id} and ${read.scope('p', 'pairing')})`;

/** Parties and secretariats as the mechanism itself names them. */
const namedSql = (id: string): string => `named as (
  select party.target_id as org, 'party' as kind from mechanism_parties party where party.record_id = ${id}
    and party.target_id not in (select org from seats)
  union select (one->'organization'->>'id')::uuid, 'secretariat' from mechanism m, jsonb_array_elements(m.secretariats) one
    where m.id = ${id})`;

/** What is made in one go, such as the content of the seeds, has one time and no order of its own. */
const byName = (alias: string): string => `coalesce(${alias}.name_zh, ${alias}.name_ru) collate "C", ${alias}.id`;

/**
 * The graph of one mechanism as finished JSON, its edges in no order, with what the asker may see.
 * @param id placeholder of the mechanism's id
 */
export const graphSql = (read: ReadContext, id: string): string => `with recursive
  ${nearSql(read, id)}, ${seatsSql(read, id)}, ${pairsSql(read, id)}, ${namedSql(id)},
  bodies as (select o.* from organization o where ${read.scope('o', 'organization')} and o.id in
    (select org from seats union select org from named union select cn from pairs union select ru from pairs))
select json_build_object(
  'nodes', coalesce((select json_agg(node) from (
    (select ${mechanismNode(read, id)} as node from mechanism m join near on near.id = m.id
      order by (select max(step) from up where up.id = m.id) desc nulls last, m.created_at, ${byName('m')})
    union all (select ${organizationNode(read)} from bodies o order by o.side, o.created_at, ${byName('o')})) every), '[]'::json),
  'edges', coalesce((select json_agg(line) from (
    select ${edge('m.id', 'm.parent_id', 'part-of')} as line from mechanism m join near on near.id = m.id
      where m.parent_id in (select near.id from near)
    union all select ${edge('m.id', 'm.escalates_to_id', 'escalates-to')} from mechanism m join near on near.id = m.id
      where m.escalates_to_id in (select near.id from near)
    union all select json_build_object('from', seats.org, 'to', ${id}, 'kind', 'member', 'role', seats.role,
        'post', seats.post, 'field', null) from seats join bodies on bodies.id = seats.org
    union all select json_build_object('from', named.org, 'to', ${id}, 'kind', named.kind, 'role', null, 'post', null,
        'field', null) from named join bodies on bodies.id = named.org
    union all select json_build_object('from', pairs.cn, 'to', pairs.ru, 'kind', 'pairing', 'role', null, 'post', null,
        'field', pairs.field) from pairs join bodies a on a.id = pairs.cn join bodies b on b.id = pairs.ru) every), '[]'::json))::text`;
