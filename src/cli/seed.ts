/** `npm run seed`: loads the records that come with the portal and are not there yet. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { runCommand } = await import('../infra/lifecycle/command.js');
  const { migrate, pendingMigrations } = await import('../infra/database/migrations.js');
  const { refusal } = await import('../infra/lifecycle/refusal.js');
  const { totalsOf } = await import('../infra/lifecycle/seed-report.js');
  await import('../app.module.js');
  const { seed } = await import('../platform/seeding/seed.js');
  await runCommand(async ({ url, embedded }, console) => {
    if (embedded) await migrate(url);
    const pending = await pendingMigrations(url);
    if (pending.length > 0) throw refusal('database.pending', { count: pending.length, names: pending.join(', ') });
    const totals = totalsOf(await seed(url));
    console.say(totals.created + totals.updated > 0 ? 'seed.done' : 'seed.nothing', totals);
  });
} else process.exitCode = 1;
