import { Controller } from '@nestjs/common';
import { Asked, Id } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import {
  CreateRoute,
  GetRoute,
  HistoryRoute,
  ListRoute,
  PublishRoute,
  UpdateRoute,
  WithdrawRoute,
} from '../../../resource/routes.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { delegationSpec } from './delegation.resource.js';
import { DelegationRules } from './delegation-rules.js';

@Controller('delegations')
export class DelegationsController {
  private readonly delegations: Store;

  constructor(stores: Stores, rules: DelegationRules) {
    this.delegations = stores.of(delegationSpec, rules);
  }

  @ListRoute(delegationSpec)
  list(@Asked() ask: Ask) {
    return this.delegations.list(ask);
  }

  @GetRoute(delegationSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.delegations.get(ask, id);
  }

  @HistoryRoute(delegationSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.delegations.history(ask, id);
  }

  @CreateRoute(delegationSpec)
  create(@Asked() ask: Ask) {
    return this.delegations.create(ask);
  }

  @UpdateRoute(delegationSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.delegations.update(ask, id);
  }

  @PublishRoute(delegationSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.delegations.publish(ask, id);
  }

  @WithdrawRoute(delegationSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.delegations.withdraw(ask, id);
  }
}
