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
import { MechanismRules } from './life/mechanism-rules.js';
import { mechanismSpec } from './mechanism.resource.js';

@Controller('mechanisms')
export class MechanismsController {
  private readonly mechanisms: Store;

  constructor(stores: Stores, rules: MechanismRules) {
    this.mechanisms = stores.of(mechanismSpec, rules);
  }

  @ListRoute(mechanismSpec)
  list(@Asked() ask: Ask) {
    return this.mechanisms.list(ask);
  }

  @GetRoute(mechanismSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.mechanisms.get(ask, id);
  }

  @HistoryRoute(mechanismSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.mechanisms.history(ask, id);
  }

  @CreateRoute(mechanismSpec)
  create(@Asked() ask: Ask) {
    return this.mechanisms.create(ask);
  }

  @UpdateRoute(mechanismSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.mechanisms.update(ask, id);
  }

  @PublishRoute(mechanismSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.mechanisms.publish(ask, id);
  }

  @WithdrawRoute(mechanismSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.mechanisms.withdraw(ask, id);
  }
}
