import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { PAGE_PARAMETERS } from '../../resource/paging.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeys } from './api-keys.js';
import { IssuedApiKey, NewApiKey } from './key-shapes.js';

/** Keys by which systems of partners act for their organization. */
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'api-key.read',
    open: false,
    operation: 'apiKeys',
    parameters: PAGE_PARAMETERS,
    answer: { listOf: ApiKey },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.keys.list(ask);
  }

  @Route({
    method: 'post',
    path: '',
    permission: 'api-key.create',
    open: false,
    operation: 'apiKeyIssue',
    body: { shape: NewApiKey },
    answer: { shape: IssuedApiKey },
    problems: ['resource.reference-unseen'],
    status: 201,
  })
  issue(@Asked() ask: Ask): Promise<Reply> {
    return this.keys.issue(ask);
  }

  @Route({
    method: 'delete',
    path: ':id',
    permission: 'api-key.revoke',
    open: false,
    operation: 'apiKeyRevoke',
    answer: 'none',
    status: 204,
  })
  revoke(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.keys.revoke(ask, id);
  }
}
