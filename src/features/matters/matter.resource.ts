import { defineResource } from '../../resource/spec.js';
import { Matter } from './matter.entity.js';

export const matterSpec = defineResource({
  name: 'matter',
  path: 'matters',
  entity: Matter,
  main: 'title',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'matterKind' },
    status: { kind: 'code', field: 'status', vocabulary: 'matterStatus' },
    level: { kind: 'code', field: 'level', vocabulary: 'level' },
    year: { kind: 'integer', field: 'year' },
    dueFrom: { kind: 'dateFrom', field: 'dueOn' },
    dueTo: { kind: 'dateTo', field: 'dueOn' },
    raisedBy: { kind: 'reference', field: 'raisedBy', target: 'organization' },
    addressedTo: { kind: 'reference', field: 'addressedTo', target: 'organization' },
    addressedToMechanism: { kind: 'reference', field: 'addressedToMechanism', target: 'mechanism' },
    task: { kind: 'references', field: 'tasks', target: 'task' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    facility: { kind: 'references', field: 'facilities', target: 'facility' },
    industry: { kind: 'references', field: 'industries', target: 'industry' },
    mechanism: { kind: 'references', field: 'mechanisms', target: 'mechanism' },
    document: { kind: 'references', field: 'documents', target: 'document' },
    policy: { kind: 'references', field: 'policies', target: 'policy' },
    meeting: { kind: 'references', field: 'meetings', target: 'meeting' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    title: { kind: 'localized', field: 'title' },
    year: { kind: 'integer', field: 'year' },
    dueOn: { kind: 'date', field: 'dueOn' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-publishedAt',
  searchable: ['title', 'summary'],
});
