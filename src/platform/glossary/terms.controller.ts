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
import { termSpec } from './term.resource.js';
import { TermRecords } from './term-records.js';

/** The terms of the glossary, one by one. */
@Controller('terms')
export class TermsController {
  private readonly terms: Store;

  constructor(records: TermRecords) {
    this.terms = records.store;
  }

  @ListRoute(termSpec)
  list(@Asked() ask: Ask) {
    return this.terms.list(ask);
  }

  @GetRoute(termSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.terms.get(ask, id);
  }

  @HistoryRoute(termSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.terms.history(ask, id);
  }

  @CreateRoute(termSpec)
  create(@Asked() ask: Ask) {
    return this.terms.create(ask);
  }

  @UpdateRoute(termSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.terms.update(ask, id);
  }

  @PublishRoute(termSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.terms.publish(ask, id);
  }

  @WithdrawRoute(termSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.terms.withdraw(ask, id);
  }
}
