import { Module } from '@nestjs/common';
import { MattersController } from './matters.controller.js';

@Module({ controllers: [MattersController] })
export class MattersModule {}
