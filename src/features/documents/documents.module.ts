import { Module } from '@nestjs/common';
import { ClausesController } from './clauses.controller.js';
import { DocumentsController } from './documents.controller.js';

@Module({ controllers: [DocumentsController, ClausesController] })
export class DocumentsModule {}
