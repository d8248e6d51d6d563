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
import { decisionSpec } from './decision.resource.js';

@Controller('decisions')
export class DecisionsController {
  private readonly decisions: Store;

  constructor(stores: Stores) {
    this.decisions = stores.of(decisionSpec);
  }

  @ListRoute(decisionSpec)
  list(@Asked() ask: Ask) {
    return this.decisions.list(ask);
  }

  @GetRoute(decisionSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.decisions.get(ask, id);
  }

  @HistoryRoute(decisionSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.decisions.history(ask, id);
  }

  @CreateRoute(decisionSpec)
  create(@Asked() ask: Ask) {
    return this.decisions.create(ask);
  }

  @UpdateRoute(decisionSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.decisions.update(ask, id);
  }

  @PublishRoute(decisionSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.decisions.publish(ask, id);
  }

  @WithdrawRoute(decisionSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.decisions.withdraw(ask, id);
  }
}
