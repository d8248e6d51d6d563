import { defineResource } from '../../resource/spec.js';
import { relatedList } from '../../resource/view.js';
import { Policy } from './policy.entity.js';

export const policySpec = defineResource({
  name: 'policy',
  path: 'policies',
  entity: Policy,
  main: 'title',
  filters: {
    jurisdiction: { kind: 'code', field: 'jurisdiction', vocabulary: 'jurisdiction' },
    subject: { kind: 'codes', field: 'subjects', vocabulary: 'policySubject' },
    status: { kind: 'code', field: 'status', vocabulary: 'policyStatus' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    issuer: { kind: 'references', field: 'issuers', target: 'organization' },
    document: { kind: 'reference', field: 'document', target: 'document' },
    derivedFrom: { kind: 'references', field: 'derivedFrom', target: 'policy' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    title: { kind: 'localized', field: 'title' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'title',
  searchable: ['title', 'summary'],
  detail: {
    /** Policies that were modelled on this one. */
    derivatives: {
      schema: { kind: 'relatedList', resource: 'policy' },
      sql: (read, policy) =>
        relatedList(
          read,
          'policy',
          `select l.record_id as id, row_number() over (order by l.record_id) as position
            from policy_derived_from l where l.target_id = ${policy}.id`,
          'derivative',
        ),
    },
  },
});
