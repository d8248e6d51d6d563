import type { EntitySchema } from 'typeorm';
import { linkEntities } from './links.js';
import { resources } from './spec.js';

/** Entity classes and link tables of every resource that was defined. */
// biome-ignore lint/complexity/noBannedTypes: TypeORM's own type for entity classes
export const entities = (): (Function | EntitySchema)[] =>
  resources().flatMap((spec) => [spec.entity, ...linkEntities(spec)]);
