import { Module } from '@nestjs/common';
import { AgendaItemsController } from './agenda-items.controller.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { MeetingCalendars } from './calendar/meeting-calendars.js';
import { DecisionsController } from './decisions.controller.js';
import { MeetingsController } from './meetings.controller.js';
import { EngagementFinder } from './scheduling/engagements.js';
import { ObstacleWords } from './scheduling/obstacle-words.js';
import { SchedulingController } from './scheduling/scheduling.controller.js';
import { Scheduling } from './scheduling/scheduling.js';

@Module({
  controllers: [
    MeetingsController,
    AgendaItemsController,
    DecisionsController,
    SchedulingController,
    CalendarController,
  ],
  providers: [EngagementFinder, ObstacleWords, Scheduling, MeetingCalendars],
})
export class MeetingsModule {}
