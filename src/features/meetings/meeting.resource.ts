import { defineResource, type RecordRule } from '../../resource/spec.js';
import { recordList, relatedList } from '../../resource/view.js';
import { treeOrder } from './agenda-order.js';
import { localTimes } from './local-times.js';
import { Meeting } from './meeting.entity.js';

const endsAfterItStarts: RecordRule = ({ startsAt, endsAt }) =>
  typeof startsAt === 'string' && typeof endsAt === 'string' && Date.parse(endsAt) < Date.parse(startsAt)
    ? { field: 'endsAt', code: 'order-of-dates' }
    : undefined;

/** Who puts a meeting off or calls it off says why, and nobody else has to. */
const saysWhy: RecordRule = ({ status, statusReason }) => {
  const needed = status === 'postponed' || status === 'cancelled';
  if (needed === (statusReason !== undefined)) return undefined;
  return { field: 'statusReason', code: needed ? 'required' : 'invalid-value' };
};

export const meetingSpec = defineResource({
  name: 'meeting',
  path: 'meetings',
  entity: Meeting,
  main: 'title',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'meetingKind' },
    status: { kind: 'code', field: 'status', vocabulary: 'meetingStatus' },
    form: { kind: 'code', field: 'form', vocabulary: 'meetingForm' },
    mechanism: { kind: 'reference', field: 'mechanism', target: 'mechanism' },
    numberInSeries: { kind: 'integer', field: 'numberInSeries' },
    year: { kind: 'integer', field: 'year' },
    heldFrom: { kind: 'dateFrom', field: 'heldOn' },
    heldTo: { kind: 'dateTo', field: 'heldOn' },
    hostSide: { kind: 'code', field: 'hostSide', vocabulary: 'side' },
    hostOrganization: { kind: 'reference', field: 'hostOrganization', target: 'organization' },
    hostRegion: { kind: 'reference', field: 'hostRegion', target: 'region' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    title: { kind: 'localized', field: 'title' },
    heldOn: { kind: 'date', field: 'heldOn' },
    startsAt: { kind: 'instant', field: 'startsAt' },
    year: { kind: 'integer', field: 'year' },
    numberInSeries: { kind: 'integer', field: 'numberInSeries' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-heldOn',
  searchable: ['title', 'venue'],
  searchThrough: ['hostRegion', 'hostOrganization', 'mechanism'],
  rules: [endsAfterItStarts, saysWhy],
  // A record of a meeting of the past begins where its documents show it.
  settled: {
    status: ['draft', 'held', 'minutes-agreed', 'closed'],
    confirmations: [],
    agendaConfirmations: [],
    agendaFrozenAt: [],
    agendaArrangedAt: [],
  },
  deadline: (meeting) => `coalesce(${meeting}.starts_at, ${meeting}.held_on::timestamptz)`,
  computed: { localTimes },
  detail: {
    /** The agenda from top to bottom: every item is followed by the items below it. */
    agendaItems: {
      schema: { kind: 'records', resource: 'agenda-item' },
      sql: (read, meeting) =>
        recordList(read, 'agenda-item', (item) => `${item}.meeting_id = ${meeting}.id`, treeOrder),
    },
    decisions: {
      schema: { kind: 'records', resource: 'decision' },
      sql: (read, meeting) =>
        recordList(
          read,
          'decision',
          (decision) => `${decision}.meeting_id = ${meeting}.id`,
          (decision) => `${decision}.created_at, ${decision}.id`,
        ),
    },
    /** Documents that the meeting adopted. */
    documents: {
      schema: { kind: 'relatedList', resource: 'document' },
      sql: (read, meeting) =>
        relatedList(
          read,
          'document',
          `select adopted.id, row_number() over (order by adopted.adopted_on, adopted.id) as position
            from document adopted where adopted.adopting_meeting_id = ${meeting}.id`,
          'meeting_document',
        ),
    },
  },
});
