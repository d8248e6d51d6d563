import { defineResource, type RecordRule } from '../../resource/spec.js';
import { recordList } from '../../resource/view.js';
import { chain } from './course/chain.js';
import { ChainStep } from './course/matter-step.entity.js';
import { Matter } from './matter.entity.js';

type Named = { id: string } | undefined;

/** A supervision order says to whom, about which task and by when; otherwise nobody can be held to it. */
const orderIsComplete: RecordRule = ({ kind, addressedTo, tasks, dueOn }) => {
  if (kind !== 'supervision-order') return undefined;
  if (!(addressedTo as Named)) return { field: 'addressedTo', code: 'required' };
  if (!Array.isArray(tasks) || tasks.length === 0) return { field: 'tasks', code: 'required' };
  return dueOn ? undefined : { field: 'dueOn', code: 'required' };
};

/** Suggestions are told apart by who made them: departments, enterprises, experts. */
const suggestionHasSource: RecordRule = ({ kind, suggestionSource }) =>
  kind === 'suggestion' && !suggestionSource ? { field: 'suggestionSource', code: 'required' } : undefined;

export const matterSpec = defineResource({
  name: 'matter',
  path: 'matters',
  entity: Matter,
  main: 'title',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'matterKind' },
    status: { kind: 'code', field: 'status', vocabulary: 'matterStatus' },
    level: { kind: 'code', field: 'level', vocabulary: 'level' },
    standsAt: { kind: 'code', field: 'standsAt', vocabulary: 'escalationLevel' },
    suggestionSource: { kind: 'code', field: 'suggestionSource', vocabulary: 'suggestionSource' },
    triage: { kind: 'code', field: 'triage', vocabulary: 'triage' },
    proposalStage: { kind: 'code', field: 'proposalStage', vocabulary: 'proposalStage' },
    /** Of an obstacle that nobody has reported on the removal is open. */
    removal: {
      kind: 'ownCode',
      vocabulary: 'removal',
      sql: (alias, codes) => `(${alias}.kind = 'obstacle' and coalesce(${alias}.removal, 'open') = any(${codes}))`,
    },
    year: { kind: 'integer', field: 'year' },
    dueFrom: { kind: 'dateFrom', field: 'dueOn' },
    dueTo: { kind: 'dateTo', field: 'dueOn' },
    raisedBy: { kind: 'reference', field: 'raisedBy', target: 'organization' },
    addressedTo: { kind: 'reference', field: 'addressedTo', target: 'organization' },
    addressedToMechanism: { kind: 'reference', field: 'addressedToMechanism', target: 'mechanism' },
    task: { kind: 'references', field: 'tasks', target: 'task' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    facility: { kind: 'references', field: 'facilities', target: 'facility' },
    industry: { kind: 'references', field: 'industries', target: 'industry' },
    mechanism: { kind: 'references', field: 'mechanisms', target: 'mechanism' },
    document: { kind: 'references', field: 'documents', target: 'document' },
    policy: { kind: 'references', field: 'policies', target: 'policy' },
    meeting: { kind: 'references', field: 'meetings', target: 'meeting' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    title: { kind: 'localized', field: 'title' },
    year: { kind: 'integer', field: 'year' },
    dueOn: { kind: 'date', field: 'dueOn' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-publishedAt',
  searchable: ['title', 'summary'],
  rules: [orderIsComplete, suggestionHasSource],
  tables: [ChainStep],
  detail: {
    course: chain,
    /** The matter as each level sees it. */
    levelNotes: {
      schema: { kind: 'records', resource: 'matter-level-note' },
      sql: (read, matter) =>
        recordList(
          read,
          'matter-level-note',
          (note) => `${note}.matter_id = ${matter}.id`,
          (note) => `${note}.created_at, ${note}.id`,
        ),
    },
  },
});
