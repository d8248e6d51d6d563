import { defineResource, type RecordRule } from '../../resource/spec.js';
import { Facility, type FacilityClosure } from './facility.entity.js';

const opensAfterItCloses: RecordRule = ({ closures }) =>
  ((closures ?? []) as FacilityClosure[]).some(({ from, until }) => until && until < from)
    ? { field: 'closures', code: 'order-of-dates' }
    : undefined;

export const facilitySpec = defineResource({
  name: 'facility',
  path: 'facilities',
  entity: Facility,
  main: 'name',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'facilityKind' },
    stage: { kind: 'code', field: 'stage', vocabulary: 'facilityStage' },
    region: { kind: 'reference', field: 'region', target: 'region' },
    zone: { kind: 'reference', field: 'zone', target: 'zone' },
    end: { kind: 'references', field: 'ends', target: 'region' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  rules: [opensAfterItCloses],
  searchable: ['name', 'summary'],
  searchThrough: ['region'],
});
