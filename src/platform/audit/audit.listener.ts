import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Verb } from '../../kernel/access.js';
import type { Change, ChangeListener } from '../../resource/changes.js';
import { Trail } from './trail.js';

/** The verb of an entry's action by the kind of change. */
const VERB_OF = {
  created: 'create',
  updated: 'update',
  published: 'publish',
  withdrawn: 'withdraw',
} as const satisfies Record<Change['kind'], Verb>;

/** Action of an entry: `lead.create`, `lead.update`, `lead.publish`, `lead.withdraw`. */
export const actionOf = (resource: string, kind: Change['kind']): string => `${resource}.${VERB_OF[kind]}`;

/** The kind of change that an action of a resource is, if it is one. */
export const kindOf = (resource: string, action: string): Change['kind'] | undefined =>
  (Object.keys(VERB_OF) as Change['kind'][]).find((kind) => actionOf(resource, kind) === action);

/**
 * Records every change of every resource in the trail. What came about by a step of a workflow has an entry of the step
 * before that of the change: `matter.escalate`, then `matter.update`.
 */
@Injectable()
export class AuditListener implements ChangeListener {
  constructor(private readonly trail: Trail) {}

  async onChange(change: Change, manager: EntityManager): Promise<void> {
    const { kind, spec, id, version, step, ...event } = change;
    const object = { resource: spec.name, id, version };
    if (step) {
      const { actor, origin } = event;
      const { name, reason } = step;
      await this.trail.record(manager, { actor, origin, action: `${spec.name}.${name}`, object, reason });
    }
    await this.trail.record(manager, { ...event, action: actionOf(spec.name, kind), object });
  }
}
