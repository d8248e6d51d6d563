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
import { newMinutesItem } from './drafting.js';
import { minutesItemSpec } from './minutes-item.resource.js';

@Controller('minutes-items')
export class MinutesItemsController {
  private readonly items: Store;

  constructor(stores: Stores) {
    this.items = stores.of(minutesItemSpec);
  }

  @ListRoute(minutesItemSpec)
  list(@Asked() ask: Ask) {
    return this.items.list(ask);
  }

  @GetRoute(minutesItemSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.items.get(ask, id);
  }

  @HistoryRoute(minutesItemSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.items.history(ask, id);
  }

  @CreateRoute(minutesItemSpec)
  create(@Asked() ask: Ask) {
    return this.items.create(newMinutesItem(ask));
  }

  @UpdateRoute(minutesItemSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.items.update(ask, id);
  }

  @PublishRoute(minutesItemSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.items.publish(ask, id);
  }

  @WithdrawRoute(minutesItemSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.items.withdraw(ask, id);
  }
}
