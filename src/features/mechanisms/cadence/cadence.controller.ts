import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { CadenceGuards } from './cadence-guards.js';
import { CadenceOverview } from './cadence-overview.js';
import { CADENCE_PARAMETERS } from './cadence-query.js';

/** Whether regular meetings are held. */
@Controller('mechanisms')
export class CadenceController {
  constructor(private readonly guards: CadenceGuards) {}

  @Route({
    method: 'get',
    path: 'cadence',
    permission: 'mechanism.read',
    open: true,
    operation: 'mechanism-cadence',
    resource: 'mechanism',
    parameters: CADENCE_PARAMETERS,
    codes: { status: 'cadenceStatus', side: 'sideOrOther' },
    answer: { shape: CadenceOverview },
    status: 200,
  })
  overview(@Asked() ask: Ask) {
    return this.guards.overview(ask);
  }
}
