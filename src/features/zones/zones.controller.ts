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
import { zoneSpec } from './zone.resource.js';

@Controller('zones')
export class ZonesController {
  private readonly zones: Store;

  constructor(stores: Stores) {
    this.zones = stores.of(zoneSpec);
  }

  @ListRoute(zoneSpec)
  list(@Asked() ask: Ask) {
    return this.zones.list(ask);
  }

  @GetRoute(zoneSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.zones.get(ask, id);
  }

  @HistoryRoute(zoneSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.zones.history(ask, id);
  }

  @CreateRoute(zoneSpec)
  create(@Asked() ask: Ask) {
    return this.zones.create(ask);
  }

  @UpdateRoute(zoneSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.zones.update(ask, id);
  }

  @PublishRoute(zoneSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.zones.publish(ask, id);
  }

  @WithdrawRoute(zoneSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.zones.withdraw(ask, id);
  }
}
