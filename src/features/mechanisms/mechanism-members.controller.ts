import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';
import type { Store } from '../../resource/store.js';
import { Stores } from '../../resource/stores.js';
import { mechanismSpec } from './mechanism.resource.js';
import { membershipSpec } from './membership.resource.js';

/** The seats of one mechanism; with `on` those that were held on a day. */
@Controller('mechanisms')
export class MechanismMembersController {
  private readonly mechanisms: Store;
  private readonly memberships: Store;

  constructor(stores: Stores) {
    this.mechanisms = stores.of(mechanismSpec);
    this.memberships = stores.of(membershipSpec);
  }

  @Route({
    method: 'get',
    path: ':id/members',
    permission: 'membership.read',
    open: true,
    operation: 'mechanism-members',
    list: true,
    resource: 'membership',
    answer: 'list',
    status: 200,
  })
  async list(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    mustLeaveMechanism(ask);
    await this.mechanisms.mustSee(ask, id);
    return this.memberships.list(ask, { mechanism: id });
  }
}

/** @throws `request.invalid-parameter` for a filter whose value the path already says */
const mustLeaveMechanism = ({ parameters }: Ask): void => {
  if (!parameters.has('mechanism')) return;
  throw problem('request.invalid-parameter', { errors: [{ parameter: 'mechanism', code: 'not-a-filter' }] });
};
