/** `npm run worker`: works on the background jobs of the database that DATABASE_URL names, and answers nobody. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { runWorker } = await import('../infra/lifecycle/run-worker.js');
  await runWorker({
    createPortal: async (...given) => (await import('../app.module.js')).createPortal(...given),
    pendingMigrations: async (url) => (await import('../infra/database/migrations.js')).pendingMigrations(url),
    metrics: async (app) =>
      app.get((await import('../platform/metrics/metrics-server.js')).MetricsServer, { strict: false }).listen(),
    work: async (app) => app.get((await import('../platform/jobs/jobs.js')).Jobs).work(),
  });
} else process.exitCode = 1;
