import { lastDayBegun } from '../../../kernel/civil-dates.js';
import { defineResource, type RecordRule } from '../../../resource/spec.js';
import { Contact } from './contact.entity.js';

/** A log tells of what has been; dates of one form compare as texts. */
const hasBeen: RecordRule = ({ on }) =>
  typeof on === 'string' && on > lastDayBegun(Date.now()) ? { field: 'on', code: 'date-ahead' } : undefined;

const nextComesLater: RecordRule = ({ on, nextDueOn }) =>
  typeof on === 'string' && typeof nextDueOn === 'string' && nextDueOn < on
    ? { field: 'nextDueOn', code: 'order-of-dates' }
    : undefined;

export const contactSpec = defineResource({
  name: 'contact',
  path: 'contacts',
  entity: Contact,
  // Either unit keeps the log, whoever keeps the record of the pairing.
  inside: { field: 'pairing', open: true },
  main: 'subject',
  filters: {
    pairing: { kind: 'reference', field: 'pairing', target: 'pairing' },
    form: { kind: 'code', field: 'form', vocabulary: 'contactForm' },
    initiatedBy: { kind: 'code', field: 'initiatedBy', vocabulary: 'side' },
    onFrom: { kind: 'dateFrom', field: 'on' },
    onTo: { kind: 'dateTo', field: 'on' },
    nextDueFrom: { kind: 'dateFrom', field: 'nextDueOn' },
    nextDueTo: { kind: 'dateTo', field: 'nextDueOn' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    on: { kind: 'date', field: 'on' },
    nextDueOn: { kind: 'date', field: 'nextDueOn' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-on',
  searchable: ['subject', 'outcome'],
  rules: [hasBeen, nextComesLater],
  // What two offices speak of is for those who cooperate.
  widestAudience: 'partners',
});
