import 'reflect-metadata';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule, NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import { projectFolder, readConfig } from '../../src/infra/config/config.js';
import { Database } from '../../src/infra/database/database.js';
import { PortalAdapter } from '../../src/infra/http/portal-adapter.js';
import { ProblemFilter } from '../../src/infra/http/problem.filter.js';
import { RefusalObserver } from '../../src/infra/http/refusals.js';
import { Authenticator, RouteGuard } from '../../src/infra/http/route.guard.js';
import { Route } from '../../src/infra/http/route.js';
import { RouteTable } from '../../src/infra/http/route-table.js';
import { BODY_LIMIT, LOGGER, PUBLIC_URL } from '../../src/infra/http/tokens.js';
import { Texts } from '../../src/infra/i18n/texts.js';
import type { Reply } from '../../src/kernel/exchange.js';
import { startPortal, type TestPortal } from '../support/portal.js';

const silent = pino({ level: 'silent' });
const REPLY: Reply = { status: 200, body: Buffer.from('{}'), languages: [] };

/** One route as it should be, and one that says nothing about itself. */
@Controller('probe')
class ProbeController {
  @Route({
    method: 'get',
    path: 'declared',
    permission: 'public: a test',
    open: true,
    operation: 'probe',
    answer: 'none',
    status: 200,
  })
  declared(): Reply {
    return REPLY;
  }

  @Get('undeclared')
  undeclared(): Reply {
    return REPLY;
  }
}

@Module({
  imports: [DiscoveryModule],
  controllers: [ProbeController],
  providers: [
    RouteTable,
    Authenticator,
    { provide: Texts, useFactory: () => Texts.load(join(projectFolder, 'locales')) },
    { provide: LOGGER, useValue: silent },
    { provide: BODY_LIMIT, useValue: 1_000 },
    { provide: PUBLIC_URL, useValue: 'http://127.0.0.1' },
    RefusalObserver,
    { provide: APP_GUARD, useClass: RouteGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
class ProbeModule {}

const quiet = { logger: false, bodyParser: false, abortOnError: false } as const;

describe('a route without a declaration', () => {
  let app: INestApplication;
  beforeAll(async () => {
    app = await NestFactory.create(ProbeModule, new PortalAdapter(), quiet);
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app?.close());

  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/probe/${path}`);

  it('is closed to everybody', async () => {
    expect((await ask('declared')).status).toBe(200);
    const response = await ask('undeclared');
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'auth.forbidden']);
  });

  it('is found out', () => {
    expect(app.get(RouteTable).undeclared()).toEqual([{ controller: 'ProbeController', handler: 'undeclared' }]);
  });
});

describe('the routes of the portal', () => {
  let table: RouteTable;
  beforeAll(async () => {
    const database = new Database(new DataSource({ type: 'postgres' }), { poolSize: 0, statementTimeoutMs: 0 });
    const root = AppModule.with(readConfig({}, 'command'), database, silent);
    table = (await NestFactory.create(root, new PortalAdapter(), quiet)).get(RouteTable);
  });

  it('all say who may use them', () => {
    expect(table.undeclared()).toEqual([]);
    const unclear = table
      .entries()
      .filter(({ declaration: { permission } }) => !/^([a-z][a-z-]*\.[a-z]+|public: .+)$/.test(permission));
    expect(unclear).toEqual([]);
  });

  it('are open to read and closed to write, but for the ways in', () => {
    for (const { declaration, path } of table.entries()) {
      const { method, open, permission, resource } = declaration;
      const reads = permission.endsWith('.read') || permission.startsWith('public: ');
      const readsRecords = method === 'get' && resource !== undefined && reads;
      expect([path, method, open]).toEqual([path, method, readsRecords || permission.startsWith('public: ')]);
    }
  });

  it('stand under paths of lower case without a slash at the end, each once', () => {
    const entries = table.entries().map(({ declaration, path }) => `${declaration.method} ${path}`);
    expect(new Set(entries).size).toBe(entries.length);
    // Calendar programs want the ending `.ics`, pictures and papers are files; no other is served.
    const plain = table
      .entries()
      .map(({ path }) => path.replace(/\/(calendar|meetings)\.ics$|\/(graph)\.svg$|\/([a-z]+)\.docx$/, '/$1$2$3'));
    for (const path of plain) expect(path).toMatch(/^\/api\/v1(\/([a-z][a-z-]*|\{[a-z]+\}))+$/);
  });
});

/** Sends a path letter by letter, which `fetch` would tidy up. */
const send = (url: string, method: string, path: string): Promise<{ status: number; allow?: string; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = httpRequest({ hostname, port, method, path, headers: { 'Accept-Language': 'ru' } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, allow: response.headers.allow, body }));
    });
    request.on('error', reject).end();
  });

describe('what is not served', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal?.close());

  it.each([
    ['PUT', '/api/v1/leads', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/api/v1/leads', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/api/v1/leads/x', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['GET', '/api/v1/leads/x/publish', 'OPTIONS, POST'],
    ['TRACE', '/api/v1/leads', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/api/v1/vocabularies', 'GET, HEAD, OPTIONS'],
    ['POST', '/health/live', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/openapi.zh.json', 'GET, HEAD, OPTIONS'],
    ['POST', '/docs', 'GET, HEAD, OPTIONS'],
  ])('%s %s is refused with what is allowed: %s', async (method, path, allow) => {
    const answer = await send(portal.url, method, path);
    expect([answer.status, answer.allow]).toEqual([405, allow]);
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'route.method-not-allowed',
      title: 'Метод не поддерживается',
    });
  });

  it.each([
    ['/api/v1/leads', 'GET, HEAD, OPTIONS, POST'],
    ['/api/v1/vocabularies/side', 'GET, HEAD, OPTIONS'],
  ])('OPTIONS %s tells %s', async (path, allow) => {
    expect(await send(portal.url, 'OPTIONS', path)).toEqual({ status: 204, allow, body: '' });
  });

  it.each([
    '/',
    '/api',
    '/api/v1',
    '/api/v1/',
    '/api/v1/leads/',
    '/api/v1/Leads',
    '/API/v1/leads',
    '//api/v1/leads',
    '/api//v1/leads',
    '/api/v1//leads',
    '/api/v1/./leads',
    '/api/v1/zones/../leads',
    '/api/v1/leads;x=1',
    '/api/v1/%6ceads',
    '/api/v1/leads%2f',
    '/api/v1/leads/x/publish/',
    '/api/v1/unknown',
    '/docs/',
    '/docs/assets/',
    '/health',
    `/${'a/'.repeat(3_000)}`,
  ])('%.40s is no path', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']) {
      const answer = await send(portal.url, method, path);
      expect([method, answer.status]).toEqual([method, 404]);
      if (method !== 'HEAD') expect(JSON.parse(answer.body)).toMatchObject({ code: 'route.not-found' });
    }
  });

  it('is not reached by a method in a header', async () => {
    const response = await fetch(`${portal.url}/api/v1/leads`, {
      headers: { 'X-HTTP-Method-Override': 'DELETE', 'X-Original-URL': '/api/v1/zones', 'X-Rewrite-URL': '/docs' },
    });
    expect(response.status).toBe(200);
    expect(((await response.json()) as { items: object[] }).items[0]).toHaveProperty('stageLog');
  });

  it('answers HEAD like GET, without a body', async () => {
    for (const path of ['/api/v1/leads', '/api/v1/vocabularies', '/docs/zh', '/openapi.ru.json', '/health/live']) {
      const [head, get] = await Promise.all(
        ['HEAD', 'GET'].map((method) =>
          fetch(`${portal.url}${path}`, { method, headers: { 'Accept-Language': 'zh' } }),
        ),
      );
      expect([path, head!.status, await head!.text()]).toEqual([path, 200, '']);
      for (const name of ['content-type', 'etag', 'content-language']) {
        expect([path, name, head!.headers.get(name)]).toEqual([path, name, get!.headers.get(name)]);
      }
      await get!.arrayBuffer();
    }
  });
});
