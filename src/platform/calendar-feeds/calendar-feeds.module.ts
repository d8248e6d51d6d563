import { Global, Module } from '@nestjs/common';
import { CalendarFeedsController } from './calendar-feeds.controller.js';
import { CalendarFeeds } from './calendar-feeds.js';

@Global()
@Module({ controllers: [CalendarFeedsController], providers: [CalendarFeeds], exports: [CalendarFeeds] })
export class CalendarFeedsModule {}
