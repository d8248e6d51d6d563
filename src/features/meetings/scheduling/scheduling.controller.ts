import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { Scheduling } from './scheduling.js';
import { MeetingConflicts, SlotProposal, SlotRequest } from './scheduling-answers.js';

/** Common times of both banks, and what speaks against the time of a meeting. */
@Controller()
export class SchedulingController {
  constructor(private readonly scheduling: Scheduling) {}

  @Route({
    method: 'post',
    path: 'mechanisms/:id/slots',
    permission: 'meeting.create',
    open: false,
    operation: 'mechanism-slots',
    body: { shape: SlotRequest },
    answer: { shape: SlotProposal },
    problems: ['scheduling.calendar-unknown', 'scheduling.time-zone-unknown', 'resource.withdrawn'],
    status: 200,
  })
  slots(@Asked() ask: Ask, @Id() id: string) {
    return this.scheduling.slots(ask, id);
  }

  @Route({
    method: 'get',
    path: 'meetings/:id/conflicts',
    permission: 'meeting.read',
    open: true,
    operation: 'meeting-conflicts',
    resource: 'meeting',
    answer: { shape: MeetingConflicts },
    status: 200,
  })
  conflicts(@Asked() ask: Ask, @Id() id: string) {
    return this.scheduling.conflicts(ask, id);
  }
}
