import { type Computed, defineResource } from '../../resource/spec.js';
import { Task } from './task.entity.js';
import { taskChain } from './task-chain.js';

/** Until when the task is to be done, and why that day: a plan that states none means the end of the year. */
const due: Computed = {
  schema: { kind: 'object', members: { on: { kind: 'date' }, basis: { kind: 'code', vocabulary: 'dueBasis' } } },
  sql: (_, task) => `case
    when ${task}.due_on is not null then json_build_object('on', ${task}.due_on, 'basis', 'stated')
    when cardinality(${task}.years) > 0 then json_build_object(
      'on', (select make_date(max(year), 12, 31) from unnest(${task}.years) year), 'basis', 'end-of-year')
    else json_build_object('on', null, 'basis', 'not-stated') end`,
};

export const taskSpec = defineResource({
  name: 'task',
  path: 'tasks',
  entity: Task,
  inside: { field: 'plan', same: ['section'] },
  main: 'title',
  filters: {
    plan: { kind: 'reference', field: 'plan', target: 'plan' },
    section: { kind: 'reference', field: 'section', target: 'section' },
    leadUnit: { kind: 'reference', field: 'leadUnit', target: 'organization' },
    cooperatingUnit: { kind: 'references', field: 'cooperatingUnits', target: 'organization' },
    /** Leading or cooperating. */
    organization: {
      kind: 'ownReference',
      target: 'organization',
      sql: (alias, ids) => `${alias}.id in (select led.id from task led where led.lead_unit_id = any(${ids})
        union all select joined.record_id from task_cooperating_units joined where joined.target_id = any(${ids}))`,
    },
    commitment: { kind: 'code', field: 'commitment', vocabulary: 'commitment' },
    status: { kind: 'code', field: 'status', vocabulary: 'taskStatus' },
    year: { kind: 'integers', field: 'years' },
    dueFrom: { kind: 'dateFrom', field: 'dueOn' },
    dueTo: { kind: 'dateTo', field: 'dueOn' },
    predecessor: { kind: 'reference', field: 'predecessor', target: 'task' },
    originClause: { kind: 'reference', field: 'originClause', target: 'clause' },
    originDecision: { kind: 'reference', field: 'originDecision', target: 'decision' },
    mechanism: { kind: 'references', field: 'mechanisms', target: 'mechanism' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    document: { kind: 'references', field: 'documents', target: 'document' },
    policy: { kind: 'references', field: 'policies', target: 'policy' },
    indicator: { kind: 'references', field: 'indicators', target: 'indicator' },
    facility: { kind: 'references', field: 'facilities', target: 'facility' },
    lead: { kind: 'references', field: 'leads', target: 'lead' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    position: { kind: 'integer', field: 'position' },
    title: { kind: 'localized', field: 'title' },
    dueOn: { kind: 'date', field: 'dueOn' },
    weight: { kind: 'integer', field: 'weight' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'position',
  searchable: ['title', 'summary'],
  computed: { due },
  detail: { chain: taskChain },
});
