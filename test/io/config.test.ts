import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CONFIG_VARIABLES, projectFolder, readConfig } from '../../src/infra/config/config.js';
import { Texts } from '../../src/infra/i18n/texts.js';
import type { Reason, Refusal } from '../../src/infra/lifecycle/refusal.js';
import { LANGUAGES } from '../../src/kernel/languages.js';

const texts = Texts.load(join(projectFolder, 'locales'));
const KEY = 'k'.repeat(32);
const SERVER = 'postgres://u:p@db.example.org:5432/portal';

const OIDC = {
  PORTAL_OIDC_ISSUER: 'https://id.example.org/realms/portal',
  PORTAL_OIDC_CLIENT_ID: 'portal',
  PORTAL_OIDC_CLIENT_SECRET: 'not to be told',
};

const reasonsOf = (env: Record<string, string>): readonly Reason[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as Refusal).reasons;
  }
};

describe('the configuration', () => {
  test('is complete without a single variable', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      secretKeyStated: false,
      logLevel: 'info',
      poolSize: 10,
      statementTimeoutMs: 5000,
      bodyLimitBytes: 262_144,
      trustProxyHops: 0,
      authLimit: 20,
      oidc: undefined,
      requireSecondFactor: false,
      smtpUrl: undefined,
      mailFrom: 'portal@127.0.0.1',
      metrics: undefined,
    });
    expect(config.dataFolder).toBe(join(projectFolder, '.data'));
    expect(config.secretKey.length).toBeGreaterThanOrEqual(32);
    expect(readConfig({}).secretKey).not.toBe(config.secretKey);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('takes what is stated', () => {
    const env = {
      DATABASE_URL: SERVER,
      PORTAL_SECRET_KEY: KEY,
      HOST: '::1',
      PORT: '8080',
      PORTAL_DATA_DIR: 'elsewhere',
    };
    const config = readConfig({ ...env, PORTAL_PUBLIC_URL: 'https://Portal.example.org/' });
    expect(config).toMatchObject({
      databaseUrl: SERVER,
      secretKey: KEY,
      secretKeyStated: true,
      host: '::1',
      port: 8080,
    });
    expect(config.publicUrl).toBe('https://portal.example.org');
    expect(isAbsolute(config.dataFolder)).toBe(true);
    expect(readConfig(env).publicUrl).toBe('http://[::1]:8080');
    expect(readConfig({ HOST: '0.0.0.0' }).publicUrl).toBe('http://localhost:3000');
  });

  test('tells metrics only where a port is stated, and not on that of the portal', () => {
    expect(readConfig({ PORTAL_METRICS_PORT: '9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
    const env = { PORTAL_METRICS_PORT: '9464', PORTAL_METRICS_HOST: '10.0.0.1' };
    expect(readConfig(env).metrics?.host).toBe('10.0.0.1');
    expect(reasonsOf({ PORTAL_METRICS_PORT: '3000' }).map(({ code }) => code)).toEqual(['config.samePort']);
  });

  test('needs a key with a server of one’s own, except for commands', () => {
    expect(reasonsOf({ DATABASE_URL: SERVER }).map((reason) => reason.code)).toEqual(['config.keyRequired']);
    expect(readConfig({ DATABASE_URL: SERVER }, 'command').databaseUrl).toBe(SERVER);
  });

  test.each([
    ['PORT', ['0', '65536', '3000x', ' 3000', '1e3', '-1', '08', '3.5', '']],
    ['HOST', ['', 'a b', 'http://x', 'x/y']],
    ['DATABASE_URL', ['', 'mysql://a/b', 'postgres://host', 'host:5432', 'postgres://h/']],
    ['PORTAL_PUBLIC_URL', ['portal', 'ftp://x', 'https://x/path', 'https://x/?a', 'https://u:p@x', 'https://x#', '']],
    ['PORTAL_SECRET_KEY', ['', 'k'.repeat(31)]],
    ['PORTAL_DATA_DIR', ['']],
    ['PORTAL_LOG_LEVEL', ['verbose', 'INFO', '']],
    ['PORTAL_POOL_SIZE', ['0', '201', 'ten']],
    ['PORTAL_STATEMENT_TIMEOUT_MS', ['99', '600001', '5s']],
    ['PORTAL_BODY_LIMIT_BYTES', ['1023', '256kb']],
    ['PORTAL_TRUST_PROXY_HOPS', ['-1', '11', 'true']],
    [
      'PORTAL_OIDC_ISSUER',
      ['', 'id.example.org', 'http://id.example.org', 'https://id.example.org/?a=1', 'https://u:p@id.example.org'],
    ],
    ['PORTAL_OIDC_CLIENT_ID', ['', ' ', 'портал']],
    ['PORTAL_AUTH_LIMIT', ['0', '1000001', 'off']],
    ['PORTAL_REQUIRE_SECOND_FACTOR', ['', 'yes', '1', 'TRUE']],
    ['PORTAL_METRICS_PORT', ['0', '65536', 'on', '']],
    ['PORTAL_METRICS_HOST', ['', 'a b', 'http://x']],
    ['PORTAL_SMTP_URL', ['', 'mail.example.org', 'http://mail.example.org', 'smtp://']],
    ['PORTAL_MAIL_FROM', ['', 'portal', 'Портал <portal@example.org>', 'портал@example.org']],
  ])('refuses a bad %s by name', (name, values) => {
    for (const value of values) {
      const reasons = reasonsOf({ PORTAL_SECRET_KEY: KEY, ...OIDC, [name]: value });
      expect([value, reasons.map((reason) => reason.values?.name)]).toEqual([value, [name]]);
    }
  });

  test('takes an OpenID provider whole or not at all', () => {
    const settings = { issuer: OIDC.PORTAL_OIDC_ISSUER, clientId: 'portal', clientSecret: 'not to be told' };
    expect(readConfig(OIDC).oidc).toEqual(settings);
    expect(readConfig({ ...OIDC, PORTAL_OIDC_ISSUER: 'http://127.0.0.1:8080' }).oidc?.issuer).toMatch(/^http:/);
    for (const name of Object.keys(OIDC)) {
      const { [name]: _, ...rest } = OIDC as Record<string, string>;
      expect(reasonsOf(rest).map(({ code }) => code)).toEqual(['config.oidcIncomplete']);
    }
  });

  test('tells every problem at once and never repeats a secret', () => {
    const reasons = reasonsOf({
      DATABASE_URL: 'mysql://u:hush@h/d',
      PORT: 'x',
      PORTAL_COLOUR: 'red',
      PORTAL_SECRET_KEY: 'hush',
    });
    expect(reasons.map((reason) => [reason.code, reason.values?.name])).toEqual([
      ['config.bad', 'DATABASE_URL'],
      ['config.bad', 'PORT'],
      ['config.bad', 'PORTAL_SECRET_KEY'],
      ['config.unknown', 'PORTAL_COLOUR'],
    ]);
    expect(JSON.stringify(reasons)).not.toContain('hush');
  });

  test('has a description, an expectation and a default in both languages for each variable', () => {
    for (const language of LANGUAGES) {
      for (const { fallback, descriptionKey, absentKey, expected } of CONFIG_VARIABLES) {
        expect(texts.t(language, descriptionKey)).not.toBe('');
        expect(texts.t(language, `console:${expected.code}`, expected.values)).not.toMatch(/\{\{/);
        expect(absentKey === undefined ? fallback : texts.t(language, absentKey)).toEqual(expect.any(String));
      }
    }
  });
});

test('every reason to refuse that the sources name has its text in both languages', () => {
  const sources = [
    'config/config',
    'database/probe',
    'lifecycle/secret-key',
    'lifecycle/node-version',
    'lifecycle/open-database',
    'lifecycle/port',
    'lifecycle/run',
  ]
    .concat(
      ['binaries', 'cluster', 'data-folder', 'embedded-database', 'old-server', 'places'].map(
        (name) => `database/embedded/${name}`,
      ),
    )
    .map((name) => readFileSync(join(projectFolder, 'src', 'infra', `${name}.ts`), 'utf8'))
    .join('\n');
  const codes = [...new Set(sources.match(/'(config|data|database|lock|node|port)\.[a-zA-Z]+'/g))].map((code) =>
    code.slice(1, -1),
  );
  expect(codes.length).toBeGreaterThan(30);
  // The port of the metrics has the same reasons in words of its own.
  codes.push(...codes.filter((code) => code.startsWith('port.')).map((code) => code.replace('port.', 'metrics.')));
  const spoken = [
    'database.ended',
    'database.foundOldServer',
    'database.relocated',
    'database.restartFailed',
    'database.restarted',
  ];
  for (const language of LANGUAGES) {
    const missing = codes
      .filter((code) => !spoken.includes(code))
      .filter((code) => !texts.has(language, `console:refusal.${code}`, { count: 1 }));
    expect(missing).toEqual([]);
  }
});
