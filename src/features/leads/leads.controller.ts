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
import { leadSpec } from './lead.resource.js';

@Controller('leads')
export class LeadsController {
  private readonly leads: Store;

  constructor(stores: Stores) {
    this.leads = stores.of(leadSpec);
  }

  @ListRoute(leadSpec)
  list(@Asked() ask: Ask) {
    return this.leads.list(ask);
  }

  @GetRoute(leadSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.leads.get(ask, id);
  }

  @HistoryRoute(leadSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.leads.history(ask, id);
  }

  @CreateRoute(leadSpec)
  create(@Asked() ask: Ask) {
    return this.leads.create(ask);
  }

  @UpdateRoute(leadSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.leads.update(ask, id);
  }

  @PublishRoute(leadSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.leads.publish(ask, id);
  }

  @WithdrawRoute(leadSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.leads.withdraw(ask, id);
  }
}
