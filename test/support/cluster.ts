import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterName } from '../../src/infra/database/embedded/cluster.js';
import { startEmbeddedDatabase } from '../../src/infra/database/embedded/embedded-database.js';
import { endProcesses } from '../../src/infra/database/embedded/server.js';
import { acquireLock } from '../../src/infra/lifecycle/lock.js';

/** A throw-away PostgreSQL: quick, and gone with everything it wrote when it is stopped. */
export type TestCluster = Readonly<{
  /** Database `portal`, as its owner. */
  url: string;
  /** Database `postgres`, as superuser: makes and clones databases. */
  adminUrl: string;
  stop: () => Promise<void>;
}>;

const PREFIX = 'heilongjiang-amur-test-';

/** Younger folders may belong to a test run that is just taking its lock. */
const YOUNG_MS = 60_000;

/**
 * Starts a cluster for one test run. When the run is killed the server ends with it (or, where the
 * system cannot tell it, at the next run), and the next run removes its folder.
 */
export const startTestCluster = async (): Promise<TestCluster> => {
  await removeAbandoned();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)));
  const lock = await acquireLock(folder, { pid: process.pid, role: 'command' });
  if (!lock.held) throw new Error(`${folder} is in use`);
  const remove = async () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    await lock.release();
  };
  try {
    const database = await startEmbeddedDatabase({ folder, durable: false });
    const stop = async () => {
      await database.stop();
      await remove();
    };
    return { url: database.url, adminUrl: database.adminUrl, stop };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** Removes what killed test runs left: their lock went with them. */
const removeAbandoned = async (): Promise<void> => {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(realpathSync(tmpdir()), name);
    const entry = statSync(folder, { throwIfNoEntry: false });
    if (!entry || entry.uid !== process.getuid?.() || Date.now() - entry.mtimeMs < YOUNG_MS) continue;
    const lock = await acquireLock(folder, { pid: process.pid, role: 'command' });
    if (!lock.held) continue;
    await endProcesses(clusterName(join(folder, 'database', 'cluster')));
    rmSync(folder, { recursive: true, force: true });
    await lock.release();
  }
};
