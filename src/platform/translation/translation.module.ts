import { Module } from '@nestjs/common';
import { GlossaryModule } from '../glossary/glossary.module.js';
import { Coverage } from './coverage.js';
import { TranslationExchangeController } from './exchange/translation-exchange.controller.js';
import { TranslationExport } from './exchange/translation-export.js';
import { TranslationImport } from './exchange/translation-import.js';
import { GlossarySource } from './glossary-source.js';
import { TranslationCoverageController } from './translation-coverage.controller.js';
import { TranslationEngine } from './translation-engine.js';
import { TranslationMemory } from './translation-memory.js';
import { TranslationUnitsController } from './translation-units.controller.js';
import { UnitActions } from './unit-actions.js';
import { UnitBulk } from './unit-bulk.js';
import { UnitChanges } from './unit-changes.js';
import { UnitChecks } from './unit-checks.js';
import { UnitDetails } from './unit-detail.js';
import { UnitQueue } from './unit-queue.js';
import { UnitSteps } from './unit-steps.js';
import { UnitWriter } from './unit-writer.js';
import { Units } from './units.js';

/** Texts to translate, from every resource, on their way to approval. */
@Module({
  imports: [GlossaryModule],
  // The exchange comes first: its paths would be taken for ids of units.
  controllers: [TranslationExchangeController, TranslationUnitsController, TranslationCoverageController],
  providers: [
    ...[Coverage, GlossarySource, TranslationEngine, TranslationMemory, UnitActions, UnitBulk, UnitChanges],
    ...[TranslationExport, TranslationImport],
    ...[UnitChecks, UnitDetails, UnitQueue, UnitSteps, UnitWriter, Units],
  ],
  exports: [GlossarySource, UnitChecks, UnitWriter, Units],
})
export class TranslationModule {}
