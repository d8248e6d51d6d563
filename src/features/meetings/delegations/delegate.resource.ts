import { defineResource, type RecordRule } from '../../../resource/spec.js';
import { Delegate } from './delegate.entity.js';

/** Only interpreters have languages, and an interpreter without one is of no use. */
const interpretsSomething: RecordRule = ({ role, interprets }) => {
  const languages = (interprets ?? []) as unknown[];
  if (role === 'interpreter' && languages.length === 0) return { field: 'interprets', code: 'required' };
  return role !== 'interpreter' && languages.length > 0 ? { field: 'interprets', code: 'invalid-value' } : undefined;
};

export const delegateSpec = defineResource({
  name: 'delegate',
  path: 'delegates',
  entity: Delegate,
  inside: { field: 'delegation', same: ['substitute'] },
  main: 'name',
  filters: {
    delegation: { kind: 'reference', field: 'delegation', target: 'delegation' },
    organization: { kind: 'reference', field: 'organization', target: 'organization' },
    role: { kind: 'code', field: 'role', vocabulary: 'delegateRole' },
    invitation: { kind: 'code', field: 'invitation', vocabulary: 'delegateInvitation' },
    attended: { kind: 'code', field: 'attended', vocabulary: 'attendance' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'createdAt',
  searchable: ['name', 'post'],
  rules: [interpretsSomething],
  settled: { invitation: ['invited'], substitute: [], attended: ['unknown'] },
  widestAudience: 'partners',
});
