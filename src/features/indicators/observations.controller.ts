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
import { observationSpec } from './observation.resource.js';

@Controller('observations')
export class ObservationsController {
  private readonly observations: Store;

  constructor(stores: Stores) {
    this.observations = stores.of(observationSpec);
  }

  @ListRoute(observationSpec)
  list(@Asked() ask: Ask) {
    return this.observations.list(ask);
  }

  @GetRoute(observationSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.observations.get(ask, id);
  }

  @HistoryRoute(observationSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.observations.history(ask, id);
  }

  @CreateRoute(observationSpec)
  create(@Asked() ask: Ask) {
    return this.observations.create(ask);
  }

  @UpdateRoute(observationSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.observations.update(ask, id);
  }

  @PublishRoute(observationSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.observations.publish(ask, id);
  }

  @WithdrawRoute(observationSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.observations.withdraw(ask, id);
  }
}
