import { Controller } from '@nestjs/common';
import { Asked, Id } from '../../infra/http/route.js';
import type { Ask } from '../../kernel/exchange.js';
import {
  CreateRoute,
  GetRoute,
  HistoryRoute,
  ListRoute,
  PublishRoute,
  UpdateRoute,
  WithdrawRoute,
} from '../../resource/routes.js';
import type { Store } from '../../resource/store.js';
import { Stores } from '../../resource/stores.js';
import { policySpec } from './policy.resource.js';

@Controller('policies')
export class PoliciesController {
  private readonly policies: Store;

  constructor(stores: Stores) {
    this.policies = stores.of(policySpec);
  }

  @ListRoute(policySpec)
  list(@Asked() ask: Ask) {
    return this.policies.list(ask);
  }

  @GetRoute(policySpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.policies.get(ask, id);
  }

  @HistoryRoute(policySpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.policies.history(ask, id);
  }

  @CreateRoute(policySpec)
  create(@Asked() ask: Ask) {
    return this.policies.create(ask);
  }

  @UpdateRoute(policySpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.policies.update(ask, id);
  }

  @PublishRoute(policySpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.policies.publish(ask, id);
  }

  @WithdrawRoute(policySpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.policies.withdraw(ask, id);
  }
}
