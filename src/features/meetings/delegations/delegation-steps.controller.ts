import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { DelegationReader } from './delegation-reader.js';
import { Attendance, InvitationAnswer, MeetingDelegations } from './delegation-shapes.js';
import { DelegationSteps } from './delegation-steps.js';

/** Who comes to a meeting: registration, invitations, attendance. */
@Controller()
export class DelegationStepsController {
  constructor(
    private readonly reader: DelegationReader,
    private readonly steps: DelegationSteps,
  ) {}

  @Route({
    method: 'get',
    path: 'meetings/:id/delegations',
    permission: 'meeting.read',
    open: true,
    operation: 'meeting-delegations',
    resource: 'meeting',
    answer: { shape: MeetingDelegations },
    status: 200,
  })
  ofMeeting(@Asked() ask: Ask, @Id() id: string) {
    return this.reader.ofMeeting(ask, id);
  }

  @Route({
    method: 'post',
    path: 'delegations/:id/register',
    permission: 'delegation.register',
    open: false,
    operation: 'delegation-register',
    resource: 'delegation',
    versioned: true,
    answer: 'record',
    status: 200,
  })
  register(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.register(ask, id);
  }

  @Route({
    method: 'post',
    path: 'delegates/:id/answer',
    permission: 'delegate.answer',
    open: false,
    operation: 'delegate-answer',
    resource: 'delegate',
    versioned: true,
    body: { shape: InvitationAnswer },
    answer: 'record',
    status: 200,
  })
  answer(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.answer(ask, id);
  }

  @Route({
    method: 'post',
    path: 'delegates/:id/attendance',
    permission: 'delegate.attend',
    open: false,
    operation: 'delegate-attendance',
    resource: 'delegate',
    versioned: true,
    body: { shape: Attendance },
    answer: 'record',
    status: 200,
  })
  attend(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.attend(ask, id);
  }
}
