import type { NextFunction, Response } from 'express';
import type { Logger } from 'pino';
import type { PortalRequest } from '../http/route.js';

const LONGEST_PATH = 200;

/** A part of a path that opens something by itself, such as a private calendar (hardening G99). */
const SECRET_PART = /\/[\w-]{43}(?=\/|$)/g;

const shownPath = (url: string): string =>
  url.split('?', 1)[0]!.replace(SECRET_PART, '/[secret]').slice(0, LONGEST_PATH);

/**
 * Notes every finished request with the id that its answer carries. The query is left out: it may hold what
 * somebody looked for, or a key that was sent the wrong way. Comes after `entrance`, which gives the id.
 */
export const logRequests =
  (logger: Logger) =>
  (request: PortalRequest, response: Response, next: NextFunction): void => {
    const began = performance.now();
    response.once('close', () => {
      const { requestId, method, ask } = request;
      logger.info(
        {
          requestId,
          method,
          path: shownPath(request.originalUrl),
          status: response.statusCode,
          ms: Math.round(performance.now() - began),
          ...(ask?.actor.kind === 'account' && { account: ask.actor.id }),
          ...(ask?.actor.kind === 'key' && { apiKeyId: ask.actor.id }),
          ...(!response.writableFinished && { brokenOff: true }),
        },
        'request finished',
      );
    });
    next();
  };
