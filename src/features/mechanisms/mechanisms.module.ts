import { Module } from '@nestjs/common';
import { CadenceController } from './cadence/cadence.controller.js';
import { CadenceGuards } from './cadence/cadence-guards.js';
import { CadenceReminders } from './cadence/cadence-reminders.js';
import { MechanismsController } from './mechanisms.controller.js';
import { MembershipsController } from './memberships.controller.js';
import { PairingsController } from './pairings.controller.js';

@Module({
  // `/mechanisms/cadence` goes before `/mechanisms/{id}`.
  controllers: [CadenceController, MechanismsController, MembershipsController, PairingsController],
  providers: [CadenceGuards, CadenceReminders],
})
export class MechanismsModule {}
