import { defineResource } from '../../resource/spec.js';
import { relatedList } from '../../resource/view.js';
import { Lead } from './lead.entity.js';

/**
 * Days from the signing to the first production after it. Only what the stage log reports with a day counts:
 * a year alone or a plan is no date. Null until both are known.
 */
const leadTime = (alias: string): string => `(select json_build_object(
    'signedOn', signed.day, 'producingOn', producing.day, 'days', producing.day - signed.day)
  from (select min((e.value->>'on')::date) as day from jsonb_array_elements(${alias}.stage_log) e
      where ${reported('e.value', 'signed')}) signed,
    lateral (select min((e.value->>'on')::date) as day from jsonb_array_elements(${alias}.stage_log) e
      where ${reported('e.value', 'producing')} and (e.value->>'on')::date >= signed.day) producing
  where producing.day is not null)`;

const reported = (entry: string, stage: string): string =>
  `${entry}->>'stage' = '${stage}' and coalesce((${entry}->>'planned')::boolean, false) is false`;

export const leadSpec = defineResource({
  name: 'lead',
  path: 'leads',
  entity: Lead,
  main: 'name',
  filters: {
    stage: { kind: 'code', field: 'stage', vocabulary: 'leadStage' },
    kind: { kind: 'code', field: 'kind', vocabulary: 'leadKind' },
    zone: { kind: 'reference', field: 'zone', target: 'zone' },
    region: { kind: 'reference', field: 'region', target: 'region' },
    industry: { kind: 'references', field: 'industries', target: 'industry' },
    investmentMin: { kind: 'amountFrom', field: 'totalInvestment' },
    investmentMax: { kind: 'amountTo', field: 'totalInvestment' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
    /** The owner's side, which a trigger keeps beside the lead. */
    side: { kind: 'code', field: 'ownerSide', vocabulary: 'side' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    totalInvestment: { kind: 'amount', field: 'totalInvestment' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-publishedAt',
  searchable: ['name', 'summary', 'constructionContent'],
  searchThrough: ['region', 'zone'],
  orderIndexed: true,
  detail: {
    /** Tasks of plans that concern the project. */
    tasks: {
      schema: { kind: 'relatedList', resource: 'task' },
      sql: (read, lead) =>
        relatedList(
          read,
          'task',
          `select l.record_id as id, row_number() over (order by l.record_id) as position
            from task_leads l where l.target_id = ${lead}.id`,
          'lead_task',
        ),
    },
    leadTime: {
      schema: {
        kind: 'object',
        members: { signedOn: { kind: 'date' }, producingOn: { kind: 'date' }, days: { kind: 'integer' } },
      },
      sql: (_, lead) => leadTime(lead),
    },
  },
});
