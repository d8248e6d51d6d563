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
import { organizationSpec } from './organization.resource.js';

@Controller('organizations')
export class OrganizationsController {
  private readonly organizations: Store;

  constructor(stores: Stores) {
    this.organizations = stores.of(organizationSpec);
  }

  @ListRoute(organizationSpec)
  list(@Asked() ask: Ask) {
    return this.organizations.list(ask);
  }

  @GetRoute(organizationSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.organizations.get(ask, id);
  }

  @HistoryRoute(organizationSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.organizations.history(ask, id);
  }

  @CreateRoute(organizationSpec)
  create(@Asked() ask: Ask) {
    return this.organizations.create(ask);
  }

  @UpdateRoute(organizationSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.organizations.update(ask, id);
  }

  @PublishRoute(organizationSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.organizations.publish(ask, id);
  }

  @WithdrawRoute(organizationSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.organizations.withdraw(ask, id);
  }
}
