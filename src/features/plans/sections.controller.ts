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
import { sectionSpec } from './section.resource.js';

@Controller('sections')
export class SectionsController {
  private readonly sections: Store;

  constructor(stores: Stores) {
    this.sections = stores.of(sectionSpec);
  }

  @ListRoute(sectionSpec)
  list(@Asked() ask: Ask) {
    return this.sections.list(ask);
  }

  @GetRoute(sectionSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.sections.get(ask, id);
  }

  @HistoryRoute(sectionSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.sections.history(ask, id);
  }

  @CreateRoute(sectionSpec)
  create(@Asked() ask: Ask) {
    return this.sections.create(ask);
  }

  @UpdateRoute(sectionSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.sections.update(ask, id);
  }

  @PublishRoute(sectionSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.sections.publish(ask, id);
  }

  @WithdrawRoute(sectionSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.sections.withdraw(ask, id);
  }
}
