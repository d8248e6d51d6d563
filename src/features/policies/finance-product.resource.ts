import { defineResource } from '../../resource/spec.js';
import { FinanceProduct } from './finance-product.entity.js';

export const financeProductSpec = defineResource({
  name: 'finance-product',
  path: 'finance-products',
  entity: FinanceProduct,
  main: 'name',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'financeProductKind' },
    status: { kind: 'code', field: 'status', vocabulary: 'financeProductStatus' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  searchable: ['name', 'summary'],
});
