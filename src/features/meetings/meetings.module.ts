import { Module } from '@nestjs/common';
import { AgendaItemsController } from './agenda-items.controller.js';
import { DecisionsController } from './decisions.controller.js';
import { MeetingsController } from './meetings.controller.js';

@Module({ controllers: [MeetingsController, AgendaItemsController, DecisionsController] })
export class MeetingsModule {}
