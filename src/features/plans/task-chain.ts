import { type Computed, resourceOf } from '../../resource/spec.js';
import { recordSql } from '../../resource/view.js';
import { withMembers } from './json-members.js';

/**
 * The same matter over the years: the tasks before the given one, itself, and those after it, the earliest first.
 * `openYears` of each is how many years the matter had been on the lists by then, from the first year of the chain;
 * null where a list has no year. A task that the asker may not see ends the chain on its side, and so does one
 * that comes round a second time.
 */
export const taskChain: Computed = {
  schema: { kind: 'records', resource: 'task', members: { openYears: { kind: 'integer' } } },
  sql: (read, task) => {
    const item = withMembers(recordSql(read, resourceOf('task'), 'link'), {
      openYears: '(select max(y) from unnest(link.years) y) - beginning.year + 1',
    });
    return `(with recursive earlier(id, next_id, step) as (
        select ${task}.id, ${task}.predecessor_id, 0
        union all
        select before.id, before.predecessor_id, earlier.step - 1
        from earlier join task before on before.id = earlier.next_id and ${read.scope('before')}
      ) cycle id set repeated using way,
      later(id, step) as (
        select ${task}.id, 0
        union all
        select after.id, later.step + 1
        from later join task after on after.predecessor_id = later.id and ${read.scope('after')}
      ) cycle id set repeated using way,
      chain as (
        select id, min(step) as step from (
          select id, step from earlier where not repeated union all select id, step from later where not repeated
        ) both_ways group by id
      )
      select json_agg(${item} order by chain.step, link.years, link.position, link.id)
      from chain join task link on link.id = chain.id,
        (select min(y) as year from chain join task on task.id = chain.id, unnest(task.years) y) beginning)`;
  },
};
