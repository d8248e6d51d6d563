import type { Computed, RecordRule } from '../../../resource/spec.js';

/** How the tasks of a decision stand: all that were not withdrawn, whoever may see them. */
const work = (decision: string): string => `select count(*) as total,
    count(*) filter (where carried.status = 'completed') as completed,
    count(*) filter (where carried.status = 'dropped') as dropped
  from task carried where carried.origin_decision_id = ${decision}.id and carried.state <> 'withdrawn'`;

/**
 * State of a decision and what it rests on, as a row of `state` and `basis`. A decision with tasks is done when they
 * are: nobody ticks it off beside them. That it was dropped is stated, since a meeting may take back what it decided.
 */
const standingRow = (decision: string): string => `select
    case when ${decision}.outcome = 'dropped' then 'dropped'
      when work.total > 0 then case when work.total = work.dropped then 'dropped'
        when work.total = work.completed + work.dropped then 'done' else 'open' end
      when ${decision}.outcome = 'done' or ${decision}.kind = 'information' then 'done' else 'open' end as state,
    case when ${decision}.outcome = 'dropped' then 'stated' when work.total > 0 then 'tasks'
      when ${decision}.outcome = 'done' then 'stated' when ${decision}.kind = 'information' then 'information'
      else 'nothing-yet' end as basis
  from (${work(decision)}) work`;

export const stateSql = (decision: string): string => `(select found.state from (${standingRow(decision)}) found)`;

/** The day on which the last of the tasks came to an end, by the trail; in UTC, the one clock both sides share. */
const endedOn = (decision: string): string => `(select max(ended.at at time zone 'UTC')::date from task carried
    join audit ended on ended.object_id = carried.id::text and ended.object_resource = 'task'
      and ended.changes->'status'->>'after' in ('completed', 'dropped')
    where carried.origin_decision_id = ${decision}.id and carried.state <> 'withdrawn')`;

/** `{state, basis, on}` of the decision behind an alias. */
export const standingSql = (decision: string): string => `(select json_build_object('state', found.state,
    'basis', found.basis, 'on', case when found.state = 'open' then null when found.basis = 'stated'
      then ${decision}.outcome_on when found.basis = 'tasks' then ${endedOn(decision)} end)
  from (${standingRow(decision)}) found)`;

/** Whether a decision is open, done or dropped, since when, and from what that follows. */
export const standing: Computed = {
  schema: {
    kind: 'object',
    members: {
      state: { kind: 'code', vocabulary: 'decisionStatus' },
      basis: { kind: 'code', vocabulary: 'decisionBasis' },
      on: { kind: 'date' },
    },
  },
  sql: (_, decision) => standingSql(decision),
};

/** A stated outcome has a date, and one that drops the decision a reason. */
export const outcomeIsWhole: RecordRule = ({ outcome, outcomeOn, outcomeReason }) => {
  if (outcome === undefined) {
    if (outcomeOn !== undefined) return { field: 'outcomeOn', code: 'invalid-value' };
    return outcomeReason === undefined ? undefined : { field: 'outcomeReason', code: 'invalid-value' };
  }
  if (outcomeOn === undefined) return { field: 'outcomeOn', code: 'required' };
  return outcome === 'dropped' && outcomeReason === undefined
    ? { field: 'outcomeReason', code: 'required' }
    : undefined;
};
