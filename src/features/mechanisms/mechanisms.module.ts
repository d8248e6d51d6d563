import { Module } from '@nestjs/common';
import { CadenceController } from './cadence/cadence.controller.js';
import { CadenceGuards } from './cadence/cadence-guards.js';
import { CadenceReminders } from './cadence/cadence-reminders.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { GraphController } from './graph/graph.controller.js';
import { MechanismGraphs } from './graph/mechanism-graphs.js';
import { LifeController } from './life/life.controller.js';
import { LifeSteps } from './life/life-steps.js';
import { MechanismRules } from './life/mechanism-rules.js';
import { MechanismMembersController } from './mechanism-members.controller.js';
import { MechanismsController } from './mechanisms.controller.js';
import { MembershipsController } from './memberships.controller.js';
import { PairingsController } from './pairings.controller.js';
import { SeatRules } from './seat-rules.js';

@Module({
  // `/mechanisms/cadence` goes before `/mechanisms/{id}`.
  controllers: [
    CadenceController,
    GraphController,
    MechanismsController,
    MembershipsController,
    PairingsController,
    LifeController,
    MechanismMembersController,
    ContactsController,
  ],
  providers: [CadenceGuards, CadenceReminders, MechanismGraphs, LifeSteps, MechanismRules, SeatRules],
})
export class MechanismsModule {}
