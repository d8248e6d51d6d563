import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
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
import { taskSpec } from './task.resource.js';

@Controller('tasks')
export class TasksController {
  private readonly tasks: Store;

  constructor(stores: Stores) {
    this.tasks = stores.of(taskSpec);
  }

  @ListRoute(taskSpec)
  list(@Asked() ask: Ask) {
    return this.tasks.list(ask);
  }

  @GetRoute(taskSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.tasks.get(ask, id);
  }

  @Route({
    method: 'get',
    path: ':id/chain',
    permission: 'task.read',
    open: true,
    operation: 'taskChain',
    resource: 'task',
    answer: { schema: 'TaskChain' },
    status: 200,
  })
  chain(@Asked() ask: Ask, @Id() id: string) {
    return this.tasks.getComputed(ask, id, 'chain');
  }

  @HistoryRoute(taskSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.tasks.history(ask, id);
  }

  @CreateRoute(taskSpec)
  create(@Asked() ask: Ask) {
    return this.tasks.create(ask);
  }

  @UpdateRoute(taskSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.tasks.update(ask, id);
  }

  @PublishRoute(taskSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.tasks.publish(ask, id);
  }

  @WithdrawRoute(taskSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.tasks.withdraw(ask, id);
  }
}
