import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Actor, ANONYMOUS } from '../../kernel/actor.js';
import { problem } from '../../kernel/problems.js';
import { readJsonBody } from './json-body.js';
import { chooseLanguage } from './negotiation.js';
import { allowOnly, queryParameters } from './query-parameters.js';
import { type PortalRequest, ROUTE, type RouteDeclaration } from './route.js';
import { BODY_LIMIT } from './tokens.js';

/** Finds out who asks. The platform's authentication replaces this one, which knows nobody. */
@Injectable()
export class Authenticator {
  /** @throws `auth.required` for credentials that are not valid, which here is any */
  async authenticate(request: PortalRequest): Promise<Actor> {
    if (request.headers.authorization !== undefined || request.headers['x-api-key'] !== undefined) {
      throw problem('auth.required', { headers: { 'WWW-Authenticate': 'Bearer' } });
    }
    return ANONYMOUS;
  }
}

/**
 * The one gate of the API: closed unless the route declares who may pass. It turns the HTTP request into
 * what is asked (`Ask`), in this order: parameters, language, actor, permission, body.
 */
@Injectable()
export class RouteGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    @Inject(BODY_LIMIT) private readonly bodyLimit: number,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PortalRequest>();
    const route = this.reflector.get<RouteDeclaration | undefined>(ROUTE, context.getHandler());
    if (!route) throw problem('auth.forbidden');
    const parameters = queryParameters(request.url);
    const { choice, fallback } = languageOf(request, parameters);
    if (!route.list) allowOnly(parameters, [...(route.parameters ?? []), 'lang', 'fallback']);
    const actor = await this.authenticator.authenticate(request);
    if (!route.open && actor.kind === 'anonymous') {
      throw problem('auth.required', { headers: { 'WWW-Authenticate': 'Bearer' } });
    }
    const ifMatch = request.headers['if-match'];
    const body = route.body ? await readJsonBody(request, this.bodyLimit) : undefined;
    request.ask = { actor, choice, fallback, parameters, path: request.path, ...(ifMatch && { ifMatch }), body };
    return true;
  }
}

const languageOf = (request: PortalRequest, parameters: ReadonlyMap<string, string>) => {
  const choice = chooseLanguage(parameters.get('lang'), undefined, request.headers['accept-language']);
  if (!choice) throw problem('request.invalid-parameter', { errors: [{ parameter: 'lang', code: 'invalid-value' }] });
  const fallback = parameters.get('fallback');
  if (fallback !== undefined && fallback !== 'none') {
    throw problem('request.invalid-parameter', { errors: [{ parameter: 'fallback', code: 'invalid-value' }] });
  }
  return { choice, fallback: fallback !== 'none' };
};
