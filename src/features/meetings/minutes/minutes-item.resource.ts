import { defineResource } from '../../../resource/spec.js';
import { MinutesItem } from './minutes-item.entity.js';
import { MinutesSeal } from './minutes-seal.entity.js';
import { MinutesVersion } from './minutes-version.entity.js';

export const minutesItemSpec = defineResource({
  name: 'minutes-item',
  path: 'minutes-items',
  entity: MinutesItem,
  inside: { field: 'meeting', same: ['agendaItem'], open: true, lockedFirst: true },
  main: 'text',
  filters: {
    meeting: { kind: 'reference', field: 'meeting', target: 'meeting' },
    agendaItem: { kind: 'reference', field: 'agendaItem', target: 'agenda-item' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    position: { kind: 'integer', field: 'position' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'position',
  searchable: ['text'],
  wordedBySides: true,
  tables: [MinutesVersion, MinutesSeal],
});
