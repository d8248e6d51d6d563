import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mayUse } from '../../kernel/access.js';
import { type Actor, ANONYMOUS } from '../../kernel/actor.js';
import type { Ask } from '../../kernel/exchange.js';
import { type Problem, problem } from '../../kernel/problems.js';
import { plainAddress } from './client-address.js';
import { readFileBody, readJsonBody } from './json-body.js';
import { chooseLanguage } from './negotiation.js';
import { mustBeOfThisOrigin } from './own-origin.js';
import { allowOnly, queryParameters } from './query-parameters.js';
import { digestOf, retryOf } from './retry.js';
import { type PortalRequest, ROUTE, type RouteDeclaration } from './route.js';
import { BODY_LIMIT, PUBLIC_URL } from './tokens.js';

/** Nobody is signed in who would have to be, or the credentials that were shown are not good. */
export const authRequired = (): Problem => problem('auth.required', { headers: { 'WWW-Authenticate': 'Bearer' } });

/** How many times as large as others a body may be that carries a file. */
const FILE_FACTOR = 16;

/** Finds out who asks. The platform's authentication replaces this one, which knows nobody. */
@Injectable()
export class Authenticator {
  /** @throws `auth.required` for credentials that are not valid, which here is any */
  async authenticate(request: PortalRequest): Promise<Actor> {
    if (request.headers.authorization !== undefined || request.headers['x-api-key'] !== undefined) {
      throw authRequired();
    }
    return ANONYMOUS;
  }
}

/**
 * The one gate of the API: closed unless the route declares who may pass. It turns the HTTP request into
 * what is asked (`Ask`), in this order: parameters, actor, language, permission, body.
 */
@Injectable()
export class RouteGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    @Inject(BODY_LIMIT) private readonly bodyLimit: number,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PortalRequest>();
    const route = this.reflector.get<RouteDeclaration | undefined>(ROUTE, context.getHandler());
    if (!route) throw problem('auth.forbidden');
    request.declared = route;
    if (route.cookies) mustBeOfThisOrigin(request, this.publicUrl);
    const parameters = queryParameters(request.url);
    mustNameKnownLanguage(parameters);
    if (!route.list && !route.takesUnknown) allowOnly(parameters, [...(route.parameters ?? []), 'lang', 'fallback']);
    const actor = await this.authenticator.authenticate(request);
    const ask = askOf(request, route, parameters, actor);
    request.ask = ask;
    mustBePermitted(route, actor);
    request.ask = { ...ask, ...(await this.bodyOf(request, route, actor)) };
    return true;
  }

  private async bodyOf(
    request: PortalRequest,
    { body: taken, takesFile }: RouteDeclaration,
    actor: Actor,
  ): Promise<Pick<Ask, 'body' | 'file' | 'retry'>> {
    if (typeof taken === 'object' && 'files' in taken) {
      const file = await readFileBody(request, taken);
      const retry = retryOf(request, actor, file && digestOf(file.bytes));
      return { ...(file && { file }), ...(retry && { retry }) };
    }
    const limit = this.bodyLimit * (takesFile ? FILE_FACTOR : 1);
    const body = taken ? await readJsonBody(request, limit) : undefined;
    const retry = retryOf(request, actor, body?.digest);
    return { body: body?.value, ...(retry && { retry }) };
  }
}

const mustBePermitted = (route: RouteDeclaration, actor: Actor): void => {
  if (route.open) return;
  if (actor.kind === 'anonymous') throw authRequired();
  if (mayUse(actor, route.permission)) return;
  const owes = actor.kind === 'account' && actor.owesSecondFactor;
  throw problem(owes ? 'auth.second-factor-required' : 'auth.forbidden');
};

const invalidParameter = (parameter: string) =>
  problem('request.invalid-parameter', { errors: [{ parameter, code: 'invalid-value' }] });

/** Looked at first: what is wrong with a request does not depend on who sends it. */
const mustNameKnownLanguage = (parameters: ReadonlyMap<string, string>): void => {
  if (!chooseLanguage(parameters.get('lang'), undefined, undefined)) throw invalidParameter('lang');
  const fallback = parameters.get('fallback');
  if (fallback !== undefined && fallback !== 'none') throw invalidParameter('fallback');
};

const askOf = (
  request: PortalRequest,
  route: RouteDeclaration,
  parameters: ReadonlyMap<string, string>,
  actor: Actor,
): Ask => {
  const { headers, path } = request;
  const preference = actor.kind === 'account' ? (actor.language ?? undefined) : undefined;
  return {
    actor,
    choice: chooseLanguage(parameters.get('lang'), preference, headers['accept-language'])!,
    fallback: !parameters.has('fallback'),
    parameters,
    path,
    origin: { requestId: request.requestId ?? '', address: plainAddress(request.ip) },
    ...(headers['if-match'] !== undefined && { ifMatch: headers['if-match'] }),
    ...(route.cookies && { cookies: headers.cookie ?? '', userAgent: headers['user-agent'] }),
  };
};
