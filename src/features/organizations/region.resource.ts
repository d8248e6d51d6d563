import { defineResource } from '../../resource/spec.js';
import { Region } from './region.entity.js';

export const regionSpec = defineResource({
  name: 'region',
  path: 'regions',
  entity: Region,
  main: 'name',
  filters: {
    level: { kind: 'code', field: 'level', vocabulary: 'regionLevel' },
    side: { kind: 'code', field: 'side', vocabulary: 'side' },
    parent: { kind: 'reference', field: 'parent', target: 'region' },
    gbt2260: { kind: 'text', field: 'gbt2260' },
    oktmo: { kind: 'text', field: 'oktmo' },
    isoCode: { kind: 'text', field: 'isoCode' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  searchable: ['name', 'shortName'],
  searchNames: ['shortName', 'aliases'],
});
