/** `npm run locales -- check|status|sort|mend`: looks after the locale files; exit code 1 where faults remain. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { readConfig } = await import('../infra/config/config.js');
  const { runLocales } = await import('../infra/i18n/locale-commands.js');
  const { localesFolder } = readConfig(process.env, 'command');
  const { passed, text } = runLocales(localesFolder, process.argv.slice(2));
  (passed ? process.stdout : process.stderr).write(text);
  if (!passed) process.exitCode = 1;
} else process.exitCode = 1;
