/** The portal: start, listen, stop. The parts are loaded when the start gets to them, so that a refusal is quick. */
import { nodeIsRecent } from './infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { runPortal } = await import('./infra/lifecycle/run.js');
  await runPortal({
    createPortal: async (...given) => (await import('./app.module.js')).createPortal(...given),
    migrate: async (url) => (await import('./infra/database/migrations.js')).migrate(url),
    pendingMigrations: async (url) => (await import('./infra/database/migrations.js')).pendingMigrations(url),
    seed: async (url) => {
      await import('./app.module.js');
      return (await import('./platform/seeding/seed.js')).seed(url);
    },
    demoAccounts: async (app, folder) =>
      app.get((await import('./platform/accounts/demo-accounts.js')).DemoAccounts, { strict: false }).prepare(folder),
    metrics: async (app) =>
      app.get((await import('./platform/metrics/metrics-server.js')).MetricsServer, { strict: false }).listen(),
    work: async (app) => app.get((await import('./platform/jobs/jobs.js')).Jobs).work(),
  });
} else process.exitCode = 1;
