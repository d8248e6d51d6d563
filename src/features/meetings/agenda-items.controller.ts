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
import { AgendaRules } from './agenda/agenda-rules.js';
import { agendaItemSpec } from './agenda-item.resource.js';

@Controller('agenda-items')
export class AgendaItemsController {
  private readonly agendaItems: Store;

  constructor(stores: Stores, rules: AgendaRules) {
    this.agendaItems = stores.of(agendaItemSpec, rules);
  }

  @ListRoute(agendaItemSpec)
  list(@Asked() ask: Ask) {
    return this.agendaItems.list(ask);
  }

  @GetRoute(agendaItemSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.agendaItems.get(ask, id);
  }

  @HistoryRoute(agendaItemSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.agendaItems.history(ask, id);
  }

  @CreateRoute(agendaItemSpec)
  create(@Asked() ask: Ask) {
    return this.agendaItems.create(ask);
  }

  @UpdateRoute(agendaItemSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.agendaItems.update(ask, id);
  }

  @PublishRoute(agendaItemSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.agendaItems.publish(ask, id);
  }

  @WithdrawRoute(agendaItemSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.agendaItems.withdraw(ask, id);
  }
}
