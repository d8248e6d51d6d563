import { join } from 'node:path';
import { readConfig } from '../config/config.js';
import { Cleanup } from './cleanup.js';
import { Console } from './console.js';
import { openOwnServer } from './open-database.js';
import { requireMetricsPort } from './port.js';
import { Refusal, refusal } from './refusal.js';
import type { Parts } from './run.js';
import { listenForSignals } from './signals.js';
import { beginStopping } from './stopping.js';

/**
 * One life of a worker: jobs and nothing else, on a server of one's own; the embedded database belongs to its portal.
 * The wish to end lets the jobs under way finish and gives back what does not.
 */
export const runWorker = async (
  parts: Pick<Parts, 'createPortal' | 'pendingMigrations' | 'metrics' | 'work'>,
): Promise<void> => {
  const console = new Console();
  const cleanup = new Cleanup((error) => console.crash(error));
  const end = async (exitCode: number) => {
    beginStopping();
    await cleanup.run(exitCode === 0);
    process.exit(exitCode);
  };
  let isBegun = false;
  listenForSignals(() => {
    console.say('stop.begun');
    // Before there is anything to finish there is nothing to wait for.
    if (isBegun) void end(0);
    else process.exit(0);
  }, process.exit);
  try {
    const config = readConfig();
    if (!config.databaseUrl) throw refusal('worker.databaseRequired');
    await requireMetricsPort(config.metrics);
    const { url, place } = await openOwnServer(config.databaseUrl);
    const pending = await parts.pendingMigrations(url);
    if (pending.length > 0) throw refusal('database.pending', { count: pending.length, names: pending.join(', ') });
    const app = await parts.createPortal(config, { databaseUrl: url });
    cleanup.add(() => app.close());
    await parts.metrics(app);
    await parts.work(app);
    isBegun = true;
    console.say('worker.begun', { place });
    if (config.smtpUrl === undefined) console.say('start.mailToFiles', { folder: join(config.dataFolder, 'mail') });
  } catch (error) {
    if (error instanceof Refusal) console.refuse(error);
    else console.crash(error);
    await end(1);
  }
};
