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
import { clusterSpec } from './cluster.resource.js';

@Controller('clusters')
export class ClustersController {
  private readonly clusters: Store;

  constructor(stores: Stores) {
    this.clusters = stores.of(clusterSpec);
  }

  @ListRoute(clusterSpec)
  list(@Asked() ask: Ask) {
    return this.clusters.list(ask);
  }

  @GetRoute(clusterSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.clusters.get(ask, id);
  }

  @HistoryRoute(clusterSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.clusters.history(ask, id);
  }

  @CreateRoute(clusterSpec)
  create(@Asked() ask: Ask) {
    return this.clusters.create(ask);
  }

  @UpdateRoute(clusterSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.clusters.update(ask, id);
  }

  @PublishRoute(clusterSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.clusters.publish(ask, id);
  }

  @WithdrawRoute(clusterSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.clusters.withdraw(ask, id);
  }
}
