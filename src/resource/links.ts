import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type RelationOptions } from 'typeorm';
import { type Field, fieldsOf, type Shape } from './field.js';
import { entityName } from './fields.js';
import { linkTableOf, type ResourceSpec } from './spec.js';

const classes = new Map<string, Shape>();

/**
 * Link tables of the ordered reference lists: `(record_id, target_id, position)` with foreign keys both ways.
 * TypeORM's own many-to-many has no place for the order, so their entity classes are made here from the
 * field declarations, once a process.
 */
export const linkEntities = (spec: ResourceSpec): Shape[] =>
  fieldsOf(spec.entity)
    .filter((field) => field.kind === 'references')
    .map((field) => {
      const table = linkTableOf(spec, field);
      const known = classes.get(table) ?? linkClass(table, spec.entity.name, field);
      classes.set(table, known);
      return known;
    });

const linkClass = (table: string, record: string, { options }: Field): Shape => {
  class Link {}
  PrimaryColumn('uuid', { name: 'record_id' })(Link.prototype, 'recordId');
  PrimaryColumn('uuid', { name: 'target_id' })(Link.prototype, 'targetId');
  Column('integer')(Link.prototype, 'position');
  foreignKey(Link, 'record', record, { onDelete: 'CASCADE' });
  foreignKey(Link, 'target', entityName(options.target!), { onDelete: 'RESTRICT' });
  Index(`${table}_target`, ['targetId'])(Link);
  if (options.dated) {
    // Written by triggers (see the migrations).
    Column('timestamptz', { name: 'published_at', nullable: true })(Link.prototype, 'publishedAt');
    Index(`${table}_newest`, ['targetId', 'publishedAt', 'recordId'])(Link);
  }
  Entity(table)(Link);
  return Link;
};

const foreignKey = (link: Shape, name: 'record' | 'target', entity: string, options: RelationOptions): void => {
  ManyToOne(entity, { ...options, deferrable: 'INITIALLY IMMEDIATE' })(link.prototype as object, name);
  JoinColumn({ name: `${name}_id` })(link.prototype as object, name);
};
