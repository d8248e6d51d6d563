import { codesOf } from '../../kernel/vocabularies.js';
import type { ReadContext } from '../../resource/scope.js';
import type { Computed, ComputedSchema } from '../../resource/spec.js';
import { languageMap, related } from '../../resource/view.js';

const MEMBER: ComputedSchema = {
  kind: 'objects',
  members: {
    id: { kind: 'id' },
    organization: { kind: 'related', resource: 'organization' },
    role: { kind: 'code', vocabulary: 'membershipRole' },
    roleTitle: { kind: 'localized' },
    post: { kind: 'localized' },
    onBehalfOf: { kind: 'related', resource: 'organization' },
    order: { kind: 'integer' },
    since: { kind: 'date' },
    until: { kind: 'date' },
  },
};

const memberSql = (read: ReadContext): string => `json_build_object(
  'id', seat.id,
  'organization', ${related(read, 'organization', 'seat.organization_id', 'seat_organization')},
  'role', seat.role,
  'roleTitle', ${languageMap(read, 'seat.role_title_zh', 'seat.role_title_ru')},
  'post', ${languageMap(read, 'seat.post_zh', 'seat.post_ru')},
  'onBehalfOf', ${related(read, 'organization', 'seat.on_behalf_of_id', 'seat_principal')},
  'order', seat."order", 'since', seat.since, 'until', seat.until)`;

/**
 * The seats of a mechanism by side, each side in the order of the document's list: `{cn: […], ru: […], other: […]}`.
 * A side without a seat has an empty list.
 */
export const membersBySide: Computed = {
  schema: { kind: 'object', members: Object.fromEntries(codesOf('sideOrOther').map((side) => [side, MEMBER])) },
  sql: (read, mechanism) => {
    const sides = codesOf('sideOrOther').map(
      (side) => `'${side}', coalesce(json_agg(${memberSql(read)} order by seat."order", seat.created_at, seat.id)
        filter (where seat.side = '${side}'), '[]'::json)`,
    );
    return `(select json_build_object(${sides.join(', ')}) from membership seat
      where seat.mechanism_id = ${mechanism}.id and ${read.scope('seat')})`;
  },
};
