import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { CALENDAR_TYPE, MeetingCalendars } from './meeting-calendars.js';

/** Meetings as calendars that programs subscribe to. */
@Controller()
export class CalendarController {
  constructor(private readonly calendars: MeetingCalendars) {}

  @Route({
    method: 'get',
    path: 'calendar.ics',
    permission: 'public: shows of every meeting what its list shows',
    open: true,
    operation: 'calendar',
    answer: { text: CALENDAR_TYPE },
    status: 200,
  })
  whole(@Asked() ask: Ask) {
    return this.calendars.whole(ask);
  }

  @Route({
    method: 'get',
    path: 'mechanisms/:id/calendar.ics',
    permission: 'mechanism.read',
    open: true,
    operation: 'mechanism-calendar',
    resource: 'mechanism',
    answer: { text: CALENDAR_TYPE },
    status: 200,
  })
  ofMechanism(@Asked() ask: Ask, @Id() id: string) {
    return this.calendars.ofMechanism(ask, id);
  }
}
