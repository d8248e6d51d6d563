import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { Reply } from '../../kernel/exchange.js';
import { contentLanguage } from '../../kernel/languages.js';
import type { PortalRequest } from './route.js';

const PUBLIC_CACHE = 'public, max-age=60, stale-while-revalidate=300';

/** Turns a handler's `Reply` into HTTP: status, language, caching and conditional requests (api.md, "caching"). */
@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<Reply>): Observable<void> {
    const request = context.switchToHttp().getRequest<PortalRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(map((reply) => send(request, response, reply)));
  }
}

const send = (request: PortalRequest, response: Response, reply: Reply): void => {
  setHeaders(request, response, reply);
  if (isRead(request) && reply.etag && matches(request.headers['if-none-match'], reply.etag)) {
    response.status(304).end();
    return;
  }
  response.status(reply.status);
  if (reply.status === 204) response.end();
  else {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.send(reply.body);
  }
};

const setHeaders = (request: PortalRequest, response: Response, reply: Reply): void => {
  const signedIn = request.ask?.actor.kind === 'account';
  response.setHeader('Cache-Control', signedIn || !isRead(request) ? 'private, no-store' : PUBLIC_CACHE);
  response.setHeader('Vary', 'Accept-Language, Authorization, X-Api-Key');
  if (reply.languages.length > 0) response.setHeader('Content-Language', contentLanguage(reply.languages));
  if (reply.etag) response.setHeader('ETag', reply.etag);
  if (reply.location) response.setHeader('Location', reply.location);
  if (reply.link) response.setHeader('Link', reply.link);
};

const isRead = (request: PortalRequest): boolean => request.method === 'GET' || request.method === 'HEAD';

/** `If-None-Match` uses weak comparison (RFC 9110, 13.1.2). */
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
