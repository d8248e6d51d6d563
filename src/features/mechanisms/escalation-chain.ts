import type { Computed } from '../../resource/spec.js';
import { languageMap } from '../../resource/view.js';

/**
 * The mechanisms above one, from the next to the highest. A mechanism that the asker may not see ends the chain,
 * and so does one that comes round a second time.
 */
export const escalationChain: Computed = {
  schema: {
    kind: 'objects',
    members: {
      id: { kind: 'id' },
      name: { kind: 'localized' },
      level: { kind: 'code', vocabulary: 'level' },
      status: { kind: 'code', vocabulary: 'mechanismStatus' },
    },
  },
  sql: (read, mechanism) => `(with recursive chain(id, next_id, step) as (
      select ${mechanism}.id, ${mechanism}.escalates_to_id, 0
      union all
      select upper_one.id, upper_one.escalates_to_id, chain.step + 1
      from chain join mechanism upper_one on upper_one.id = chain.next_id and ${read.scope('upper_one')}
    ) cycle id set repeated using way
    select coalesce(json_agg(json_build_object(
        'id', above.id,
        'name', ${languageMap(read, 'above.name_zh', 'above.name_ru')},
        'level', above.level,
        'status', above.status) order by chain.step), '[]'::json)
    from chain join mechanism above on above.id = chain.id
    where chain.step > 0 and not chain.repeated)`,
};
