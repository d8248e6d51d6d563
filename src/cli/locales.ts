/** `npm run locales`: checks the locale files of both languages against each other; exit code 1 on faults. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { join } = await import('node:path');
  const { projectFolder } = await import('../infra/config/config.js');
  const { readLocaleFiles } = await import('../infra/i18n/locale-files.js');
  const { localeReport } = await import('../infra/i18n/locale-report.js');
  const folder = join(projectFolder, 'locales');
  const { passed, text } = localeReport(folder, readLocaleFiles(folder));
  (passed ? process.stdout : process.stderr).write(text);
  if (!passed) process.exitCode = 1;
} else process.exitCode = 1;
