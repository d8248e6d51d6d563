import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { MechanismDecision, NewDecisionTask } from './decision-answers.js';
import { DecisionTasks } from './decision-tasks.js';
import { MechanismDecisions } from './mechanism-decisions.js';

/** What becomes of decisions: their tasks, and how each mechanism keeps its word. */
@Controller()
export class DecisionWorkController {
  constructor(
    private readonly tasks: DecisionTasks,
    private readonly decisions: MechanismDecisions,
  ) {}

  @Route({
    method: 'post',
    path: 'decisions/:id/task',
    permission: 'task.create',
    open: false,
    operation: 'decision-task',
    resource: 'task',
    body: { shape: NewDecisionTask },
    answer: 'created',
    status: 201,
  })
  makeTask(@Asked() ask: Ask, @Id() id: string) {
    return this.tasks.create(ask, id);
  }

  @Route({
    method: 'get',
    path: 'mechanisms/:id/decisions',
    permission: 'decision.read',
    open: true,
    operation: 'mechanism-decisions',
    parameters: ['state', 'on', 'limit', 'cursor'],
    codes: { state: 'decisionStatus' },
    resource: 'decision',
    answer: { listOf: MechanismDecision },
    status: 200,
  })
  ofMechanism(@Asked() ask: Ask, @Id() id: string) {
    return this.decisions.list(ask, id);
  }
}
