import type { NextFunction, RequestHandler, Response } from 'express';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { PortalRequest } from '../http/route.js';

/** Upper bounds in seconds: a read takes a few milliseconds, a statement at most five seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Methods that are told apart; whatever else a client makes up is one. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS']);

/** The route that served a request, as a template; never its path, of which there are as many as clients think of. */
const routeOf = ({ route, baseUrl }: PortalRequest): string => {
  const { path } = (route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? `${baseUrl}${path}`.replaceAll(/:(\w+)/g, '{$1}') : 'none';
};

/** Streams last as long as their readers like: their time says nothing about the portal. */
const isStream = ({ declared }: PortalRequest): boolean => declared?.answer === 'stream';

/** Counts and times every request. Comes first, so that refusals of every kind are counted too. */
export const measureRequests = (registry: Registry): RequestHandler => {
  const registers = [registry];
  const finished = new Counter({
    name: 'portal_http_requests_total',
    help: 'Requests that are over, by route template; status 499 where the client left before the answer.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'portal_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer, without streams.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers,
  });
  const underWay = new Gauge({
    name: 'portal_http_requests_in_flight',
    help: 'Requests under way, with open streams.',
    registers,
  });
  return (request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    underWay.inc();
    response.once('close', () => {
      underWay.dec();
      const method = METHODS.has(request.method) ? request.method : 'other';
      const route = routeOf(request);
      finished.inc({ method, route, status: response.writableFinished ? response.statusCode : LEFT });
      if (!isStream(request)) seconds.observe({ method, route }, (performance.now() - began) / 1_000);
    });
    next();
  };
};

/** Customary for a client that closed the connection before it was answered. */
const LEFT = 499;
