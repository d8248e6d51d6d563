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
import { industrySpec } from './industry.resource.js';

@Controller('industries')
export class IndustriesController {
  private readonly industries: Store;

  constructor(stores: Stores) {
    this.industries = stores.of(industrySpec);
  }

  @ListRoute(industrySpec)
  list(@Asked() ask: Ask) {
    return this.industries.list(ask);
  }

  @GetRoute(industrySpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.industries.get(ask, id);
  }

  @HistoryRoute(industrySpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.industries.history(ask, id);
  }

  @CreateRoute(industrySpec)
  create(@Asked() ask: Ask) {
    return this.industries.create(ask);
  }

  @UpdateRoute(industrySpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.industries.update(ask, id);
  }

  @PublishRoute(industrySpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.industries.publish(ask, id);
  }

  @WithdrawRoute(industrySpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.industries.withdraw(ask, id);
  }
}
