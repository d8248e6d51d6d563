import { defineResource } from '../../resource/spec.js';
import { Membership } from './membership.entity.js';

export const membershipSpec = defineResource({
  name: 'membership',
  path: 'memberships',
  entity: Membership,
  inside: { field: 'mechanism' },
  filters: {
    mechanism: { kind: 'reference', field: 'mechanism', target: 'mechanism' },
    organization: { kind: 'reference', field: 'organization', target: 'organization' },
    onBehalfOf: { kind: 'reference', field: 'onBehalfOf', target: 'organization' },
    side: { kind: 'code', field: 'side', vocabulary: 'sideOrOther' },
    role: { kind: 'code', field: 'role', vocabulary: 'membershipRole' },
    sinceFrom: { kind: 'dateFrom', field: 'since' },
    sinceTo: { kind: 'dateTo', field: 'since' },
    untilFrom: { kind: 'dateFrom', field: 'until' },
    untilTo: { kind: 'dateTo', field: 'until' },
    /** Seats held on a day; one of which nobody has said since or until when counts as held. */
    on: {
      kind: 'ownDate',
      sql: (alias, day) => `daterange(${alias}.since, ${alias}.until, '[]') @> ${day}`,
    },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    order: { kind: 'integer', field: 'order' },
    since: { kind: 'date', field: 'since' },
    until: { kind: 'date', field: 'until' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'order',
  searchable: ['roleTitle', 'post'],
  rules: [
    // Dates of one form compare as texts.
    ({ since, until }) =>
      typeof since === 'string' && typeof until === 'string' && until < since
        ? { field: 'until', code: 'order-of-dates' }
        : undefined,
  ],
});
