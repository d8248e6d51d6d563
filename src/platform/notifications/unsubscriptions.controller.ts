import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { PAGE_TYPE, Unsubscriptions } from './unsubscriptions.js';

/** Where the links in the portal's mail lead. */
@Controller('unsubscriptions')
export class UnsubscriptionsController {
  constructor(private readonly unsubscriptions: Unsubscriptions) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'public: the token of the letter says who may',
    open: true,
    operation: 'unsubscribePage',
    parameters: ['credential'],
    answer: { text: PAGE_TYPE },
    problems: ['account.token-unknown'],
    status: 200,
  })
  page(@Asked() ask: Ask): Reply {
    return this.unsubscriptions.page(ask);
  }

  @Route({
    method: 'post',
    path: '',
    permission: 'public: the token of the letter says who may',
    open: true,
    operation: 'unsubscribe',
    parameters: ['credential'],
    answer: { text: PAGE_TYPE },
    problems: ['account.token-unknown'],
    status: 200,
  })
  end(@Asked() ask: Ask): Promise<Reply> {
    return this.unsubscriptions.end(ask);
  }
}
