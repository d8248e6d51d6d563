import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { problem } from '../../kernel/problems.js';
import { inContext } from '../logging/log-context.js';
import type { PortalRequest } from './route.js';

const LONGEST_URL = 8_000;
const YEAR_SECONDS = 31_536_000;

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

/** The portal itself speaks plain HTTP behind a proxy; what people see is its public address (RFC 6797, 7.2). */
const underTls = (publicUrl: string): Record<string, string> =>
  publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': `max-age=${YEAR_SECONDS}` } : {};

/**
 * First handler of every request: gives it an id that goes with all work it calls for, sets the headers every
 * answer has, and refuses targets that no route could have meant.
 * @param publicUrl origin under which the portal is reached
 */
export const entranceOf = (publicUrl: string): RequestHandler => {
  const headers = Object.entries({ ...HEADERS, ...underTls(publicUrl) });
  return (request: Request, response: Response, next: NextFunction): void => {
    const requestId = randomUUID();
    (request as PortalRequest).requestId = requestId;
    response.setHeader('X-Request-Id', requestId);
    for (const [name, value] of headers) response.setHeader(name, value);
    const fault = request.url.length > LONGEST_URL ? problem('request.uri-too-long') : undefined;
    inContext({ requestId }, () => next(fault));
  };
};
