import { Controller } from '@nestjs/common';
import { Asked, Id } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import {
  CreateRoute,
  GetRoute,
  HistoryRoute,
  ListRoute,
  PublishRoute,
  UpdateRoute,
  WithdrawRoute,
} from '../../../resource/routes.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { contactSpec } from './contact.resource.js';

@Controller('contacts')
export class ContactsController {
  private readonly contacts: Store;

  constructor(stores: Stores) {
    this.contacts = stores.of(contactSpec);
  }

  @ListRoute(contactSpec)
  list(@Asked() ask: Ask) {
    return this.contacts.list(ask);
  }

  @GetRoute(contactSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.contacts.get(ask, id);
  }

  @HistoryRoute(contactSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.contacts.history(ask, id);
  }

  @CreateRoute(contactSpec)
  create(@Asked() ask: Ask) {
    return this.contacts.create(ask);
  }

  @UpdateRoute(contactSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.contacts.update(ask, id);
  }

  @PublishRoute(contactSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.contacts.publish(ask, id);
  }

  @WithdrawRoute(contactSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.contacts.withdraw(ask, id);
  }
}
