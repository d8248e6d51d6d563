import { Module } from '@nestjs/common';
import { MechanismsController } from './mechanisms.controller.js';
import { MembershipsController } from './memberships.controller.js';
import { PairingsController } from './pairings.controller.js';

@Module({ controllers: [MechanismsController, MembershipsController, PairingsController] })
export class MechanismsModule {}
