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
import { clauseSpec } from './clause.resource.js';

@Controller('clauses')
export class ClausesController {
  private readonly clauses: Store;

  constructor(stores: Stores) {
    this.clauses = stores.of(clauseSpec);
  }

  @ListRoute(clauseSpec)
  list(@Asked() ask: Ask) {
    return this.clauses.list(ask);
  }

  @GetRoute(clauseSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.clauses.get(ask, id);
  }

  @HistoryRoute(clauseSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.clauses.history(ask, id);
  }

  @CreateRoute(clauseSpec)
  create(@Asked() ask: Ask) {
    return this.clauses.create(ask);
  }

  @UpdateRoute(clauseSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.clauses.update(ask, id);
  }

  @PublishRoute(clauseSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.clauses.publish(ask, id);
  }

  @WithdrawRoute(clauseSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.clauses.withdraw(ask, id);
  }
}
