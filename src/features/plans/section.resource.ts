import { defineResource } from '../../resource/spec.js';
import { recordList, relatedList } from '../../resource/view.js';
import { Section } from './section.entity.js';

export const sectionSpec = defineResource({
  name: 'section',
  path: 'sections',
  entity: Section,
  inside: { field: 'plan', same: ['parent'] },
  main: 'title',
  filters: {
    plan: { kind: 'reference', field: 'plan', target: 'plan' },
    parent: { kind: 'reference', field: 'parent', target: 'section' },
    year: { kind: 'integer', field: 'year' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    position: { kind: 'integer', field: 'position' },
    title: { kind: 'localized', field: 'title' },
    year: { kind: 'integer', field: 'year' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'position',
  searchable: ['title', 'summary'],
  detail: {
    sections: {
      schema: { kind: 'relatedList', resource: 'section' },
      sql: (read, section) =>
        relatedList(
          read,
          'section',
          `select below.id, row_number() over (order by below.position, below.id) as position
            from section below where below.parent_id = ${section}.id`,
          'subsection',
        ),
    },
    tasks: {
      schema: { kind: 'records', resource: 'task' },
      sql: (read, section) =>
        recordList(
          read,
          'task',
          (task) => `${task}.section_id = ${section}.id`,
          (task) => `${task}.position, ${task}.id`,
        ),
    },
  },
});
