import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Response } from 'express';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { PapersModule } from './exports/papers/papers.module.js';
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
import { derivedKey } from './infra/config/derived-key.js';
import { Database, openDataSource } from './infra/database/database.js';
import { answerClientErrors } from './infra/http/client-errors.js';
import { entranceOf } from './infra/http/entrance.js';
import { methodGuard, type ServedRoute } from './infra/http/method-guard.js';
import { PortalAdapter } from './infra/http/portal-adapter.js';
import { ProblemFilter } from './infra/http/problem.filter.js';
import { RefusalObserver } from './infra/http/refusals.js';
import { Authenticator, RouteGuard } from './infra/http/route.guard.js';
import type { PortalRequest } from './infra/http/route.js';
import { API_PREFIX, RouteTable } from './infra/http/route-table.js';
import { BODY_LIMIT, CONFIG, LOGGER, PUBLIC_URL } from './infra/http/tokens.js';
import { LocaleWatch } from './infra/i18n/locale-watch.js';
import { ServingLocales } from './infra/i18n/serving-locales.js';
import { Texts } from './infra/i18n/texts.js';
import { createLogger } from './infra/logging/logger.js';
import { logRequests } from './infra/logging/request-log.js';
import { measureRequests } from './infra/metrics/request-metrics.js';
import { AccountsModule } from './platform/accounts/accounts.module.js';
import { AuditModule } from './platform/audit/audit.module.js';
import { TrailRefusalObserver } from './platform/audit/trail-refusal-observer.js';
import { ApiKeyVerifier } from './platform/auth/api-key-verifier.js';
import { AuthModule } from './platform/auth/auth.module.js';
import { PortalAuthenticator } from './platform/auth/portal-authenticator.js';
import { CalendarFeedsModule } from './platform/calendar-feeds/calendar-feeds.module.js';
import { CalendarsModule } from './platform/calendars/calendars.module.js';
import { ChangesModule } from './platform/changes/changes.module.js';
import { FeedModule } from './platform/feed/feed.module.js';
import { GlossaryModule } from './platform/glossary/glossary.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HEALTH_PATHS, mountHealth } from './platform/health/mount-health.js';
import { HousekeepingModule } from './platform/housekeeping/housekeeping.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { KeysModule } from './platform/keys/keys.module.js';
import { StoredKeys } from './platform/keys/stored-keys.js';
import { LimitGuard } from './platform/limits/limit.guard.js';
import { LimitsModule } from './platform/limits/limits.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { NotificationsModule } from './platform/notifications/notifications.module.js';
import { OidcModule } from './platform/oidc/oidc.module.js';
import { DOCS_PATHS, mountDocs } from './platform/openapi/mount-docs.js';
import { OpenApiModule } from './platform/openapi/openapi.module.js';
import { platformEntities } from './platform/platform-entities.js';
import { LiveSearchGlossary } from './platform/search/live-search-glossary.js';
import { SearchModule } from './platform/search/search.module.js';
import { TranslationModule } from './platform/translation/translation.module.js';
import { VocabulariesModule } from './platform/vocabularies/vocabularies.module.js';
import { WebhooksModule } from './platform/webhooks/webhooks.module.js';
import { entities } from './resource/entities.js';
import { ResourceModule } from './resource/resource.module.js';

const PLATFORM = [
  ...[LimitsModule, AuditModule, MailModule, AuthModule, AccountsModule, OidcModule, KeysModule, HousekeepingModule],
  ...[
    MetricsModule,
    ChangesModule,
    FeedModule,
    CalendarFeedsModule,
    JobsModule,
    NotificationsModule,
    WebhooksModule,
    TranslationModule,
    GlossaryModule,
    VocabulariesModule,
    SearchModule,
    CalendarsModule,
    OpenApiModule,
    HealthModule,
  ],
];

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

/** What is made of the records of several features. */
const EXPORTS = [PapersModule];

type WrapAuthenticator = (real: Authenticator) => Authenticator;
const asItIs: WrapAuthenticator = (real) => real;

@Module({})
export class AppModule {
  /** @param wrapAuthenticator lets tests know further ways to say who asks */
  static with(config: Config, database: Database, logger: Logger, wrapAuthenticator = asItIs): DynamicModule {
    const terms = new LiveSearchGlossary(database, projectFolder);
    return {
      module: AppModule,
      global: true,
      imports: [
        ...PLATFORM,
        ResourceModule.with(derivedKey(config.secretKey, 'cursors'), () => terms.current()),
        ...FEATURES,
        ...EXPORTS,
      ],
      providers: [
        { provide: Database, useValue: database },
        { provide: ServingLocales, useFactory: () => ServingLocales.read(config.localesFolder) },
        { provide: Texts, useFactory: ({ texts }: ServingLocales) => texts, inject: [ServingLocales] },
        LocaleWatch,
        { provide: LOGGER, useValue: logger },
        { provide: CONFIG, useValue: config },
        { provide: BODY_LIMIT, useValue: config.bodyLimitBytes },
        { provide: PUBLIC_URL, useValue: config.publicUrl },
        { provide: RefusalObserver, useClass: TrailRefusalObserver },
        // In this order: whoever asks too often is refused before anything is looked at.
        { provide: APP_GUARD, useExisting: LimitGuard },
        PortalAuthenticator,
        { provide: ApiKeyVerifier, useExisting: StoredKeys },
        { provide: Authenticator, useFactory: wrapAuthenticator, inject: [PortalAuthenticator] },
        { provide: APP_GUARD, useClass: RouteGuard },
        ProblemFilter,
        { provide: APP_FILTER, useExisting: ProblemFilter },
      ],
      exports: [Database, Texts, LocaleWatch, LOGGER, CONFIG, PUBLIC_URL],
    };
  }
}

/** How long an idle connection is kept, and how long a client may take for its request (hardening C51). */
const KEEP_ALIVE_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** The way to a migrated database, with everything that the portal keeps in it. */
export const openDatabase = async (config: Config, url: string): Promise<Database> => {
  const { poolSize, statementTimeoutMs } = config;
  const entityClasses = [...entities(), ...platformEntities];
  const source = await openDataSource({ url, poolSize, statementTimeoutMs, entities: entityClasses });
  return new Database(source, config);
};

/**
 * The portal as a Nest application that does not listen yet.
 * @param options.databaseUrl a migrated database; the caller has probed it
 * @param options.beforeStart is handed the application before its services start, such as to define kinds of jobs
 * @param options.wrapAuthenticator puts something around what finds out who asks
 */
export const createPortal = async (
  config: Config,
  options: {
    databaseUrl: string;
    wrapAuthenticator?: WrapAuthenticator;
    beforeStart?: (app: INestApplication) => void;
  },
): Promise<INestApplication> => {
  const logger = createLogger(config);
  const database = await openDatabase(config, options.databaseUrl);
  const root = AppModule.with(config, database, logger, options.wrapAuthenticator);
  const app = await NestFactory.create<NestExpressApplication>(root, new PortalAdapter(), {
    logger: false,
    bodyParser: false,
  });
  configure(app, config, logger);
  options.beforeStart?.(app);
  await app.init();
  // Faults of the handlers before the routes end here; those of the routes, in the filter itself.
  const filter = app.get(ProblemFilter);
  app.use((error: unknown, request: PortalRequest, response: Response, _next: NextFunction) =>
    filter.answer(error, request, response),
  );
  return app;
};

/** Everything that is served: the declared routes, and what is mounted beside the API. */
const servedRoutes = (app: NestExpressApplication, config: Config): ServedRoute[] => [
  ...app
    .get(RouteTable)
    .entries()
    .filter(({ declaration: { feature } }) => feature === undefined || config[feature] !== undefined)
    .map(({ declaration, path }) => ({ method: declaration.method, path })),
  ...[...HEALTH_PATHS, ...DOCS_PATHS].map((path) => ({ method: 'get', path })),
];

const configure = (app: NestExpressApplication, config: Config, logger: Logger): void => {
  app.set('etag', false);
  app.set('x-powered-by', false);
  app.set('query parser', false);
  app.set('strict routing', true);
  app.set('case sensitive routing', true);
  app.set('trust proxy', config.trustProxyHops);
  app.setGlobalPrefix(API_PREFIX);
  // Costs a little with each request, so only where somebody looks.
  if (config.metrics) app.use(measureRequests(app.get(Registry)));
  app.use(entranceOf(config.publicUrl));
  app.use(logRequests(logger));
  app.use(methodGuard(servedRoutes(app, config)));
  mountHealth(app);
  mountDocs(app);
  const server = app.getHttpServer();
  answerClientErrors(server, app.get(Texts));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
};
