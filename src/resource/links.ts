import { EntitySchema } from 'typeorm';
import { fieldsOf } from './field.js';
import { entityName } from './fields.js';
import { linkTableOf, type ResourceSpec } from './spec.js';

/** One link: `record` and `target` exist for the foreign keys only. */
type LinkRow = { record_id: string; target_id: string; position: number; record: object; target: object };

/**
 * Link tables of the ordered reference lists: `(record_id, target_id, position)` with foreign keys both ways.
 * TypeORM's own many-to-many has no place for the order, so they are described here from the field declarations.
 */
export const linkEntities = (spec: ResourceSpec): EntitySchema[] =>
  fieldsOf(spec.entity)
    .filter((field) => field.kind === 'references')
    .map((field) => {
      const table = linkTableOf(spec, field);
      return new EntitySchema<LinkRow>({
        name: table,
        tableName: table,
        columns: {
          record_id: { type: 'uuid', primary: true },
          target_id: { type: 'uuid', primary: true },
          position: { type: 'integer' },
        },
        indices: [{ name: `${table}_target`, columns: ['target_id'] }],
        relations: {
          record: {
            type: 'many-to-one',
            target: spec.entity.name,
            joinColumn: { name: 'record_id' },
            onDelete: 'CASCADE',
          },
          target: {
            type: 'many-to-one',
            target: entityName(field.options.target!),
            joinColumn: { name: 'target_id' },
            onDelete: 'RESTRICT',
          },
        },
      });
    });
