import { Controller, Param } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { Vocabularies } from './vocabularies.js';

/** The enumerations of the API with their labels in both languages. */
@Controller('vocabularies')
export class VocabulariesController {
  constructor(private readonly vocabularies: Vocabularies) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'public: what a code means is no secret',
    open: true,
    operation: 'vocabularies',
    answer: { schema: 'VocabularyList' },
    status: 200,
  })
  list(@Asked() ask: Ask): Reply {
    return this.vocabularies.list(ask.choice);
  }

  @Route({
    method: 'get',
    path: ':name',
    permission: 'public: what a code means is no secret',
    open: true,
    operation: 'vocabulary',
    answer: { schema: 'Vocabulary' },
    status: 200,
  })
  get(@Asked() ask: Ask, @Param('name') name: string): Reply {
    return this.vocabularies.get(name, ask.choice);
  }
}
