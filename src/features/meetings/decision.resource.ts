import { defineResource } from '../../resource/spec.js';
import { relatedList } from '../../resource/view.js';
import { Decision } from './decision.entity.js';
import { DecisionReview } from './decisions/decision-review.entity.js';
import { outcomeIsWhole, standing, stateSql } from './decisions/decision-standing.js';

export const decisionSpec = defineResource({
  name: 'decision',
  path: 'decisions',
  entity: Decision,
  inside: { field: 'meeting', same: ['agendaItem'], lockedFirst: true },
  main: 'text',
  filters: {
    meeting: { kind: 'reference', field: 'meeting', target: 'meeting' },
    agendaItem: { kind: 'reference', field: 'agendaItem', target: 'agenda-item' },
    kind: { kind: 'code', field: 'kind', vocabulary: 'decisionKind' },
    responsible: { kind: 'references', field: 'responsible', target: 'organization' },
    document: { kind: 'reference', field: 'document', target: 'document' },
    standing: {
      kind: 'ownCode',
      vocabulary: 'decisionStatus',
      sql: (decision, states) => `${stateSql(decision)} = any(${states})`,
    },
    dueFrom: { kind: 'dateFrom', field: 'dueOn' },
    dueTo: { kind: 'dateTo', field: 'dueOn' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    text: { kind: 'localized', field: 'text', letters: 200 },
    dueOn: { kind: 'date', field: 'dueOn' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-publishedAt',
  searchable: ['text'],
  tables: [DecisionReview],
  rules: [outcomeIsWhole],
  computed: { standing },
  detail: {
    /** Tasks that carry the decision out. */
    tasks: {
      schema: { kind: 'relatedList', resource: 'task' },
      sql: (read, decision) =>
        relatedList(
          read,
          'task',
          `select origin.id, row_number() over (order by origin.years, origin.position, origin.id) as position
            from task origin where origin.origin_decision_id = ${decision}.id`,
          'decision_task',
        ),
    },
    /** Items of later meetings' agendas to which the decision has come back. */
    reviews: {
      schema: { kind: 'relatedList', resource: 'agenda-item' },
      sql: (read, decision) =>
        relatedList(
          read,
          'agenda-item',
          `select review.agenda_item_id as id, row_number() over (order by review.agenda_item_id) as position
            from decision_review review where review.decision_id = ${decision}.id`,
          'decision_review_item',
        ),
    },
  },
});
