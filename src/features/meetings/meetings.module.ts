import { Module } from '@nestjs/common';
import { AgendaItemsController } from './agenda-items.controller.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { MeetingCalendars } from './calendar/meeting-calendars.js';
import { DecisionFollower } from './decisions/decision-follower.js';
import { DecisionReturns } from './decisions/decision-returns.js';
import { DecisionTasks } from './decisions/decision-tasks.js';
import { DecisionWorkController } from './decisions/decision-work.controller.js';
import { MechanismDecisions } from './decisions/mechanism-decisions.js';
import { DecisionsController } from './decisions.controller.js';
import { MeetingsController } from './meetings.controller.js';
import { MinutesModule } from './minutes/minutes.module.js';
import { EngagementFinder } from './scheduling/engagements.js';
import { ObstacleWords } from './scheduling/obstacle-words.js';
import { SchedulingController } from './scheduling/scheduling.controller.js';
import { Scheduling } from './scheduling/scheduling.js';

@Module({
  imports: [MinutesModule],
  controllers: [
    MeetingsController,
    AgendaItemsController,
    DecisionsController,
    SchedulingController,
    CalendarController,
    DecisionWorkController,
  ],
  providers: [
    ...[EngagementFinder, ObstacleWords, Scheduling, MeetingCalendars],
    ...[DecisionFollower, DecisionReturns, DecisionTasks, MechanismDecisions],
  ],
})
export class MeetingsModule {}
