import { Module } from '@nestjs/common';
import { MeetingPapers } from './meeting-papers.js';
import { PaperSources } from './paper-source.js';
import { PapersController } from './papers.controller.js';

@Module({ controllers: [PapersController], providers: [PaperSources, MeetingPapers] })
export class PapersModule {}
