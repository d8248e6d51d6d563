import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { Invitations } from './invitations.js';
import { PasswordResets } from './password-resets.js';
import { Registrations } from './registrations.js';
import { AcceptedInvitation, Confirmation, PasswordReset, Registration, ResetPassword } from './shapes.js';

/** The ways to an account and back into one, for people who are not signed in. */
@Controller('auth')
export class WaysInController {
  constructor(
    private readonly invitations: Invitations,
    private readonly registrations: Registrations,
    private readonly resets: PasswordResets,
  ) {}

  @Route({
    method: 'post',
    path: 'invitations',
    permission: 'public: the token of the invitation says who may',
    open: true,
    operation: 'acceptInvitation',
    body: { shape: AcceptedInvitation },
    answer: 'none',
    limited: true,
    problems: ['account.token-unknown', 'account.token-expired', 'account.exists'],
    status: 204,
  })
  accept(@Asked() ask: Ask): Promise<Reply> {
    return this.invitations.accept(ask);
  }

  @Route({
    method: 'post',
    path: 'registrations',
    permission: 'public: investors make their accounts themselves',
    open: true,
    operation: 'register',
    body: { shape: Registration },
    answer: 'none',
    limited: true,
    status: 202,
  })
  register(@Asked() ask: Ask): Promise<Reply> {
    return this.registrations.register(ask);
  }

  @Route({
    method: 'post',
    path: 'registrations/confirmations',
    permission: 'public: the token of the mail says who may',
    open: true,
    operation: 'confirmRegistration',
    body: { shape: Confirmation },
    answer: 'none',
    limited: true,
    problems: ['account.token-unknown', 'account.token-expired'],
    status: 204,
  })
  confirm(@Asked() ask: Ask): Promise<Reply> {
    return this.registrations.confirm(ask);
  }

  @Route({
    method: 'post',
    path: 'password-resets',
    permission: 'public: the answer is the same for everybody',
    open: true,
    operation: 'forgetPassword',
    body: { shape: PasswordReset },
    answer: 'none',
    limited: true,
    status: 202,
  })
  askReset(@Asked() ask: Ask): Promise<Reply> {
    return this.resets.ask(ask);
  }

  @Route({
    method: 'post',
    path: 'passwords',
    permission: 'public: the token of the mail says who may',
    open: true,
    operation: 'resetPassword',
    body: { shape: ResetPassword },
    answer: 'none',
    limited: true,
    problems: ['account.token-unknown', 'account.token-expired'],
    status: 204,
  })
  reset(@Asked() ask: Ask): Promise<Reply> {
    return this.resets.reset(ask);
  }
}
