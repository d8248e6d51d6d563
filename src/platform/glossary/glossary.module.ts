import { Module } from '@nestjs/common';
import { GlossaryController } from './glossary.controller.js';
import { GlossaryExchange } from './glossary-exchange.js';
import { LiveTerms } from './live-terms.js';
import { TermImpact } from './term-impact.js';
import { TermRecords } from './term-records.js';
import { TermsController } from './terms.controller.js';

/** The two offices' glossary. The routes of the whole come first: `export` and `import` are no ids. */
@Module({
  controllers: [GlossaryController, TermsController],
  providers: [GlossaryExchange, LiveTerms, TermImpact, TermRecords],
  exports: [LiveTerms],
})
export class GlossaryModule {}
