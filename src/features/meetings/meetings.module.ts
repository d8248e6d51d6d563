import { Module } from '@nestjs/common';
import { AgendaController } from './agenda/agenda.controller.js';
import { AgendaArrangements } from './agenda/agenda-arrangement.js';
import { AgendaProposals } from './agenda/agenda-proposals.js';
import { AgendaReader } from './agenda/agenda-reader.js';
import { AgendaRules } from './agenda/agenda-rules.js';
import { AgendaSteps } from './agenda/agenda-steps.js';
import { DeferredItems } from './agenda/deferred-items.js';
import { AgendaItemsController } from './agenda-items.controller.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { MeetingCalendars } from './calendar/meeting-calendars.js';
import { DecisionFollower } from './decisions/decision-follower.js';
import { DecisionReturns } from './decisions/decision-returns.js';
import { DecisionTasks } from './decisions/decision-tasks.js';
import { DecisionWorkController } from './decisions/decision-work.controller.js';
import { MechanismDecisions } from './decisions/mechanism-decisions.js';
import { DecisionsController } from './decisions.controller.js';
import { DelegatesController } from './delegations/delegates.controller.js';
import { DelegationReader } from './delegations/delegation-reader.js';
import { DelegateRules, DelegationRules } from './delegations/delegation-rules.js';
import { DelegationStepsController } from './delegations/delegation-steps.controller.js';
import { DelegationSteps } from './delegations/delegation-steps.js';
import { DelegationsController } from './delegations/delegations.controller.js';
import { MeetingsController } from './meetings.controller.js';
import { MinutesModule } from './minutes/minutes.module.js';
import { ClosedCheckpoints } from './scheduling/closed-checkpoints.js';
import { EngagementFinder } from './scheduling/engagements.js';
import { ObstacleWords } from './scheduling/obstacle-words.js';
import { SchedulingController } from './scheduling/scheduling.controller.js';
import { Scheduling } from './scheduling/scheduling.js';
import { MeetingNotices } from './workflow/meeting-notices.js';
import { MeetingRules } from './workflow/meeting-rules.js';
import { MeetingStepsController } from './workflow/meeting-steps.controller.js';
import { MeetingSteps } from './workflow/meeting-steps.js';

@Module({
  imports: [MinutesModule],
  controllers: [
    MeetingsController,
    AgendaItemsController,
    DecisionsController,
    SchedulingController,
    CalendarController,
    DecisionWorkController,
    MeetingStepsController,
    AgendaController,
    DelegationsController,
    DelegatesController,
    DelegationStepsController,
  ],
  providers: [
    EngagementFinder,
    ClosedCheckpoints,
    ObstacleWords,
    Scheduling,
    MeetingCalendars,
    MeetingNotices,
    MeetingRules,
    MeetingSteps,
    AgendaRules,
    DeferredItems,
    AgendaReader,
    AgendaProposals,
    AgendaSteps,
    AgendaArrangements,
    DelegationRules,
    DelegateRules,
    DelegationReader,
    DelegationSteps,
    DecisionFollower,
    DecisionReturns,
    DecisionTasks,
    MechanismDecisions,
  ],
})
export class MeetingsModule {}
