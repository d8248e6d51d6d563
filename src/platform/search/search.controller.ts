import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { Search } from './search.js';
import { SEARCH_PARAMETERS } from './search-query.js';
import { SearchHit } from './search-shapes.js';

/** One search over the records of all resources. */
@Controller('search')
export class SearchController {
  constructor(private readonly search: Search) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'public: everybody finds what they may see',
    open: true,
    operation: 'search',
    parameters: SEARCH_PARAMETERS,
    answer: { listOf: SearchHit },
    status: 200,
  })
  find(@Asked() ask: Ask): Promise<Reply> {
    return this.search.page(ask);
  }
}
