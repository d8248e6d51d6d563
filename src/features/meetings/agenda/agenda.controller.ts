import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { AgendaArrangements } from './agenda-arrangement.js';
import { AgendaProposals } from './agenda-proposals.js';
import { AgendaReader } from './agenda-reader.js';
import { Agenda, AgendaAnswerGiven, AgendaArrangement, AgendaConsent, AgendaProposal } from './agenda-shapes.js';
import { AgendaSteps } from './agenda-steps.js';

/** The agenda of a meeting: what the sides put on it, answer, arrange and confirm. */
@Controller()
export class AgendaController {
  constructor(
    private readonly reader: AgendaReader,
    private readonly proposals: AgendaProposals,
    private readonly steps: AgendaSteps,
    private readonly arrangements: AgendaArrangements,
  ) {}

  @Route({
    method: 'get',
    path: 'meetings/:id/agenda',
    permission: 'meeting.read',
    open: true,
    operation: 'meeting-agenda',
    resource: 'meeting',
    answer: { shape: Agenda },
    status: 200,
  })
  agenda(@Asked() ask: Ask, @Id() id: string) {
    return this.reader.agenda(ask, id);
  }

  @Route({
    method: 'post',
    path: 'meetings/:id/agenda-proposals',
    permission: 'agenda-item.create',
    open: false,
    operation: 'agenda-propose',
    resource: 'agenda-item',
    body: { shape: AgendaProposal },
    answer: 'created',
    status: 201,
  })
  propose(@Asked() ask: Ask, @Id() id: string) {
    return this.proposals.propose(ask, id);
  }

  @Route({
    method: 'post',
    path: 'meetings/:id/agenda/order',
    permission: 'meeting.arrange',
    open: false,
    operation: 'agenda-order',
    resource: 'meeting',
    versioned: true,
    body: { shape: AgendaArrangement },
    answer: { shape: Agenda },
    status: 200,
  })
  arrange(@Asked() ask: Ask, @Id() id: string) {
    return this.arrangements.arrange(ask, id);
  }

  @Route({
    method: 'post',
    path: 'meetings/:id/agenda/confirm',
    permission: 'meeting.confirm',
    open: false,
    operation: 'agenda-confirm',
    resource: 'meeting',
    versioned: true,
    body: { shape: AgendaConsent },
    answer: { shape: Agenda },
    status: 200,
  })
  confirm(@Asked() ask: Ask, @Id() id: string) {
    return this.arrangements.confirm(ask, id);
  }

  @Route({
    method: 'post',
    path: 'agenda-items/:id/answer',
    permission: 'agenda-item.answer',
    open: false,
    operation: 'agenda-answer',
    resource: 'agenda-item',
    versioned: true,
    body: { shape: AgendaAnswerGiven },
    answer: 'record',
    status: 200,
  })
  answer(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.answer(ask, id);
  }

  @Route({
    method: 'post',
    path: 'agenda-items/:id/discuss',
    permission: 'agenda-item.discuss',
    open: false,
    operation: 'agenda-discuss',
    resource: 'agenda-item',
    versioned: true,
    answer: 'record',
    status: 200,
  })
  discuss(@Asked() ask: Ask, @Id() id: string) {
    return this.steps.discuss(ask, id);
  }
}
