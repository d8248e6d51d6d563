import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { Coverage } from './coverage.js';
import { TranslationCoverage } from './coverage-shapes.js';

/** How far the translation of each resource is. */
@Controller('translation-coverage')
export class TranslationCoverageController {
  constructor(private readonly coverage: Coverage) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'translation.read',
    open: false,
    operation: 'translationCoverage',
    parameters: ['resource', 'language'],
    answer: { shape: TranslationCoverage },
    status: 200,
  })
  report(@Asked() ask: Ask): Promise<Reply> {
    return this.coverage.report(ask);
  }
}
