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
import { financeProductSpec } from './finance-product.resource.js';

@Controller('finance-products')
export class FinanceProductsController {
  private readonly products: Store;

  constructor(stores: Stores) {
    this.products = stores.of(financeProductSpec);
  }

  @ListRoute(financeProductSpec)
  list(@Asked() ask: Ask) {
    return this.products.list(ask);
  }

  @GetRoute(financeProductSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.products.get(ask, id);
  }

  @HistoryRoute(financeProductSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.products.history(ask, id);
  }

  @CreateRoute(financeProductSpec)
  create(@Asked() ask: Ask) {
    return this.products.create(ask);
  }

  @UpdateRoute(financeProductSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.products.update(ask, id);
  }

  @PublishRoute(financeProductSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.products.publish(ask, id);
  }

  @WithdrawRoute(financeProductSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.products.withdraw(ask, id);
  }
}
