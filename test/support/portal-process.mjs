/**
 * The built portal as a process of its own for tests over HTTP. Besides people who sign in it knows the actor of the
 * header `X-Test-Actor` (JSON), by which tests act for whomever they like.
 * Started by `test/support/portal.ts`; arguments: the database's address, configuration that differs (JSON), a module
 * whose `prepare` is handed the portal before it starts. Tells its port over IPC.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { Authenticator } = await import('../../dist/src/infra/http/route.guard.js');
const { createPortal } = await import('../../dist/src/app.module.js');
const { Database } = await import('../../dist/src/infra/database/database.js');
const { Notifier } = await import('../../dist/src/platform/notifications/notifier.js');
const { MetricsServer } = await import('../../dist/src/platform/metrics/metrics-server.js');
const { Jobs } = await import('../../dist/src/platform/jobs/jobs.js');
const { TranslationEngine } = await import('../../dist/src/platform/translation/translation-engine.js');
const { readConfig } = await import('../../dist/src/infra/config/config.js');

class TestAuthenticator extends Authenticator {
  constructor(real) {
    super();
    this.real = real;
  }

  async authenticate(request) {
    const actor = request.headers['x-test-actor'];
    return actor === undefined ? this.real.authenticate(request) : JSON.parse(String(actor));
  }
}

const [databaseUrl, overrides = '{}', extension] = process.argv.slice(2);
const { prepare } = extension ? await import(extension) : {};
const dataFolder = mkdtempSync(join(tmpdir(), 'portal-data-'));
process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true }));
const config = {
  ...readConfig({ DATABASE_URL: databaseUrl, PORTAL_SECRET_KEY: 'k'.repeat(32), PORTAL_LOG_LEVEL: 'fatal' }),
  dataFolder,
  // Tests of anything but the limit itself sign in as often as they like.
  authLimit: 1_000_000,
  // Jobs lie where they are made, unless a test wants them done.
  jobs: 'apart',
  ...JSON.parse(overrides),
};
const app = await createPortal(config, {
  databaseUrl,
  wrapAuthenticator: (real) => new TestAuthenticator(real),
  ...(prepare && { beforeStart: prepare }),
});
// An engine that a test knows every word of.
if (config.engine === 'fake')
  Object.assign(app.get(TranslationEngine, { strict: false }), {
    connected: true,
    translate: async ({ text, into }) =>
      text.length > 1_000 ? undefined : into === 'ru' ? 'Машинный перевод' : '机器翻译',
  });
await app.listen(0, '127.0.0.1');
if (config.jobs === 'in-process') await app.get(Jobs).work();
/** Tells people of something in a transaction of its own, which is undone where the test wants that. */
const notify = async ({ notification, undo }) => {
  const undone = new Error('undone');
  const work = async (manager) => {
    await app.get(Notifier).notify(manager, notification);
    if (undo) throw undone;
  };
  const fault = await app
    .get(Database)
    .transaction(work)
    .then(
      () => null,
      (error) => error,
    );
  process.send({ notified: fault === null || fault === undone ? null : String(fault) });
};

await app.get(MetricsServer, { strict: false }).listen();
const metricsPort = app.get(MetricsServer, { strict: false }).address?.port;
process.send({ port: app.getHttpServer().address().port, metricsPort });
process.on('message', async (message) => {
  if (message.notification) await notify(message);
  if (message !== 'stop') return;
  await app.close();
  process.exit(0);
});
// A test run that was killed takes its portals with it.
process.on('disconnect', () => process.exit(0));
