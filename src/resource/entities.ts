import type { Shape } from './field.js';
import { linkEntities } from './links.js';
import { resources } from './spec.js';

/** Entity classes, link tables and further tables of every resource that was defined. */
export const entities = (): Shape[] =>
  resources().flatMap((spec) => [spec.entity, ...linkEntities(spec), ...(spec.tables ?? [])]);
