import { Module } from '@nestjs/common';
import { AgendaPlacing } from './course/agenda-placing.js';
import { Answers } from './course/answers.js';
import { Beginning } from './course/beginning.js';
import { Climbing } from './course/climbing.js';
import { CourseController } from './course/course.controller.js';
import { EscalationController } from './course/escalation.controller.js';
import { EscalationReports } from './course/escalation-reports.js';
import { EscalationRun } from './course/escalation-run.js';
import { Handling } from './course/handling.js';
import { LadderClock } from './course/ladder-clock.js';
import { MatterNews } from './course/news.js';
import { Referrals } from './course/referrals.js';
import { RegistersController } from './course/registers.controller.js';
import { Registers } from './course/registers.js';
import { Scenes } from './course/scene.js';
import { MatterLevelNotesController } from './level-notes/matter-level-notes.controller.js';
import { MattersController } from './matters.controller.js';

@Module({
  // Fixed paths before those with an id in their place.
  controllers: [
    EscalationController,
    MattersController,
    CourseController,
    RegistersController,
    MatterLevelNotesController,
  ],
  providers: [
    AgendaPlacing,
    Answers,
    Beginning,
    Climbing,
    EscalationReports,
    EscalationRun,
    Handling,
    LadderClock,
    MatterNews,
    Referrals,
    Registers,
    Scenes,
  ],
})
export class MattersModule {}
