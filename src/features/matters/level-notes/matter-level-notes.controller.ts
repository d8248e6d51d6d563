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
import { matterLevelNoteSpec } from './matter-level-note.resource.js';

@Controller('matter-level-notes')
export class MatterLevelNotesController {
  private readonly notes: Store;

  constructor(stores: Stores) {
    this.notes = stores.of(matterLevelNoteSpec);
  }

  @ListRoute(matterLevelNoteSpec)
  list(@Asked() ask: Ask) {
    return this.notes.list(ask);
  }

  @GetRoute(matterLevelNoteSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.notes.get(ask, id);
  }

  @HistoryRoute(matterLevelNoteSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.notes.history(ask, id);
  }

  @CreateRoute(matterLevelNoteSpec)
  create(@Asked() ask: Ask) {
    return this.notes.create(ask);
  }

  @UpdateRoute(matterLevelNoteSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.notes.update(ask, id);
  }

  @PublishRoute(matterLevelNoteSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.notes.publish(ask, id);
  }

  @WithdrawRoute(matterLevelNoteSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.notes.withdraw(ask, id);
  }
}
