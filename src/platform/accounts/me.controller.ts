import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { AccessGrant } from '../auth/shapes.js';
import { OwnAccount } from './own-account.js';
import { OwnSecondFactor } from './own-second-factor.js';
import {
  AccountView,
  OwnChange,
  PasswordChange,
  RecoveryCodes,
  SecondFactorCode,
  SecondFactorSetup,
} from './shapes.js';

/** One's own account. */
@Controller('me')
export class MeController {
  constructor(
    private readonly account: OwnAccount,
    private readonly factor: OwnSecondFactor,
  ) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'self.read',
    open: false,
    operation: 'ownAccount',
    answer: { shape: AccountView },
    status: 200,
  })
  get(@Asked() ask: Ask): Promise<Reply> {
    return this.account.get(ask);
  }

  @Route({
    method: 'patch',
    path: '',
    permission: 'self.update',
    open: false,
    operation: 'updateOwnAccount',
    body: { shape: OwnChange },
    answer: { shape: AccountView },
    versioned: true,
    status: 200,
  })
  update(@Asked() ask: Ask): Promise<Reply> {
    return this.account.update(ask);
  }

  @Route({
    method: 'post',
    path: 'password',
    permission: 'self.update',
    open: false,
    operation: 'changePassword',
    body: { shape: PasswordChange },
    answer: { shape: AccessGrant },
    limited: true,
    status: 200,
  })
  changePassword(@Asked() ask: Ask): Promise<Reply> {
    return this.account.changePassword(ask);
  }

  @Route({
    method: 'post',
    path: 'second-factor',
    permission: 'self.update',
    open: false,
    operation: 'beginSecondFactor',
    answer: { shape: SecondFactorSetup },
    problems: ['account.second-factor-set'],
    status: 201,
  })
  beginFactor(@Asked() ask: Ask): Promise<Reply> {
    return this.factor.begin(ask);
  }

  @Route({
    method: 'post',
    path: 'second-factor/confirmation',
    permission: 'self.update',
    open: false,
    operation: 'confirmSecondFactor',
    body: { shape: SecondFactorCode },
    answer: { shape: RecoveryCodes },
    limited: true,
    problems: ['account.second-factor-set'],
    status: 201,
  })
  confirmFactor(@Asked() ask: Ask): Promise<Reply> {
    return this.factor.confirm(ask);
  }

  @Route({
    method: 'delete',
    path: 'second-factor',
    permission: 'self.update',
    open: false,
    operation: 'removeSecondFactor',
    body: { shape: SecondFactorCode },
    answer: 'none',
    limited: true,
    status: 204,
  })
  removeFactor(@Asked() ask: Ask): Promise<Reply> {
    return this.factor.remove(ask);
  }
}
