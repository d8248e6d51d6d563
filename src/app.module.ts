import { join } from 'node:path';
import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Logger, pino } from 'pino';
import { DocumentsModule } from './features/documents/documents.module.js';
import { IndicatorsModule } from './features/indicators/indicators.module.js';
import { LeadsModule } from './features/leads/leads.module.js';
import { MattersModule } from './features/matters/matters.module.js';
import { MechanismsModule } from './features/mechanisms/mechanisms.module.js';
import { MeetingsModule } from './features/meetings/meetings.module.js';
import { OrganizationsModule } from './features/organizations/organizations.module.js';
import { PlansModule } from './features/plans/plans.module.js';
import { PoliciesModule } from './features/policies/policies.module.js';
import { ZonesModule } from './features/zones/zones.module.js';
import { type Config, projectFolder } from './infra/config/config.js';
import { Database, openDataSource } from './infra/database/database.js';
import { entrance } from './infra/http/entrance.js';
import { PortalAdapter } from './infra/http/portal-adapter.js';
import { ProblemFilter } from './infra/http/problem.filter.js';
import { Authenticator, RouteGuard } from './infra/http/route.guard.js';
import { BODY_LIMIT, LOGGER } from './infra/http/tokens.js';
import { Texts } from './infra/i18n/texts.js';
import { platformEntities } from './platform/platform-entities.js';
import { TranslationModule } from './platform/translation/translation.module.js';
import { entities } from './resource/entities.js';
import { ResourceModule } from './resource/resource.module.js';

/** In the order in which the documentation lists them. */
const FEATURES = [
  OrganizationsModule,
  DocumentsModule,
  MechanismsModule,
  MeetingsModule,
  MattersModule,
  PlansModule,
  ZonesModule,
  LeadsModule,
  PoliciesModule,
  IndicatorsModule,
];

@Module({})
export class AppModule {
  static with(config: Config, database: Database, logger: Logger, authenticator: Authenticator): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [TranslationModule, ResourceModule.with(config.cursorKey), ...FEATURES],
      providers: [
        { provide: Database, useValue: database },
        { provide: Texts, useFactory: () => Texts.load(join(projectFolder, 'locales')) },
        { provide: LOGGER, useValue: logger },
        { provide: BODY_LIMIT, useValue: config.bodyLimitBytes },
        { provide: Authenticator, useValue: authenticator },
        { provide: APP_GUARD, useClass: RouteGuard },
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
 * @param options.authenticator finds out who asks; without it everybody is anonymous
 */
export const createPortal = async (
  config: Config,
  options: { databaseUrl: string; authenticator?: Authenticator },
): Promise<INestApplication> => {
  const logger = pino({ level: config.logLevel });
  const source = await openDataSource({
    url: options.databaseUrl,
    poolSize: config.poolSize,
    statementTimeoutMs: config.statementTimeoutMs,
    entities: [...entities(), ...platformEntities],
  });
  const database = new Database(source, config.poolSize);
  const root = AppModule.with(config, database, logger, options.authenticator ?? new Authenticator());
  const app = await NestFactory.create<NestExpressApplication>(root, new PortalAdapter(), {
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
