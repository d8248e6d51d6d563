import { defineResource } from '../../resource/spec.js';
import { relatedList } from '../../resource/view.js';
import { Clause } from './clause.entity.js';

export const clauseSpec = defineResource({
  name: 'clause',
  path: 'clauses',
  entity: Clause,
  inside: { field: 'document' },
  main: 'title',
  filters: {
    document: { kind: 'reference', field: 'document', target: 'document' },
    status: { kind: 'code', field: 'status', vocabulary: 'clauseState' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    position: { kind: 'integer', field: 'position' },
    title: { kind: 'localized', field: 'title' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'position',
  searchable: ['title', 'summary'],
  detail: {
    /** Tasks by which plans fulfil the provision, the earliest year first. */
    tasks: {
      schema: { kind: 'relatedList', resource: 'task' },
      sql: (read, clause) =>
        relatedList(
          read,
          'task',
          `select origin.id, row_number() over (order by origin.years, origin.position, origin.id) as position
            from task origin where origin.origin_clause_id = ${clause}.id`,
          'clause_task',
        ),
    },
  },
});
