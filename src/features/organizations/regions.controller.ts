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
import { regionSpec } from './region.resource.js';

@Controller('regions')
export class RegionsController {
  private readonly regions: Store;

  constructor(stores: Stores) {
    this.regions = stores.of(regionSpec);
  }

  @ListRoute(regionSpec)
  list(@Asked() ask: Ask) {
    return this.regions.list(ask);
  }

  @GetRoute(regionSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.regions.get(ask, id);
  }

  @HistoryRoute(regionSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.regions.history(ask, id);
  }

  @CreateRoute(regionSpec)
  create(@Asked() ask: Ask) {
    return this.regions.create(ask);
  }

  @UpdateRoute(regionSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.regions.update(ask, id);
  }

  @PublishRoute(regionSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.regions.publish(ask, id);
  }

  @WithdrawRoute(regionSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.regions.withdraw(ask, id);
  }
}
