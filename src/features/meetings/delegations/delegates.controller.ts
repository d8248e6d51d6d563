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
import { delegateSpec } from './delegate.resource.js';
import { DelegateRules } from './delegation-rules.js';

@Controller('delegates')
export class DelegatesController {
  private readonly delegates: Store;

  constructor(stores: Stores, rules: DelegateRules) {
    this.delegates = stores.of(delegateSpec, rules);
  }

  @ListRoute(delegateSpec)
  list(@Asked() ask: Ask) {
    return this.delegates.list(ask);
  }

  @GetRoute(delegateSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.delegates.get(ask, id);
  }

  @HistoryRoute(delegateSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.delegates.history(ask, id);
  }

  @CreateRoute(delegateSpec)
  create(@Asked() ask: Ask) {
    return this.delegates.create(ask);
  }

  @UpdateRoute(delegateSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.delegates.update(ask, id);
  }

  @PublishRoute(delegateSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.delegates.publish(ask, id);
  }

  @WithdrawRoute(delegateSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.delegates.withdraw(ask, id);
  }
}
