import { Module } from '@nestjs/common';
import { CadenceController } from './cadence/cadence.controller.js';
import { CadenceGuards } from './cadence/cadence-guards.js';
import { CadenceReminders } from './cadence/cadence-reminders.js';
import { GraphController } from './graph/graph.controller.js';
import { MechanismGraphs } from './graph/mechanism-graphs.js';
import { MechanismsController } from './mechanisms.controller.js';
import { MembershipsController } from './memberships.controller.js';
import { PairingsController } from './pairings.controller.js';

@Module({
  // `/mechanisms/cadence` goes before `/mechanisms/{id}`.
  controllers: [CadenceController, GraphController, MechanismsController, MembershipsController, PairingsController],
  providers: [CadenceGuards, CadenceReminders, MechanismGraphs],
})
export class MechanismsModule {}
