import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import { CalendarFeeds } from './calendar-feeds.js';
import { IssuedCalendarFeed, NewCalendarFeed } from './feed-shapes.js';

/** One's own private calendars. */
@Controller('me/calendar-feeds')
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeeds) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'self.read',
    open: false,
    operation: 'calendarFeeds',
    answer: { listOf: CalendarFeed },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.feeds.list(ask);
  }

  @Route({
    method: 'post',
    path: '',
    permission: 'self.update',
    open: false,
    operation: 'calendarFeedIssue',
    body: { shape: NewCalendarFeed },
    answer: { shape: IssuedCalendarFeed },
    problems: ['resource.reference-unseen', 'account.too-many-feeds'],
    status: 201,
  })
  issue(@Asked() ask: Ask): Promise<Reply> {
    return this.feeds.issue(ask);
  }

  @Route({
    method: 'delete',
    path: ':id',
    permission: 'self.update',
    open: false,
    operation: 'calendarFeedRevoke',
    answer: 'none',
    status: 204,
  })
  revoke(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.feeds.revoke(ask, id);
  }
}
