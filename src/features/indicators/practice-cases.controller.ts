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
import { practiceCaseSpec } from './practice-case.resource.js';

@Controller('cases')
export class PracticeCasesController {
  private readonly cases: Store;

  constructor(stores: Stores) {
    this.cases = stores.of(practiceCaseSpec);
  }

  @ListRoute(practiceCaseSpec)
  list(@Asked() ask: Ask) {
    return this.cases.list(ask);
  }

  @GetRoute(practiceCaseSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.cases.get(ask, id);
  }

  @HistoryRoute(practiceCaseSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.cases.history(ask, id);
  }

  @CreateRoute(practiceCaseSpec)
  create(@Asked() ask: Ask) {
    return this.cases.create(ask);
  }

  @UpdateRoute(practiceCaseSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.cases.update(ask, id);
  }

  @PublishRoute(practiceCaseSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.cases.publish(ask, id);
  }

  @WithdrawRoute(practiceCaseSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.cases.withdraw(ask, id);
  }
}
