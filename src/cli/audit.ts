/** `npm run audit -- verify` and `npm run audit -- erase`: looks after the trail; exit code 1 where it is not in order. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { readConfig } = await import('../infra/config/config.js');
  const { runCommand } = await import('../infra/lifecycle/command.js');
  const { Console } = await import('../infra/lifecycle/console.js');
  const { parseAuditCommand } = await import('../platform/audit/audit-command.js');
  const { runAudit } = await import('../platform/audit/run-audit.js');
  const command = parseAuditCommand(process.argv.slice(2));
  if (command)
    await runCommand((database, console) => runAudit(command, database, console, readConfig(undefined, 'command')));
  else {
    new Console().warn('audit.usage');
    process.exitCode = 1;
  }
} else process.exitCode = 1;
