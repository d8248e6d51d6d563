import { defineResource } from '../../resource/spec.js';
import { Lead } from './lead.entity.js';

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
    side: {
      kind: 'ownCode',
      vocabulary: 'side',
      sql: (alias, sides) =>
        `exists (select 1 from organization promoter where promoter.id = ${alias}.owner_id and promoter.side = any(${sides}))`,
    },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    totalInvestment: { kind: 'amount', field: 'totalInvestment' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: '-publishedAt',
  searchable: ['name', 'summary', 'constructionContent'],
});
