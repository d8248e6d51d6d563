import { defineResource } from '../../resource/spec.js';
import { related, relatedList } from '../../resource/view.js';
import { AgendaItem } from './agenda-item.entity.js';

export const agendaItemSpec = defineResource({
  name: 'agenda-item',
  path: 'agenda-items',
  entity: AgendaItem,
  inside: { field: 'meeting', same: ['parent'], open: true, lockedFirst: true },
  main: 'title',
  filters: {
    meeting: { kind: 'reference', field: 'meeting', target: 'meeting' },
    parent: { kind: 'reference', field: 'parent', target: 'agenda-item' },
    status: { kind: 'code', field: 'status', vocabulary: 'agendaItemState' },
    proposedBy: { kind: 'reference', field: 'proposedBy', target: 'organization' },
    document: { kind: 'reference', field: 'document', target: 'document' },
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
  // What a document shows as discussed is recorded as such.
  settled: { status: ['proposed', 'discussed'], answers: [], deferredFrom: [], marks: [] },
  deadline: (item) =>
    `(select coalesce(m.starts_at, m.held_on::timestamptz) from meeting m where m.id = ${item}.meeting_id)`,
  detail: {
    /** The item that it became in a later meeting. */
    deferredTo: {
      schema: { kind: 'related', resource: 'agenda-item' },
      sql: (read, item) =>
        related(
          read,
          'agenda-item',
          `(select later.id from agenda_item later where later.deferred_from_id = ${item}.id)`,
          'deferred_to',
        ),
    },
    /** The decision of an earlier meeting that the item brings back. */
    reviewOf: {
      schema: { kind: 'related', resource: 'decision' },
      sql: (read, item) =>
        related(
          read,
          'decision',
          `(select review.decision_id from decision_review review where review.agenda_item_id = ${item}.id)`,
          'review_of',
        ),
    },
    /** What was decided on the item. */
    decisions: {
      schema: { kind: 'relatedList', resource: 'decision' },
      sql: (read, item) =>
        relatedList(
          read,
          'decision',
          `select taken.id, row_number() over (order by taken.created_at, taken.id) as position
            from decision taken where taken.agenda_item_id = ${item}.id`,
          'item_decision',
        ),
    },
  },
});
