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
import { indicatorSpec } from './indicator.resource.js';

@Controller('indicators')
export class IndicatorsController {
  private readonly indicators: Store;

  constructor(stores: Stores) {
    this.indicators = stores.of(indicatorSpec);
  }

  @ListRoute(indicatorSpec)
  list(@Asked() ask: Ask) {
    return this.indicators.list(ask);
  }

  @GetRoute(indicatorSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.indicators.get(ask, id);
  }

  @HistoryRoute(indicatorSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.indicators.history(ask, id);
  }

  @CreateRoute(indicatorSpec)
  create(@Asked() ask: Ask) {
    return this.indicators.create(ask);
  }

  @UpdateRoute(indicatorSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.indicators.update(ask, id);
  }

  @PublishRoute(indicatorSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.indicators.publish(ask, id);
  }

  @WithdrawRoute(indicatorSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.indicators.withdraw(ask, id);
  }
}
