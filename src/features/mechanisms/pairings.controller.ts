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
import { pairingSpec } from './pairing.resource.js';

@Controller('pairings')
export class PairingsController {
  private readonly pairings: Store;

  constructor(stores: Stores) {
    this.pairings = stores.of(pairingSpec);
  }

  @ListRoute(pairingSpec)
  list(@Asked() ask: Ask) {
    return this.pairings.list(ask);
  }

  @GetRoute(pairingSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.pairings.get(ask, id);
  }

  @HistoryRoute(pairingSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.pairings.history(ask, id);
  }

  @CreateRoute(pairingSpec)
  create(@Asked() ask: Ask) {
    return this.pairings.create(ask);
  }

  @UpdateRoute(pairingSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.pairings.update(ask, id);
  }

  @PublishRoute(pairingSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.pairings.publish(ask, id);
  }

  @WithdrawRoute(pairingSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.pairings.withdraw(ask, id);
  }
}
