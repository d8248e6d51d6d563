import { defineResource } from '../../resource/spec.js';
import { contactSummary, latestContacts, quietSince } from './contacts/contact-log.js';
import { Pairing } from './pairing.entity.js';

export const pairingSpec = defineResource({
  name: 'pairing',
  path: 'pairings',
  entity: Pairing,
  filters: {
    /** Either side of the pair. */
    organization: {
      kind: 'ownReference',
      target: 'organization',
      sql: (alias, ids) => `(${alias}.cn_organization_id = any(${ids}) or ${alias}.ru_organization_id = any(${ids}))`,
    },
    cnOrganization: { kind: 'reference', field: 'cnOrganization', target: 'organization' },
    ruOrganization: { kind: 'reference', field: 'ruOrganization', target: 'organization' },
    mechanism: { kind: 'reference', field: 'mechanism', target: 'mechanism' },
    basis: { kind: 'reference', field: 'basis', target: 'document' },
    field: { kind: 'code', field: 'field', vocabulary: 'pairingField' },
    sinceFrom: { kind: 'dateFrom', field: 'since' },
    sinceTo: { kind: 'dateTo', field: 'since' },
    quietSince,
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    since: { kind: 'date', field: 'since' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-publishedAt',
  searchable: ['summary'],
  searchThrough: ['cnOrganization', 'ruOrganization'],
  computed: { contactSummary },
  detail: { contacts: latestContacts },
});
