import { createServer, type ServerOptions } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Express, type RequestHandler, type Response, Router } from 'express';
import type { Reply } from '../../kernel/exchange.js';
import { contentLanguage } from '../../kernel/languages.js';
import type { PortalRequest } from './route.js';
import { API_PREFIX } from './route-table.js';

/**
 * Bodies up to this many bytes are handed to Node as a string of their bytes: Node puts it behind the head and writes both
 * at once, where a buffer is a second piece.
 */
const IN_ONE_PIECE = 65_536;

/** The first segment of a route or of a path below the API's prefix. */
const ROOM = new RegExp(`^/${API_PREFIX}/([^/:]+)`);

const roomOf = (path: string): string | undefined => ROOM.exec(path)?.[1];

const PUBLIC_CACHE = 'public, max-age=60, stale-while-revalidate=300';

/** How long an idle connection is kept, and how long a client may take for its request (hardening C51). */
const LIMITS: ServerOptions = {
  keepAliveTimeout: 30_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Node looks for those who take longer only now and then.
  connectionsCheckingInterval: 1_000,
};

/** Express reads these settings together with its first handler, and the adapter adds one as soon as it is made. */
const strictExpress = (): Express => {
  const instance = express();
  for (const off of ['etag', 'x-powered-by', 'query parser']) instance.set(off, false);
  for (const on of ['strict routing', 'case sensitive routing']) instance.set(on, true);
  return instance;
};

/**
 * Express as the portal speaks it: what a handler returns is a `Reply`, finished JSON with the facts for its
 * headers, and goes out as it is (api.md, "caching"). An adapter and not an interceptor, because Nest would
 * serialize and send once more after an interceptor has answered.
 */
export class PortalAdapter extends ExpressAdapter {
  private readonly rooms = new Map<string, Router>();

  constructor() {
    super(strictExpress());
  }

  override get(...route: unknown[]): unknown {
    return this.inRoom('get', route) ?? super.get(...(route as [never]));
  }

  override post(...route: unknown[]): unknown {
    return this.inRoom('post', route) ?? super.post(...(route as [never]));
  }

  override patch(...route: unknown[]): unknown {
    return this.inRoom('patch', route) ?? super.patch(...(route as [never]));
  }

  override delete(...route: unknown[]): unknown {
    return this.inRoom('delete', route) ?? super.delete(...(route as [never]));
  }

  /**
   * Puts a route into the room of its first segment. Express asks route after route whether it is meant; with rooms it
   * asks the few of one, however many routes the API has.
   */
  private inRoom(method: 'get' | 'post' | 'patch' | 'delete', [path, handler]: unknown[]): unknown {
    const name = roomOf(String(path));
    return name === undefined ? undefined : this.roomAt(name)[method](String(path), handler as RequestHandler);
  }

  private roomAt(name: string): Router {
    // Where the first route stands: behind everything that every request passes.
    if (this.rooms.size === 0) this.getInstance<Express>().use(this.enterRoom);
    const known = this.rooms.get(name);
    if (known) return known;
    const room = Router({ caseSensitive: true, strict: true });
    this.rooms.set(name, room);
    return room;
  }

  private readonly enterRoom: RequestHandler = (request, response, next) => {
    const room = this.rooms.get(roomOf(request.path) ?? '');
    if (room) room(request, response, next);
    else next();
  };

  override initHttpServer(): void {
    this.httpServer = createServer(LIMITS, this.getInstance());
  }

  override reply(response: Response, reply: Reply): void {
    const request = response.req as PortalRequest;
    setHeaders(request, response, reply);
    if (isRead(request) && reply.etag && matches(request.headers['if-none-match'], reply.etag)) {
      response.status(304).end();
      return;
    }
    response.status(reply.status);
    if (reply.body.length === 0) {
      response.end();
      return;
    }
    response.setHeader('Content-Type', contentTypeOf(reply.type ?? 'application/json'));
    response.setHeader('Content-Length', reply.body.length);
    if (request.method === 'HEAD') response.end();
    else if (reply.body.length > IN_ONE_PIECE) response.end(reply.body);
    else response.end(reply.body.toString('latin1'), 'latin1');
  }
}

const setHeaders = (request: PortalRequest, response: Response, reply: Reply): void => {
  const signedIn = (request.ask?.actor.kind ?? 'anonymous') !== 'anonymous' || request.declared?.cookies;
  response.setHeader('Cache-Control', signedIn || !isRead(request) ? 'private, no-store' : PUBLIC_CACHE);
  response.setHeader('Vary', 'Accept-Language, Authorization, X-Api-Key');
  if (reply.languages.length > 0) response.setHeader('Content-Language', contentLanguage(reply.languages));
  if (reply.etag) response.setHeader('ETag', reply.etag);
  if (reply.location) response.setHeader('Location', reply.location);
  if (reply.link) response.setHeader('Link', reply.link);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
};

/** Texts say in which characters they are written; files of other programs have none. */
const contentTypeOf = (type: string): string =>
  type.startsWith('text/') || type.endsWith('json') ? `${type}; charset=utf-8` : type;

const isRead = (request: PortalRequest): boolean => request.method === 'GET' || request.method === 'HEAD';

/** `If-None-Match` uses weak comparison (RFC 9110, 13.1.2). */
const matches = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((tag) => tag.trim() === '*' || opaque(tag.trim()) === opaque(etag)) ?? false;

const opaque = (tag: string): string => tag.replace(/^W\//, '');
