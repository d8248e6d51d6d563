import { defineResource } from '../../resource/spec.js';
import { Organization } from './organization.entity.js';

export const organizationSpec = defineResource({
  name: 'organization',
  path: 'organizations',
  entity: Organization,
  main: 'name',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'organizationKind' },
    level: { kind: 'code', field: 'level', vocabulary: 'level' },
    side: { kind: 'code', field: 'side', vocabulary: 'side' },
    region: { kind: 'reference', field: 'region', target: 'region' },
    parent: { kind: 'reference', field: 'parent', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  searchable: ['name', 'shortName'],
  searchNames: ['shortName', 'aliases'],
  searchThrough: ['region'],
});
