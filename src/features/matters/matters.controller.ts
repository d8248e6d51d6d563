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
import { Beginning } from './course/beginning.js';
import { matterSpec } from './matter.resource.js';

@Controller('matters')
export class MattersController {
  private readonly matters: Store;

  constructor(
    stores: Stores,
    private readonly beginning: Beginning,
  ) {
    this.matters = stores.of(matterSpec);
  }

  @ListRoute(matterSpec)
  list(@Asked() ask: Ask) {
    return this.matters.list(ask);
  }

  @GetRoute(matterSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.matters.get(ask, id);
  }

  @HistoryRoute(matterSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.matters.history(ask, id);
  }

  @CreateRoute(matterSpec)
  create(@Asked() ask: Ask) {
    return this.matters.create(ask);
  }

  @UpdateRoute(matterSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.beginning.update(ask, id);
  }

  @PublishRoute(matterSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.beginning.publish(ask, id);
  }

  @WithdrawRoute(matterSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.matters.withdraw(ask, id);
  }
}
