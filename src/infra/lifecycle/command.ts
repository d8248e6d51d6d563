import { type Config, type Purpose, readConfig } from '../config/config.js';
import { Cleanup } from './cleanup.js';
import { Console } from './console.js';
import { type OpenDatabase, openEmbeddedServer, openOwnServer, takeDataFolder } from './open-database.js';
import { Refusal } from './refusal.js';
import { keepSecretKey } from './secret-key.js';
import { listenForSignals } from './signals.js';

/**
 * Runs a command on the database of the portal and ends the process: on the server that
 * DATABASE_URL names, else on the embedded one, which is started for it and stopped again.
 * @param work the command; what it throws is told, and the exit code is 1
 * @param purpose `serve` for a command that needs the portal's secret
 */
export const runCommand = async (
  work: (database: OpenDatabase, console: Console, config: Config) => Promise<void>,
  purpose: Purpose = 'command',
): Promise<void> => {
  const console = new Console();
  const cleanup = new Cleanup((error) => console.crash(error));
  const end = async (exitCode: number) => {
    await cleanup.run(false);
    process.exit(exitCode);
  };
  listenForSignals(() => void end(130), process.exit);
  try {
    const { database, config } = await openDatabase(cleanup, console, purpose);
    await work(database, console, config);
    await end(0);
  } catch (error) {
    if (error instanceof Refusal) console.refuse(error);
    else console.crash(error);
    await end(1);
  }
};

type Opened = { database: OpenDatabase; config: Config };

const openDatabase = async (cleanup: Cleanup, console: Console, purpose: Purpose): Promise<Opened> => {
  const stated = readConfig(undefined, purpose);
  if (stated.databaseUrl) return { database: await openOwnServer(stated.databaseUrl), config: stated };
  const folder = await takeDataFolder(stated, { pid: process.pid, role: 'command' }, cleanup);
  const config = purpose === 'serve' ? keepSecretKey(stated, folder) : stated;
  return { database: await openEmbeddedServer(folder, config, cleanup, console), config };
};
