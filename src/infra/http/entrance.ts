import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { problem } from '../../kernel/problems.js';
import type { PortalRequest } from './route.js';

const LONGEST_URL = 8_000;

/**
 * First handler of every request: gives it an id, sets the headers every answer has, and refuses
 * targets that no route could have meant.
 */
export const entrance = (request: Request, response: Response, next: NextFunction): void => {
  const requestId = randomUUID();
  (request as PortalRequest).requestId = requestId;
  response.setHeader('X-Request-Id', requestId);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  next(request.url.length > LONGEST_URL ? problem('request.uri-too-long') : undefined);
};
