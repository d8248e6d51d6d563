/** `npm run checks`: runs the translation checks on a table, the glossary or the labelled pairs; exit code 1 on errors. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { join } = await import('node:path');
  const { projectFolder } = await import('../infra/config/config.js');
  const { Texts } = await import('../infra/i18n/texts.js');
  const { checksCommand } = await import('../platform/glossary/checks-report.js');
  const texts = Texts.load(join(projectFolder, 'locales'));
  const { passed, text } = checksCommand(texts, projectFolder, process.argv.slice(2));
  (passed ? process.stdout : process.stderr).write(text);
  if (!passed) process.exitCode = 1;
} else process.exitCode = 1;
