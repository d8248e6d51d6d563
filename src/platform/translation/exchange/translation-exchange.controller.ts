import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../../infra/http/route.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { UNIT_FILTERS } from '../unit-query.js';
import { ImportReport } from './import-shapes.js';
import { CSV_TYPE, IMPORTED_TYPES, TMX_TYPE, XLIFF_TYPE } from './media-types.js';
import { TranslationExport } from './translation-export.js';
import { TranslationImport } from './translation-import.js';

/** A file that left the portal may return, translated. */
const LARGEST_FILE = 8 * 1_048_576;

/** Texts leave for the programs of translators, and return. */
@Controller('translation-units')
export class TranslationExchangeController {
  constructor(
    private readonly leaving: TranslationExport,
    private readonly returning: TranslationImport,
  ) {}

  @Route({
    method: 'get',
    path: 'export',
    permission: 'translation.read',
    open: false,
    operation: 'translationExport',
    parameters: ['format', 'into', ...UNIT_FILTERS.filter((name) => name !== 'language'), 'sort', 'cursor'],
    required: ['format', 'into'],
    codes: { format: 'exchangeFormat', into: 'language' },
    answer: { file: [XLIFF_TYPE, CSV_TYPE, TMX_TYPE] },
    problems: ['exchange.nothing'],
    status: 200,
  })
  export(@Asked() ask: Ask): Promise<Reply> {
    return this.leaving.file(ask);
  }

  @Route({
    method: 'post',
    path: 'import',
    permission: 'translation.work',
    open: false,
    operation: 'translationImport',
    parameters: ['dryRun'],
    body: { files: IMPORTED_TYPES, limit: LARGEST_FILE },
    answer: { shape: ImportReport },
    problems: ['exchange.encoding', 'exchange.unsafe', 'exchange.unreadable', 'exchange.too-many', 'exchange.refused'],
    retried: true,
    status: 200,
  })
  import(@Asked() ask: Ask): Promise<Reply> {
    return this.returning.run(ask);
  }
}
