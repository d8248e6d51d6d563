import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emailOf } from '../../kernel/email.js';
import { type Reason, Refusal } from '../lifecycle/refusal.js';
import {
  integer,
  oneOf,
  parseDatabaseUrl,
  parseHost,
  parseIssuer,
  parseOrigin,
  parsePlain,
  parseSmtpUrl,
  type ValueKind,
} from './values.js';
import {
  absent,
  badValue,
  type ConfigVariable,
  type Environment,
  parseVariable,
  unknownVariables,
  variable,
} from './variable.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** What the portal is told from outside, complete and checked. */
export type Config = Readonly<{
  /** A PostgreSQL server of one's own; without it the embedded one in `dataFolder` is used. */
  databaseUrl: string | undefined;
  host: string;
  port: number;
  /** Absolute path of the folder that holds everything the portal writes. */
  dataFolder: string;
  /** Absolute path of the folder with the portal's own texts, `zh` and `ru`. */
  localesFolder: string;
  /** Origin of absolute links, without a slash at the end. */
  publicUrl: string;
  /** The portal's one secret: keys of every purpose are derived from it (`derived-key.ts`). */
  secretKey: string;
  /** Whether the key was stated; one that was not is replaced by the key kept in `dataFolder`. */
  secretKeyStated: boolean;
  logLevel: LogLevel;
  /** Connections to the database at most. */
  poolSize: number;
  statementTimeoutMs: number;
  bodyLimitBytes: number;
  /** How many proxies in front of the portal may state the address of the client. */
  trustProxyHops: number;
  /** Requests that one address may send to one route that takes credentials or sends mail, in a minute. */
  authLimit: number;
  /** The OpenID provider through which people may sign in beside their passwords. */
  oidc: OpenIdSettings | undefined;
  /** Whether coordinators and administrators must have a second factor. */
  requireSecondFactor: boolean;
  /** Server that takes the portal's mail; without it mail is written to files in `dataFolder`. */
  smtpUrl: string | undefined;
  /** Address that the portal's mail comes from. */
  mailFrom: string;
  /** Whether this process works on background jobs too, or leaves them to `npm run worker`. */
  jobs: 'in-process' | 'apart';
  /** Where the metrics of this process are told; nowhere unless stated. */
  metrics: MetricsSettings | undefined;
  /** Whether webhooks may go to this machine, without TLS: in demonstrations only, where the database is the portal's own. */
  allowLocalReceivers: boolean;
}>;

/** What the portal is to an OpenID provider. */
export type OpenIdSettings = Readonly<{ issuer: string; clientId: string; clientSecret: string }>;

/** Address of the metrics. */
export type MetricsSettings = Readonly<{ host: string; port: number }>;

/** Who reads the configuration: a command (migrate, seed) needs no key for cursors. */
export type Purpose = 'serve' | 'command';

const parseFolder = (text: string): string | undefined =>
  text.includes('\0') ? undefined : isAbsolute(text) ? text : resolve(projectFolder, text);

const oidcVariable = (name: string, kind: ValueKind, secret = false): ConfigVariable =>
  variable(name, undefined, kind, { absentKey: absent('PORTAL_OIDC'), secret });

/** Every variable the portal reads, in the order in which it is documented. */
export const CONFIG_VARIABLES: readonly ConfigVariable[] = [
  variable(
    'DATABASE_URL',
    undefined,
    { expected: { code: 'expected.databaseUrl' }, parse: parseDatabaseUrl },
    { absentKey: absent('DATABASE_URL'), secret: true },
  ),
  variable('HOST', '127.0.0.1', { expected: { code: 'expected.host' }, parse: parseHost }),
  variable('PORT', '3000', integer(1, 65_535)),
  variable('PORTAL_DATA_DIR', '.data', { expected: { code: 'expected.folder' }, parse: parseFolder }),
  variable('PORTAL_LOCALES_DIR', 'locales', { expected: { code: 'expected.folder' }, parse: parseFolder }),
  variable(
    'PORTAL_PUBLIC_URL',
    undefined,
    { expected: { code: 'expected.origin' }, parse: parseOrigin },
    { absentKey: absent('PORTAL_PUBLIC_URL') },
  ),
  variable(
    'PORTAL_SECRET_KEY',
    undefined,
    { expected: { code: 'expected.key' }, parse: (text) => (text.length >= 32 ? text : undefined) },
    { absentKey: absent('PORTAL_SECRET_KEY'), secret: true },
  ),
  variable('PORTAL_LOG_LEVEL', 'info', oneOf(LOG_LEVELS)),
  variable('PORTAL_POOL_SIZE', '10', integer(1, 200)),
  variable('PORTAL_STATEMENT_TIMEOUT_MS', '5000', integer(100, 600_000)),
  variable('PORTAL_BODY_LIMIT_BYTES', '262144', integer(1_024, 104_857_600)),
  variable('PORTAL_TRUST_PROXY_HOPS', '0', integer(0, 10)),
  variable('PORTAL_AUTH_LIMIT', '20', integer(1, 1_000_000)),
  oidcVariable('PORTAL_OIDC_ISSUER', { expected: { code: 'expected.issuer' }, parse: parseIssuer }),
  oidcVariable('PORTAL_OIDC_CLIENT_ID', { expected: { code: 'expected.plain' }, parse: parsePlain }),
  oidcVariable('PORTAL_OIDC_CLIENT_SECRET', { expected: { code: 'expected.plain' }, parse: parsePlain }, true),
  variable('PORTAL_REQUIRE_SECOND_FACTOR', 'false', oneOf(['true', 'false'])),
  variable(
    'PORTAL_SMTP_URL',
    undefined,
    { expected: { code: 'expected.smtpUrl' }, parse: parseSmtpUrl },
    { absentKey: absent('PORTAL_SMTP_URL'), secret: true },
  ),
  variable(
    'PORTAL_MAIL_FROM',
    undefined,
    { expected: { code: 'expected.email' }, parse: emailOf },
    { absentKey: absent('PORTAL_MAIL_FROM') },
  ),
  variable('PORTAL_JOBS', 'in-process', oneOf(['in-process', 'apart'])),
  variable('PORTAL_METRICS_PORT', undefined, integer(1, 65_535), { absentKey: absent('PORTAL_METRICS_PORT') }),
  variable('PORTAL_METRICS_HOST', '127.0.0.1', { expected: { code: 'expected.host' }, parse: parseHost }),
];

/** Stated all together or not at all. */
const OIDC_VARIABLES = ['PORTAL_OIDC_ISSUER', 'PORTAL_OIDC_CLIENT_ID', 'PORTAL_OIDC_CLIENT_SECRET'] as const;

/** The folder of the project: the nearest one above this file that holds package.json. */
export const projectFolder: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
})();

/** A host as it stands in a URL; one that means "every address" is not an address to call. */
const hostInUrl = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

/** The address to call a server that listens on `host` and `port`. */
export const originOf = (host: string, port: number): string => `http://${hostInUrl(host)}:${port}`;

/**
 * The configuration of one process.
 * @param env the environment; that of the process unless a test states another
 * @param purpose what it is read for
 * @returns the configuration, frozen
 * @throws Refusal with every problem there is
 */
export const readConfig = (env: Environment = process.env, purpose: Purpose = 'serve'): Config => {
  const problems: Reason[] = [];
  const values = new Map<string, string | number>();
  for (const described of CONFIG_VARIABLES) {
    const parsed = parseVariable(described, env);
    if (parsed?.ok) values.set(described.name, parsed.value);
    else if (parsed) problems.push(badValue(described, env[described.name] ?? '', parsed.expected));
  }
  if (env.DATABASE_URL !== undefined && env.PORTAL_SECRET_KEY === undefined && purpose === 'serve') {
    problems.push({ code: 'config.keyRequired', values: { name: 'PORTAL_SECRET_KEY' } });
  }
  const stated = OIDC_VARIABLES.filter((name) => env[name] !== undefined);
  if (stated.length > 0 && stated.length < OIDC_VARIABLES.length) {
    problems.push({ code: 'config.oidcIncomplete', values: { names: OIDC_VARIABLES.join(', ') } });
  }
  const metricsPort = values.get('PORTAL_METRICS_PORT');
  if (metricsPort !== undefined && metricsPort === values.get('PORT')) {
    problems.push({ code: 'config.samePort', values: { name: 'PORTAL_METRICS_PORT', other: 'PORT' } });
  }
  problems.push(...unknownVariables(CONFIG_VARIABLES, env));
  if (problems.length > 0) throw new Refusal(problems);
  return assemble(values);
};

const openIdOf = (values: ReadonlyMap<string, string | number>): OpenIdSettings | undefined => {
  const [issuer, clientId, clientSecret] = OIDC_VARIABLES.map((name) => values.get(name) as string | undefined);
  return issuer && clientId && clientSecret ? Object.freeze({ issuer, clientId, clientSecret }) : undefined;
};

const metricsOf = (values: ReadonlyMap<string, string | number>): MetricsSettings | undefined => {
  const [host, port] = [values.get('PORTAL_METRICS_HOST') as string, values.get('PORTAL_METRICS_PORT')];
  return port === undefined ? undefined : Object.freeze({ host, port: port as number });
};

const assemble = (values: ReadonlyMap<string, string | number>): Config => {
  const text = (name: string) => values.get(name) as string;
  const number = (name: string) => values.get(name) as number;
  const stated = values.get('PORTAL_SECRET_KEY') as string | undefined;
  const publicUrl = text('PORTAL_PUBLIC_URL') ?? originOf(text('HOST'), number('PORT'));
  return Object.freeze({
    databaseUrl: values.get('DATABASE_URL') as string | undefined,
    host: text('HOST'),
    port: number('PORT'),
    dataFolder: text('PORTAL_DATA_DIR'),
    localesFolder: text('PORTAL_LOCALES_DIR'),
    publicUrl,
    secretKey: stated ?? randomBytes(32).toString('base64url'),
    secretKeyStated: stated !== undefined,
    logLevel: text('PORTAL_LOG_LEVEL') as LogLevel,
    poolSize: number('PORTAL_POOL_SIZE'),
    statementTimeoutMs: number('PORTAL_STATEMENT_TIMEOUT_MS'),
    bodyLimitBytes: number('PORTAL_BODY_LIMIT_BYTES'),
    trustProxyHops: number('PORTAL_TRUST_PROXY_HOPS'),
    authLimit: number('PORTAL_AUTH_LIMIT'),
    oidc: openIdOf(values),
    requireSecondFactor: text('PORTAL_REQUIRE_SECOND_FACTOR') === 'true',
    smtpUrl: values.get('PORTAL_SMTP_URL') as string | undefined,
    mailFrom: text('PORTAL_MAIL_FROM') ?? `portal@${new URL(publicUrl).hostname}`,
    jobs: text('PORTAL_JOBS') as Config['jobs'],
    metrics: metricsOf(values),
    allowLocalReceivers: !values.has('DATABASE_URL'),
  });
};
