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
import { documentSpec } from './document.resource.js';

@Controller('documents')
export class DocumentsController {
  private readonly documents: Store;

  constructor(stores: Stores) {
    this.documents = stores.of(documentSpec);
  }

  @ListRoute(documentSpec)
  list(@Asked() ask: Ask) {
    return this.documents.list(ask);
  }

  @GetRoute(documentSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.documents.get(ask, id);
  }

  @HistoryRoute(documentSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.documents.history(ask, id);
  }

  @CreateRoute(documentSpec)
  create(@Asked() ask: Ask) {
    return this.documents.create(ask);
  }

  @UpdateRoute(documentSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.documents.update(ask, id);
  }

  @PublishRoute(documentSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.documents.publish(ask, id);
  }

  @WithdrawRoute(documentSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.documents.withdraw(ask, id);
  }
}
