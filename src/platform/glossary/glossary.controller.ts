import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { PAGE_PARAMETERS } from '../../resource/paging.js';
import { GlossaryExchange } from './glossary-exchange.js';
import { GLOSSARY_TYPES } from './glossary-files.js';
import { GlossaryImport, GlossaryReport, TouchedText } from './glossary-shapes.js';
import { TermImpact } from './term-impact.js';

/** The glossary as a whole: as a file, and in the texts that were approved. */
@Controller('terms')
export class GlossaryController {
  constructor(
    private readonly exchange: GlossaryExchange,
    private readonly impact: TermImpact,
  ) {}

  @Route({
    method: 'get',
    path: 'export',
    permission: 'public: holds the terms that the asker may see',
    open: true,
    operation: 'glossaryExport',
    parameters: ['format'],
    required: ['format'],
    codes: { format: 'glossaryFormat' },
    answer: { text: GLOSSARY_TYPES.csv, or: [GLOSSARY_TYPES.tbx] },
    status: 200,
  })
  export(@Asked() ask: Ask): Promise<Reply> {
    return this.exchange.export(ask);
  }

  @Route({
    method: 'post',
    path: 'import',
    permission: 'glossary.import',
    open: false,
    operation: 'glossaryImport',
    resource: 'term',
    body: { shape: GlossaryImport },
    takesFile: true,
    answer: { shape: GlossaryReport },
    status: 200,
  })
  import(@Asked() ask: Ask): Promise<Reply> {
    return this.exchange.import(ask);
  }

  @Route({
    method: 'get',
    path: ':id/impact',
    permission: 'glossary.impact',
    open: false,
    operation: 'termImpact',
    parameters: PAGE_PARAMETERS,
    answer: { listOf: TouchedText },
    problems: ['resource.withdrawn'],
    status: 200,
  })
  ofTerm(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.impact.ofTerm(ask, id);
  }

  @Route({
    method: 'post',
    path: ':id/impact',
    permission: 'glossary.impact',
    open: false,
    operation: 'termChangeImpact',
    resource: 'term',
    parameters: PAGE_PARAMETERS,
    body: 'patch',
    answer: { listOf: TouchedText },
    status: 200,
  })
  ofChange(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.impact.ofChange(ask, id);
  }
}
