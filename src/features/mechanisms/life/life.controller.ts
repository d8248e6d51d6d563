import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import type { LifeAct } from '../../../kernel/mechanism-life.js';
import { LifeDeclaration, MechanismLife } from './life-shapes.js';
import { LifeSteps } from './life-steps.js';

/** `POST /mechanisms/{id}/{act}`: one side takes the step, or consents to it. */
const StepRoute = (act: LifeAct): MethodDecorator =>
  Route({
    method: 'post',
    path: `:id/${act}`,
    permission: 'mechanism.advance',
    open: false,
    operation: `mechanism-${act}`,
    resource: 'mechanism',
    versioned: true,
    body: { shape: LifeDeclaration },
    answer: { shape: MechanismLife },
    status: 200,
  });

/** The life of mechanisms, from being sought to their end. */
@Controller('mechanisms')
export class LifeController {
  constructor(private readonly steps: LifeSteps) {}

  @Route({
    method: 'get',
    path: ':id/life',
    permission: 'mechanism.read',
    open: true,
    operation: 'mechanism-life',
    resource: 'mechanism',
    answer: { shape: MechanismLife },
    status: 200,
  })
  life(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.life(ask, id);
  }

  @StepRoute('agree')
  agree(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.take(ask, id, 'agree');
  }

  @StepRoute('found')
  found(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.take(ask, id, 'found');
  }

  @StepRoute('rest')
  rest(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.take(ask, id, 'rest');
  }

  @StepRoute('resume')
  resume(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.take(ask, id, 'resume');
  }

  @StepRoute('end')
  end(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.take(ask, id, 'end');
  }
}
