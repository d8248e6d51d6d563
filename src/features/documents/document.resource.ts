import { localizedOrder } from '../../resource/list-statement.js';
import { type Computed, defineResource } from '../../resource/spec.js';
import { recordList, relatedList } from '../../resource/view.js';
import { Document } from './document.entity.js';

/** Records of a resource that rest on the document by one of the given columns, sorted by their name. */
const restingOn = (resource: 'mechanism' | 'plan', main: string, columns: string[]): Computed => ({
  schema: { kind: 'relatedList', resource },
  sql: (read, document) => {
    const name = localizedOrder(main, read.choice, 'resting');
    const rests = columns.map((column) => `resting.${column} = ${document}.id`).join(' or ');
    const ids = `select resting.id, row_number() over (order by ${name}, resting.id) as position
      from ${resource} resting where ${rests}`;
    return relatedList(read, resource, ids, `document_${resource}`);
  },
});

export const documentSpec = defineResource({
  name: 'document',
  path: 'documents',
  entity: Document,
  main: 'title',
  filters: {
    type: { kind: 'code', field: 'type', vocabulary: 'documentType' },
    status: { kind: 'code', field: 'status', vocabulary: 'documentStatus' },
    jurisdiction: { kind: 'code', field: 'jurisdiction', vocabulary: 'jurisdiction' },
    authenticLanguage: { kind: 'codes', field: 'authenticLanguages', vocabulary: 'language' },
    year: { kind: 'integer', field: 'year' },
    issuedFrom: { kind: 'dateFrom', field: 'issuedOn' },
    issuedTo: { kind: 'dateTo', field: 'issuedOn' },
    adoptedFrom: { kind: 'dateFrom', field: 'adoptedOn' },
    adoptedTo: { kind: 'dateTo', field: 'adoptedOn' },
    adoptingMeeting: { kind: 'reference', field: 'adoptingMeeting', target: 'meeting' },
    issuer: { kind: 'references', field: 'issuers', target: 'organization' },
    party: { kind: 'references', field: 'parties', target: 'organization' },
    addressee: { kind: 'references', field: 'addresseeOrganizations', target: 'organization' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    title: { kind: 'localized', field: 'title' },
    issuedOn: { kind: 'date', field: 'issuedOn' },
    adoptedOn: { kind: 'date', field: 'adoptedOn' },
    year: { kind: 'integer', field: 'year' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-issuedOn',
  searchable: ['title', 'summary', 'issuerNames', 'partyNames', 'addressees'],
  searchNames: ['number'],
  detail: {
    clauses: {
      schema: { kind: 'records', resource: 'clause' },
      sql: (read, document) =>
        recordList(
          read,
          'clause',
          (clause) => `${clause}.document_id = ${document}.id`,
          (clause) => `${clause}.position, ${clause}.id`,
        ),
    },
    /** Mechanisms that the document is the legal basis of. */
    mechanisms: restingOn('mechanism', 'name', ['legal_basis_id']),
    /** Plans whose text it is, or which it put into force. */
    plans: restingOn('plan', 'title', ['document_id', 'adopted_by_document_id']),
  },
});
