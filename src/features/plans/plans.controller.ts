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
import { planSpec } from './plan.resource.js';

@Controller('plans')
export class PlansController {
  private readonly plans: Store;

  constructor(stores: Stores) {
    this.plans = stores.of(planSpec);
  }

  @ListRoute(planSpec)
  list(@Asked() ask: Ask) {
    return this.plans.list(ask);
  }

  @GetRoute(planSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.plans.get(ask, id);
  }

  @HistoryRoute(planSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.plans.history(ask, id);
  }

  @CreateRoute(planSpec)
  create(@Asked() ask: Ask) {
    return this.plans.create(ask);
  }

  @UpdateRoute(planSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.plans.update(ask, id);
  }

  @PublishRoute(planSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.plans.publish(ask, id);
  }

  @WithdrawRoute(planSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.plans.withdraw(ask, id);
  }
}
