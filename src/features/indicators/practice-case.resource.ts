import { defineResource } from '../../resource/spec.js';
import { recordList } from '../../resource/view.js';
import { PracticeCase } from './practice-case.entity.js';

export const practiceCaseSpec = defineResource({
  name: 'practice-case',
  path: 'cases',
  entity: PracticeCase,
  main: 'title',
  filters: {
    level: { kind: 'code', field: 'level', vocabulary: 'level' },
    batch: { kind: 'integer', field: 'batch' },
    dimension: {
      kind: 'ownCode',
      vocabulary: 'dimension',
      sql: (alias, codes) =>
        `exists (select 1 from jsonb_array_elements(${alias}.dimensions) d where d.value->>'code' = any(${codes}))`,
    },
    selectedBy: { kind: 'reference', field: 'selectedBy', target: 'organization' },
    mechanism: { kind: 'reference', field: 'mechanism', target: 'mechanism' },
    cluster: { kind: 'reference', field: 'cluster', target: 'cluster' },
    document: { kind: 'reference', field: 'document', target: 'document' },
    partner: { kind: 'references', field: 'partners', target: 'organization' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    selectedFrom: { kind: 'dateFrom', field: 'selectedOn' },
    selectedTo: { kind: 'dateTo', field: 'selectedOn' },
    reportedFrom: { kind: 'dateFrom', field: 'reportedOn' },
    reportedTo: { kind: 'dateTo', field: 'reportedOn' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    title: { kind: 'localized', field: 'title' },
    batch: { kind: 'integer', field: 'batch' },
    selectedOn: { kind: 'date', field: 'selectedOn' },
    reportedOn: { kind: 'date', field: 'reportedOn' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'title',
  searchable: ['title', 'summary'],
  detail: {
    /** The observations of the case as records, in its order: `observations` itself only names them. */
    figures: {
      schema: { kind: 'records', resource: 'observation' },
      sql: (read, record) =>
        recordList(
          read,
          'observation',
          (figure) =>
            `exists (select 1 from practice_case_observations l where l.record_id = ${record}.id and l.target_id = ${figure}.id)`,
          (figure) =>
            `(select l.position from practice_case_observations l where l.record_id = ${record}.id and l.target_id = ${figure}.id)`,
        ),
    },
  },
});
