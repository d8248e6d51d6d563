import { defineResource } from '../../resource/spec.js';
import { Cluster } from './cluster.entity.js';

const lists = (link: string, alias: string, industries: string) =>
  `exists (select 1 from "${link}" l where l.record_id = ${alias}.id and l.target_id = any(${industries}))`;

export const clusterSpec = defineResource({
  name: 'cluster',
  path: 'clusters',
  entity: Cluster,
  main: 'name',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'clusterKind' },
    partner: { kind: 'reference', field: 'partner', target: 'organization' },
    document: { kind: 'reference', field: 'document', target: 'document' },
    /** In either part of the list. */
    industry: {
      kind: 'ownReference',
      target: 'industry',
      sql: (alias, industries) =>
        `(${lists('cluster_fixed_industries', alias, industries)} or ${lists('cluster_open_industries', alias, industries)})`,
    },
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
});
