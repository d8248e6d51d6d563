/** `npm run migrate`: brings the schema up to date and says what was done. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { runCommand } = await import('../infra/lifecycle/command.js');
  const { migrate } = await import('../infra/database/migrations.js');
  await runCommand(async ({ url }, console) => {
    const names = await migrate(url);
    if (names.length === 0) console.say('migrate.nothing');
    else console.say('migrate.done', { count: names.length, names: names.join(', ') });
  });
} else process.exitCode = 1;
