import { defineResource } from '../../../resource/spec.js';
import { recordList, related } from '../../../resource/view.js';
import { COMING, HEADS_FIRST } from './delegates-sql.js';
import { Delegation } from './delegation.entity.js';

export const delegationSpec = defineResource({
  name: 'delegation',
  path: 'delegations',
  entity: Delegation,
  // Each side makes up its own for the meeting of whoever is the host.
  inside: { field: 'meeting', open: true },
  main: 'name',
  filters: {
    meeting: { kind: 'reference', field: 'meeting', target: 'meeting' },
    side: { kind: 'code', field: 'side', vocabulary: 'side' },
    status: { kind: 'code', field: 'status', vocabulary: 'delegationStatus' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-createdAt',
  searchable: ['name', 'note'],
  settled: { status: ['forming'] },
  // Names of people are personal data.
  widestAudience: 'partners',
  computed: {
    head: {
      schema: { kind: 'related', resource: 'delegate' },
      sql: (read, delegation) =>
        related(
          read,
          'delegate',
          `(select head.id from delegate head where head.delegation_id = ${delegation}.id
            and head.role = 'head' and ${COMING('head')})`,
          'delegation_head',
        ),
    },
  },
  detail: {
    delegates: {
      schema: { kind: 'records', resource: 'delegate' },
      sql: (read, delegation) =>
        recordList(read, 'delegate', (delegate) => `${delegate}.delegation_id = ${delegation}.id`, HEADS_FIRST),
    },
  },
});
