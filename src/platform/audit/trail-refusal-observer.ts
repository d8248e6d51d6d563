import { Injectable } from '@nestjs/common';
import { type Refusal, RefusalObserver } from '../../infra/http/refusals.js';
import { Trail } from './trail.js';

/** Action of a refused request: a route that asks for no permission has no better name than that. */
const actionOf = (permission: string): string => `${permission.startsWith('public: ') ? 'public' : permission}.refused`;

/** Notes in the trail which writes were refused to whom, with the code of the refusal (hardening A1, A17). */
@Injectable()
export class TrailRefusalObserver extends RefusalObserver {
  constructor(private readonly trail: Trail) {
    super();
  }

  override async refused({ ask, permission, resource, objectId, code }: Refusal): Promise<void> {
    const { actor, origin } = ask;
    const object =
      objectId === undefined ? undefined : { resource: resource ?? permission.split('.')[0]!, id: objectId };
    await this.trail.note({ actor, origin, action: actionOf(permission), reason: code, ...(object && { object }) });
  }
}
