/**
 * Compiles the sources, the migrations and the test cluster into dist/.
 *
 * Usage: node scripts/build.mjs [--if-changed]
 * With --if-changed nothing is done when dist/ was made from the very files that are there now,
 * so that a second start takes no time.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 22;
const project = fileURLToPath(new URL('..', import.meta.url));
const mark = join(project, 'dist', '.made-from');

/** Says in both languages that this Node is too old; the compiler would only show a stack. */
function refuseOldNode() {
  for (const language of ['zh', 'ru']) {
    const texts = JSON.parse(readFileSync(join(project, 'locales', language, 'console.json'), 'utf8'));
    const text = texts.refusal.node.tooOld
      .replace('{{version}}', process.versions.node)
      .replace('{{wanted}}', OLDEST_NODE);
    console.error(`${texts.refused}\n  · ${text}`);
  }
  process.exit(1);
}

/** What dist/ is made from. */
function sourceFiles() {
  const settings = ['.swcrc', 'nest-cli.json', 'tsconfig.json', 'package-lock.json', 'test/support/cluster.ts'];
  const sources = ['src', 'migrations'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  return [...settings, ...sources].sort();
}

/** Tells one state of the sources from another by names, sizes and times. */
function stateOfSources() {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) {
    const entry = statSync(join(project, file));
    if (entry.isFile()) hash.update(`${file}\0${entry.size}\0${entry.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Runs a tool of the project with this very Node; its failure is ours. */
function run(tool, ...words) {
  const done = spawnSync(process.execPath, [join(project, 'node_modules', ...tool), ...words], {
    cwd: project,
    stdio: 'inherit',
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) refuseOldNode();
const state = stateOfSources();
const upToDate = existsSync(mark) && readFileSync(mark, 'utf8') === state;
if (!(process.argv.includes('--if-changed') && upToDate)) {
  run(['@nestjs', 'cli', 'bin', 'nest.js'], 'build');
  writeFileSync(mark, state);
}
