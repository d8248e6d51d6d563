import { Controller } from '@nestjs/common';
import { Asked, Id, Route, type RouteDeclaration } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import type { MeetingAct } from '../../../kernel/meeting-workflow.js';
import { MeetingProposal, MeetingStanding, SideConsent, StepReason } from './meeting-shapes.js';
import { MeetingSteps } from './meeting-steps.js';

/** `POST /meetings/{id}/{act}`, with the permission `meeting.{act}`. */
const StepRoute = (act: MeetingAct, more: Pick<RouteDeclaration, 'body'>): MethodDecorator =>
  Route({
    ...more,
    method: 'post',
    path: `:id/${act}`,
    permission: `meeting.${act}`,
    open: false,
    operation: `meeting-${act}`,
    resource: 'meeting',
    versioned: true,
    answer: { shape: MeetingStanding },
    status: 200,
  });

/** The steps of a meeting from draft to held. */
@Controller('meetings')
export class MeetingStepsController {
  constructor(private readonly steps: MeetingSteps) {}

  @Route({
    method: 'get',
    path: ':id/confirmations',
    permission: 'meeting.read',
    open: true,
    operation: 'meeting-confirmations',
    resource: 'meeting',
    answer: { shape: MeetingStanding },
    status: 200,
  })
  confirmations(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.standing(ask, id);
  }

  @StepRoute('propose', { body: { shape: MeetingProposal } })
  propose(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.propose(ask, id);
  }

  @StepRoute('confirm', { body: { shape: SideConsent } })
  confirm(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.confirm(ask, id);
  }

  @StepRoute('hold', {})
  hold(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.hold(ask, id);
  }

  @StepRoute('postpone', { body: { shape: StepReason } })
  postpone(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.postpone(ask, id);
  }

  @StepRoute('cancel', { body: { shape: StepReason } })
  cancel(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.cancel(ask, id);
  }
}
