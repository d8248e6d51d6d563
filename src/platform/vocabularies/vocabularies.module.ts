import { Module } from '@nestjs/common';
import { VocabulariesController } from './vocabularies.controller.js';
import { Vocabularies } from './vocabularies.js';

@Module({ controllers: [VocabulariesController], providers: [Vocabularies] })
export class VocabulariesModule {}
