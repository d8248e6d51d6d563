import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { WORKING_DAY_PARAMETERS, WorkingDayList, WorkingDays } from './working-days.js';

/** The working calendars of both countries. */
@Controller('working-days')
export class WorkingDaysController {
  constructor(private readonly days: WorkingDays) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'public: governments publish their calendars',
    open: true,
    operation: 'working-days',
    parameters: WORKING_DAY_PARAMETERS,
    codes: { side: 'side' },
    answer: { shape: WorkingDayList },
    status: 200,
  })
  list(@Asked() ask: Ask): Reply {
    return this.days.list(ask);
  }
}
