import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { AccessGrant, NewSession, SessionGrant } from './shapes.js';
import { SignIn } from './sign-in.js';

/** The way in with a password. */
@Controller('auth')
export class AuthController {
  constructor(private readonly signIn: SignIn) {}

  @Route({
    method: 'post',
    path: 'sessions',
    permission: 'public: the way in',
    open: true,
    operation: 'signIn',
    body: { shape: NewSession },
    answer: { shape: SessionGrant },
    limited: true,
    cookies: true,
    status: 201,
  })
  open(@Asked() ask: Ask): Promise<Reply> {
    return this.signIn.open(ask);
  }

  @Route({
    method: 'post',
    path: 'refreshes',
    permission: 'public: the cookie says who asks',
    open: true,
    operation: 'refreshSession',
    answer: { shape: AccessGrant },
    cookies: true,
    status: 201,
  })
  refresh(@Asked() ask: Ask): Promise<Reply> {
    return this.signIn.refresh(ask);
  }
}
