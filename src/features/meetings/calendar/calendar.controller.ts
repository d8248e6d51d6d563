import { Controller, Param } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { CalendarFeeds } from '../../../platform/calendar-feeds/calendar-feeds.js';
import { CALENDAR_TYPE, MeetingCalendars } from './meeting-calendars.js';

/** Meetings as calendars that programs subscribe to. */
@Controller()
export class CalendarController {
  constructor(
    private readonly calendars: MeetingCalendars,
    private readonly feeds: CalendarFeeds,
  ) {}

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

  @Route({
    method: 'get',
    path: 'calendar/:token/meetings.ics',
    permission: 'public: the secret address says in whose name it is asked',
    open: true,
    operation: 'calendar-feed',
    answer: { text: CALENDAR_TYPE },
    status: 200,
  })
  async ofFeed(@Asked() ask: Ask, @Param('token') token: string) {
    return this.calendars.ofFeed(ask, await this.feeds.open(token));
  }
}
