import { defineResource } from '../../resource/spec.js';
import { Industry } from './industry.entity.js';

export const industrySpec = defineResource({
  name: 'industry',
  path: 'industries',
  entity: Industry,
  main: 'name',
  filters: {
    code: { kind: 'text', field: 'code' },
    gbt4754: { kind: 'text', field: 'gbt4754' },
    okved2: { kind: 'text', field: 'okved2' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    code: { kind: 'text', field: 'code' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  searchable: ['name'],
});
