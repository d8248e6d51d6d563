import { type Computed, resourceOf } from '../../resource/spec.js';
import { recordSql } from '../../resource/view.js';

/** Place among the sections of the same parent as text that sorts; the id parts sections of the same place. */
const step = (section: string): string =>
  `(lpad(${section}.position::text, 10, '0') || ${section}.id::text) collate "C"`;

/**
 * The sections of a plan as a tree of any depth, each with its `tasks` and its `sections`.
 *
 * PostgreSQL cannot aggregate inside a recursion, so the tree is written as it is read: the sections are listed
 * with the way to each, and every one opens its own object, a comma before it where a sister stands there, and
 * closes as many as end with it. Sections below one that the asker may not see are not reached.
 */
export const planTree: Computed = {
  schema: {
    kind: 'tree',
    resource: 'section',
    children: 'sections',
    members: { tasks: { kind: 'records', resource: 'task' } },
  },
  sql: (read, plan) => `(with recursive branch(id, way) as (
      select top.id, array[${step('top')}] from section top
      where top.plan_id = ${plan}.id and top.parent_id is null and ${read.scope('top')}
      union all
      select below.id, branch.way || ${step('below')} from branch join section below on below.parent_id = branch.id
      where below.plan_id = ${plan}.id and ${read.scope('below')}
    ),
    work as (
      select job.section_id, json_agg(${recordSql(read, resourceOf('task'), 'job')} order by job.position, job.id) as tasks
      from task job where job.plan_id = ${plan}.id and ${read.scope('job')} group by job.section_id
    ),
    reading as (
      select id, way, cardinality(way) as depth,
        lag(cardinality(way)) over (order by way) as depth_before,
        lead(cardinality(way), 1, 1) over (order by way) as depth_after
      from branch
    )
    select ('[' || coalesce(string_agg(
        case when reading.depth_before >= reading.depth then ',' else '' end
        || left((${recordSql(read, resourceOf('section'), 'part')})::text, -1)
        || ',"tasks":' || coalesce(work.tasks::text, '[]')
        || ',"sections":[' || repeat(']}', reading.depth - reading.depth_after + 1),
        '' order by reading.way), '') || ']')::json
    from reading join section part on part.id = reading.id left join work on work.section_id = reading.id)`,
};
