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
import { facilitySpec } from './facility.resource.js';

@Controller('facilities')
export class FacilitiesController {
  private readonly facilities: Store;

  constructor(stores: Stores) {
    this.facilities = stores.of(facilitySpec);
  }

  @ListRoute(facilitySpec)
  list(@Asked() ask: Ask) {
    return this.facilities.list(ask);
  }

  @GetRoute(facilitySpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.facilities.get(ask, id);
  }

  @HistoryRoute(facilitySpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.facilities.history(ask, id);
  }

  @CreateRoute(facilitySpec)
  create(@Asked() ask: Ask) {
    return this.facilities.create(ask);
  }

  @UpdateRoute(facilitySpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.facilities.update(ask, id);
  }

  @PublishRoute(facilitySpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.facilities.publish(ask, id);
  }

  @WithdrawRoute(facilitySpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.facilities.withdraw(ask, id);
  }
}
