import { Module } from '@nestjs/common';
import { IndicatorsController } from './indicators.controller.js';
import { ObservationsController } from './observations.controller.js';
import { PracticeCasesController } from './practice-cases.controller.js';

@Module({ controllers: [IndicatorsController, ObservationsController, PracticeCasesController] })
export class IndicatorsModule {}
