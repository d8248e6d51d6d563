import type { Computed, Filter } from '../../../resource/spec.js';
import { recordList } from '../../../resource/view.js';

/** Most contacts of a deep read; `GET /contacts?pairing=…` pages through all of them. */
const MOST_CONTACTS = 20;

const LATEST_FIRST = (contact: string): string =>
  `${contact}."on" desc, ${contact}.created_at desc, ${contact}.id desc`;

/** How many contacts a pairing has had, the last of them, and when the next is due: what the asker may see of them. */
export const contactSummary: Computed = {
  schema: {
    kind: 'object',
    members: {
      count: { kind: 'integer' },
      lastOn: { kind: 'date' },
      lastForm: { kind: 'code', vocabulary: 'contactForm' },
      nextDueOn: { kind: 'date' },
    },
  },
  sql: (read, pairing) => {
    const ofLast = (column: string) => `(array_agg(said.${column} order by ${LATEST_FIRST('said')}))[1]`;
    return `(select json_build_object('count', count(*), 'lastOn', max(said."on"),
        'lastForm', ${ofLast('form')}, 'nextDueOn', ${ofLast('next_due_on')})
      from contact said where said.pairing_id = ${pairing}.id and ${read.scope('said', 'contact')})`;
  },
};

/** The contacts of a pairing, the latest first. */
export const latestContacts: Computed = {
  schema: { kind: 'records', resource: 'contact' },
  sql: (read, pairing) =>
    recordList(
      read,
      'contact',
      (contact) => `${contact}.id in (select recent.id from contact recent
        where recent.pairing_id = ${pairing}.id and ${read.scope('recent', 'contact')}
        order by ${LATEST_FIRST('recent')} limit ${MOST_CONTACTS})`,
      LATEST_FIRST,
    ),
};

/** Pairings that have had no contact since a day, as far as the asker sees. */
export const quietSince: Filter = {
  kind: 'ownDate',
  sql: (pairing, day, scope) => `not exists (select 1 from contact said
    where said.pairing_id = ${pairing}.id and said."on" >= ${day} and ${scope('said', 'contact')})`,
};
