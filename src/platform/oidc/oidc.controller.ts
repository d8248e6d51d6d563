import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { OpenIdSignIn } from './open-id-sign-in.js';

/** The way in through an OpenID provider. */
@Controller('auth/oidc')
export class OidcController {
  constructor(private readonly signIn: OpenIdSignIn) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'public: the way in',
    open: true,
    operation: 'oidcBegin',
    parameters: ['returnTo'],
    answer: 'none',
    problems: ['route.not-found'],
    limited: true,
    cookies: true,
    feature: 'oidc',
    status: 302,
  })
  begin(@Asked() ask: Ask): Promise<Reply> {
    return this.signIn.begin(ask);
  }

  @Route({
    method: 'get',
    path: 'callback',
    permission: 'public: the way in',
    open: true,
    operation: 'oidcFinish',
    parameters: ['code', 'state', 'iss', 'error'],
    takesUnknown: true,
    answer: 'none',
    problems: ['route.not-found'],
    limited: true,
    cookies: true,
    feature: 'oidc',
    status: 303,
  })
  finish(@Asked() ask: Ask): Promise<Reply> {
    return this.signIn.finish(ask);
  }
}
