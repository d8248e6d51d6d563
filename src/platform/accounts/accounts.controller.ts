import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { PAGE_PARAMETERS } from '../../resource/paging.js';
import { AccountDirectory } from './account-directory.js';
import { AccountChange, AccountView } from './shapes.js';

/** The accounts of the portal, for administrators. */
@Controller('accounts')
export class AccountsController {
  constructor(private readonly directory: AccountDirectory) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'account.read',
    open: false,
    operation: 'accounts',
    parameters: [...PAGE_PARAMETERS, 'side', 'role', 'state', 'organization'],
    codes: { side: 'side', role: 'role', state: 'accountState' },
    answer: { listOf: AccountView },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.directory.list(ask);
  }

  @Route({
    method: 'get',
    path: ':id',
    permission: 'account.read',
    open: false,
    operation: 'account',
    answer: { shape: AccountView },
    status: 200,
  })
  get(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.directory.get(ask, id);
  }

  @Route({
    method: 'patch',
    path: ':id',
    permission: 'account.update',
    open: false,
    operation: 'updateAccount',
    body: { shape: AccountChange },
    answer: { shape: AccountView },
    versioned: true,
    problems: ['account.last-administrator'],
    status: 200,
  })
  update(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.directory.update(ask, id);
  }
}
