/**
 * The built portal as a process of its own for tests over HTTP. Its authenticator takes the actor from the header
 * `X-Test-Actor` (JSON), which is how the write verbs are proven before accounts exist.
 * Started by `test/support/portal.ts` with the database's address as argument; tells its port over IPC.
 */
const { Authenticator } = await import('../../dist/src/infra/http/route.guard.js');
const { createPortal } = await import('../../dist/src/app.module.js');
const { Jobs } = await import('../../dist/src/platform/jobs/jobs.js');
const { readConfig } = await import('../../dist/src/infra/config/config.js');

class TestAuthenticator extends Authenticator {
  async authenticate(request) {
    const actor = request.headers['x-test-actor'];
    return actor === undefined ? super.authenticate(request) : JSON.parse(String(actor));
  }
}

const [databaseUrl, overrides = '{}'] = process.argv.slice(2);
const config = {
  ...readConfig({ DATABASE_URL: databaseUrl, PORTAL_SECRET_KEY: 'k'.repeat(32), PORTAL_LOG_LEVEL: 'fatal' }),
  // Tests of anything but the limit itself sign in as often as they like.
  authLimit: 1_000_000,
  // Jobs lie where they are made, unless a test wants them done.
  jobs: 'apart',
  ...JSON.parse(overrides),
};
const app = await createPortal(config, { databaseUrl, authenticator: new TestAuthenticator() });
await app.listen(0, '127.0.0.1');
if (config.jobs === 'in-process') await app.get(Jobs).work();
process.send({ port: app.getHttpServer().address().port });
process.on('message', async (message) => {
  if (message !== 'stop') return;
  await app.close();
  process.exit(0);
});
// A test run that was killed takes its portals with it.
process.on('disconnect', () => process.exit(0));
