import { defineResource } from '../../resource/spec.js';
import { Observation } from './observation.entity.js';

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

export const observationSpec = defineResource({
  name: 'observation',
  path: 'observations',
  entity: Observation,
  filters: {
    indicator: { kind: 'reference', field: 'indicator', target: 'indicator' },
    zone: { kind: 'reference', field: 'zone', target: 'zone' },
    organization: { kind: 'reference', field: 'organization', target: 'organization' },
    status: { kind: 'code', field: 'status', vocabulary: 'observationStatus' },
    document: { kind: 'reference', field: 'document', target: 'document' },
    asOfFrom: { kind: 'dateFrom', field: 'asOfOn' },
    asOfTo: { kind: 'dateTo', field: 'asOfOn' },
    reportedFrom: { kind: 'dateFrom', field: 'reportedOn' },
    reportedTo: { kind: 'dateTo', field: 'reportedOn' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    asOfOn: { kind: 'date', field: 'asOfOn' },
    reportedOn: { kind: 'date', field: 'reportedOn' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-asOfOn',
  searchable: ['note'],
  rules: [
    // An observation says one figure: a quantity or a sum of money.
    ({ quantity, money }) =>
      isGiven(quantity) === isGiven(money) ? { field: 'quantity', code: 'invalid-value' } : undefined,
  ],
});
