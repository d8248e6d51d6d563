import { defineResource, type RecordRule } from '../../resource/spec.js';
import { Plan } from './plan.entity.js';
import { planTree } from './plan-tree.js';

const endsAfterItBegins: RecordRule = ({ yearFrom, yearTo }) =>
  typeof yearFrom === 'number' && typeof yearTo === 'number' && yearTo < yearFrom
    ? { field: 'yearTo', code: 'order-of-dates' }
    : undefined;

export const planSpec = defineResource({
  name: 'plan',
  path: 'plans',
  entity: Plan,
  main: 'title',
  filters: {
    horizon: { kind: 'code', field: 'horizon', vocabulary: 'horizon' },
    yearFrom: { kind: 'integer', field: 'yearFrom' },
    yearTo: { kind: 'integer', field: 'yearTo' },
    goalDueFrom: { kind: 'dateFrom', field: 'goalDueOn' },
    goalDueTo: { kind: 'dateTo', field: 'goalDueOn' },
    parent: { kind: 'reference', field: 'parent', target: 'plan' },
    document: { kind: 'reference', field: 'document', target: 'document' },
    adoptedByDocument: { kind: 'reference', field: 'adoptedByDocument', target: 'document' },
    adoptedByMeeting: { kind: 'reference', field: 'adoptedByMeeting', target: 'meeting' },
    partner: { kind: 'reference', field: 'partner', target: 'organization' },
    partnerSide: { kind: 'code', field: 'partnerSide', vocabulary: 'side' },
    steeringMechanism: { kind: 'reference', field: 'steeringMechanism', target: 'mechanism' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    title: { kind: 'localized', field: 'title' },
    yearFrom: { kind: 'integer', field: 'yearFrom' },
    yearTo: { kind: 'integer', field: 'yearTo' },
    goalDueOn: { kind: 'date', field: 'goalDueOn' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-yearFrom',
  searchable: ['title', 'summary'],
  rules: [endsAfterItBegins],
  computed: {
    /** Tasks that the asker may see. */
    taskCount: {
      schema: { kind: 'integer' },
      sql: (read, plan) =>
        `(select count(*)::integer from task counted where counted.plan_id = ${plan}.id and ${read.scope('counted')})`,
    },
  },
  detail: { sections: planTree },
});
