import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { EscalationReport, EscalationReports } from './escalation-reports.js';

/** The rule by which overdue matters climb. */
@Controller('matters')
export class EscalationController {
  constructor(private readonly reports: EscalationReports) {}

  @Route({
    method: 'get',
    path: 'escalation-preview',
    permission: 'matter-escalation.read',
    open: false,
    operation: 'matter-escalation-preview',
    parameters: ['on'],
    answer: { shape: EscalationReport },
    status: 200,
  })
  preview(@Asked() ask: Ask) {
    return this.reports.preview(ask);
  }

  @Route({
    method: 'post',
    path: 'escalation-run',
    permission: 'matter-escalation.run',
    open: false,
    operation: 'matter-escalation-run',
    answer: { shape: EscalationReport },
    status: 200,
  })
  run(@Asked() ask: Ask) {
    return this.reports.run(ask);
  }
}
