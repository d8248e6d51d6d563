import type { ReadContext } from '../../resource/scope.js';
import { type Computed, defineResource } from '../../resource/spec.js';
import { recordList, relatedList } from '../../resource/view.js';
import { Zone } from './zone.entity.js';

/** Most related records that a deep read names; the lists filtered by the zone hold them all. */
const MOST_RELATED = 100;

/** The newest records of a table that belong to the zone, as far as the asker may see them. */
const newestOf = (read: ReadContext, table: string, belongs: (alias: string) => string): string => {
  const order = `coalesce(n.published_at, '-infinity'::timestamptz) desc, n.id desc`;
  return `select n.id, row_number() over (order by ${order}) as position
    from "${table}" n where ${belongs('n')} and ${read.scope('n')} order by ${order} limit ${MOST_RELATED}`;
};

/** Records of a resource that name the zone in their list `zones`. */
const namingZone = (resource: string): Computed => ({
  schema: { kind: 'relatedList', resource },
  sql: (read, zone) => {
    const link = `${resource}_zones`;
    const named = (alias: string) =>
      `exists (select 1 from "${link}" l where l.record_id = ${alias}.id and l.target_id = ${zone}.id)`;
    return relatedList(read, resource, newestOf(read, resource, named), `zone_${resource}`);
  },
});

export const zoneSpec = defineResource({
  name: 'zone',
  path: 'zones',
  entity: Zone,
  main: 'name',
  filters: {
    kind: { kind: 'code', field: 'kind', vocabulary: 'zoneKind' },
    stage: { kind: 'code', field: 'stage', vocabulary: 'zoneStage' },
    layout: { kind: 'code', field: 'layout', vocabulary: 'zoneLayout' },
    side: { kind: 'code', field: 'side', vocabulary: 'side' },
    region: { kind: 'reference', field: 'region', target: 'region' },
    parent: { kind: 'reference', field: 'parent', target: 'zone' },
    partnerZone: { kind: 'reference', field: 'partnerZone', target: 'zone' },
    partnerOrganization: { kind: 'reference', field: 'partnerOrganization', target: 'organization' },
    partnerRegion: { kind: 'reference', field: 'partnerRegion', target: 'region' },
    industry: { kind: 'references', field: 'industries', target: 'industry' },
    document: { kind: 'references', field: 'documents', target: 'document' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  searchable: ['name', 'summary'],
  searchNames: ['aliases'],
  searchThrough: ['region'],
  detail: {
    /** Functional areas, blocks and other zones within this one. */
    parts: {
      schema: { kind: 'records', resource: 'zone' },
      sql: (read, zone) =>
        recordList(
          read,
          'zone',
          (part) => `${part}.parent_id = ${zone}.id`,
          (part) => `${part}.created_at, ${part}.id`,
        ),
    },
    facilities: {
      schema: { kind: 'records', resource: 'facility' },
      sql: (read, zone) =>
        recordList(
          read,
          'facility',
          (facility) => `${facility}.zone_id = ${zone}.id`,
          (facility) => `${facility}.created_at, ${facility}.id`,
        ),
    },
    leads: {
      schema: { kind: 'relatedList', resource: 'lead' },
      sql: (read, zone) =>
        relatedList(
          read,
          'lead',
          newestOf(read, 'lead', (lead) => `${lead}.zone_id = ${zone}.id`),
          'zone_lead',
        ),
    },
    clusters: namingZone('cluster'),
    policies: namingZone('policy'),
    indicators: namingZone('indicator'),
  },
});
