import { LIFE_STATUSES } from '../../kernel/mechanism-life.js';
import { localizedOrder } from '../../resource/list-statement.js';
import { ANY_BEGINNING, defineResource, type RecordRule } from '../../resource/spec.js';
import { recordList, relatedList } from '../../resource/view.js';
import { cadenceGuard } from './cadence/guard-facts.js';
import { escalationChain } from './escalation-chain.js';
import { Mechanism } from './mechanism.entity.js';
import { membersBySide } from './members-by-side.js';

/** Most meetings of a deep read; `GET /meetings?mechanism=…` pages through all of them. */
const MOST_MEETINGS = 20;

/** The most recent first; a meeting of which only the year is known stands at the beginning of it. */
const mostRecent = (meeting: string): string => {
  const day = `coalesce(${meeting}.held_on, ${meeting}.starts_at::date, make_date(${meeting}.year, 1, 1))`;
  return `${day} desc nulls last, ${meeting}.number_in_series desc nulls last, ${meeting}.id desc`;
};

/** A cadence by rule says its rule, and only that one has any. */
const cadenceSaysItsRule: RecordRule = ({ cadence }) => {
  const { kind, rule } = (cadence ?? {}) as { kind?: unknown; rule?: unknown };
  const isGiven = rule !== undefined && rule !== null;
  if (kind === 'rule') return isGiven ? undefined : { field: 'cadence/rule', code: 'required' };
  return isGiven ? { field: 'cadence/rule', code: 'invalid-value' } : undefined;
};

export const mechanismSpec = defineResource({
  name: 'mechanism',
  path: 'mechanisms',
  entity: Mechanism,
  main: 'name',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'mechanismKind' },
    level: { kind: 'code', field: 'level', vocabulary: 'level' },
    side: { kind: 'codes', field: 'sides', vocabulary: 'sideOrOther' },
    status: { kind: 'code', field: 'status', vocabulary: 'mechanismStatus' },
    statusFrom: { kind: 'dateFrom', field: 'statusOn' },
    statusTo: { kind: 'dateTo', field: 'statusOn' },
    cadence: {
      kind: 'ownCode',
      vocabulary: 'cadenceKind',
      sql: (alias, kinds) => `${alias}.cadence->>'kind' = any(${kinds})`,
    },
    dimension: { kind: 'codes', field: 'dimensions', vocabulary: 'dimension' },
    duty: { kind: 'codes', field: 'duties', vocabulary: 'duty' },
    party: { kind: 'references', field: 'parties', target: 'organization' },
    legalBasis: { kind: 'reference', field: 'legalBasis', target: 'document' },
    parent: { kind: 'reference', field: 'parent', target: 'mechanism' },
    escalatesTo: { kind: 'reference', field: 'escalatesTo', target: 'mechanism' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    statusOn: { kind: 'date', field: 'statusOn' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  searchable: ['name', 'summary'],
  rules: [cadenceSaysItsRule],
  // A body that the documents know begins where they show it.
  settled: { status: LIFE_STATUSES, statusOn: ANY_BEGINNING, consents: [], statusHistory: [] },
  detail: {
    members: membersBySide,
    /** Mechanisms that are parts of this one. */
    children: {
      schema: { kind: 'relatedList', resource: 'mechanism' },
      sql: (read, mechanism) => {
        const name = localizedOrder('name', read.choice, 'part');
        const ids = `select part.id, row_number() over (order by ${name}, part.id) as position
          from mechanism part where part.parent_id = ${mechanism}.id`;
        return relatedList(read, 'mechanism', ids, 'mechanism_part');
      },
    },
    escalationChain,
    cadenceGuard,
    pairings: {
      schema: { kind: 'records', resource: 'pairing' },
      sql: (read, mechanism) =>
        recordList(
          read,
          'pairing',
          (pairing) => `${pairing}.mechanism_id = ${mechanism}.id`,
          (pairing) => `${pairing}.since, ${pairing}.created_at, ${pairing}.id`,
        ),
    },
    meetings: {
      schema: { kind: 'records', resource: 'meeting' },
      sql: (read, mechanism) =>
        recordList(
          read,
          'meeting',
          (meeting) => `${meeting}.id in (select recent.id from meeting recent
            where recent.mechanism_id = ${mechanism}.id and ${read.scope('recent')}
            order by ${mostRecent('recent')} limit ${MOST_MEETINGS})`,
          mostRecent,
        ),
    },
    /** Plans that the mechanism steers. */
    plans: {
      schema: { kind: 'relatedList', resource: 'plan' },
      sql: (read, mechanism) =>
        relatedList(
          read,
          'plan',
          `select steered.id, row_number() over (order by steered.year_from desc nulls last, steered.id) as position
            from plan steered where steered.steering_mechanism_id = ${mechanism}.id`,
          'mechanism_plan',
        ),
    },
  },
});
