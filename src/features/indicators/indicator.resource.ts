import { defineResource } from '../../resource/spec.js';
import { recordList } from '../../resource/view.js';
import { Indicator } from './indicator.entity.js';

/** Most observations of a deep read; `GET /observations?indicator=…` pages through all of them. */
const MOST_OBSERVATIONS = 100;

const newestFirst = (alias: string): string =>
  `coalesce(${alias}.as_of_on, '-infinity'::date) desc, coalesce(${alias}.reported_on, '-infinity'::date) desc, ${alias}.id desc`;

export const indicatorSpec = defineResource({
  name: 'indicator',
  path: 'indicators',
  entity: Indicator,
  main: 'name',
  filters: {
    scope: { kind: 'code', field: 'scope', vocabulary: 'indicatorScope' },
    period: { kind: 'code', field: 'period', vocabulary: 'indicatorPeriod' },
    unit: { kind: 'code', field: 'unit', vocabulary: 'unit' },
    plan: { kind: 'reference', field: 'plan', target: 'plan' },
    zone: { kind: 'references', field: 'zones', target: 'zone' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  searchable: ['name', 'summary'],
  detail: {
    /** Values of the indicator, the newest first. */
    observations: {
      schema: { kind: 'records', resource: 'observation' },
      sql: (read, indicator) =>
        recordList(
          read,
          'observation',
          (observation) => `${observation}.id in (select newest.id from observation newest
            where newest.indicator_id = ${indicator}.id and ${read.scope('newest')}
            order by ${newestFirst('newest')} limit ${MOST_OBSERVATIONS})`,
          newestFirst,
        ),
    },
  },
});
