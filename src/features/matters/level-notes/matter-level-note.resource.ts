import { defineResource } from '../../../resource/spec.js';
import { MatterLevelNote } from './matter-level-note.entity.js';

export const matterLevelNoteSpec = defineResource({
  name: 'matter-level-note',
  path: 'matter-level-notes',
  entity: MatterLevelNote,
  inside: { field: 'matter', open: true },
  filters: {
    matter: { kind: 'reference', field: 'matter', target: 'matter' },
    level: { kind: 'code', field: 'level', vocabulary: 'level' },
    status: { kind: 'code', field: 'status', vocabulary: 'matterStatus' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    asOf: { kind: 'date', field: 'asOf' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-publishedAt',
  searchable: ['note'],
});
