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
import { membershipSpec } from './membership.resource.js';
import { SeatRules } from './seat-rules.js';

@Controller('memberships')
export class MembershipsController {
  private readonly memberships: Store;

  constructor(stores: Stores, rules: SeatRules) {
    this.memberships = stores.of(membershipSpec, rules);
  }

  @ListRoute(membershipSpec)
  list(@Asked() ask: Ask) {
    return this.memberships.list(ask);
  }

  @GetRoute(membershipSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.memberships.get(ask, id);
  }

  @HistoryRoute(membershipSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.memberships.history(ask, id);
  }

  @CreateRoute(membershipSpec)
  create(@Asked() ask: Ask) {
    return this.memberships.create(ask);
  }

  @UpdateRoute(membershipSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.memberships.update(ask, id);
  }

  @PublishRoute(membershipSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.memberships.publish(ask, id);
  }

  @WithdrawRoute(membershipSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.memberships.withdraw(ask, id);
  }
}
