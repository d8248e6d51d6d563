import { join } from 'node:path';
import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Logger, pino } from 'pino';
import { LeadsModule } from './features/leads/leads.module.js';
import { OrganizationsModule } from './features/organizations/organizations.module.js';
import { type Config, projectFolder } from './infra/config/config.js';
import { createDataSource, Database } from './infra/database/database.js';
import { entrance } from './infra/http/entrance.js';
import { ProblemFilter } from './infra/http/problem.filter.js';
import { ReplyInterceptor } from './infra/http/reply.interceptor.js';
import { Authenticator, RouteGuard } from './infra/http/route.guard.js';
import { BODY_LIMIT, LOGGER } from './infra/http/tokens.js';
import { Texts } from './infra/i18n/texts.js';
import { Translation } from './platform/translation/translation.entity.js';
import { TranslationModule } from './platform/translation/translation.module.js';
import { entities } from './resource/entities.js';
import { ResourceModule } from './resource/resource.module.js';

@Module({})
export class AppModule {
  static with(config: Config, database: Database, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [TranslationModule, ResourceModule.with(config.cursorKey), OrganizationsModule, LeadsModule],
      providers: [
        { provide: Database, useValue: database },
        { provide: Texts, useFactory: () => Texts.load(join(projectFolder, 'locales')) },
        { provide: LOGGER, useValue: logger },
        { provide: BODY_LIMIT, useValue: config.bodyLimitBytes },
        Authenticator,
        { provide: APP_GUARD, useClass: RouteGuard },
        { provide: APP_INTERCEPTOR, useClass: ReplyInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [Database, Texts, LOGGER],
    };
  }
}

/** How long an idle connection is kept, and how long a client may take for its request (hardening C51). */
const KEEP_ALIVE_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The portal as a Nest application that does not listen yet.
 * @param options.databaseUrl a migrated database; the caller has probed it
 */
export const createPortal = async (config: Config, options: { databaseUrl: string }): Promise<INestApplication> => {
  const logger = pino({ level: config.logLevel });
  const source = createDataSource({
    url: options.databaseUrl,
    poolSize: config.poolSize,
    statementTimeoutMs: config.statementTimeoutMs,
    entities: [...entities(), Translation],
  });
  await source.initialize();
  const database = new Database(source, config.poolSize);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, database, logger), {
    logger: false,
    bodyParser: false,
  });
  configure(app, config);
  await app.init();
  return app;
};

const configure = (app: NestExpressApplication, config: Config): void => {
  app.set('etag', false);
  app.set('x-powered-by', false);
  app.set('query parser', false);
  app.set('strict routing', true);
  app.set('case sensitive routing', true);
  app.set('trust proxy', config.trustProxyHops);
  app.setGlobalPrefix('api/v1');
  app.use(entrance);
  const server = app.getHttpServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
};
