import { readConfig } from '../config/config.js';
import { Cleanup } from './cleanup.js';
import { Console } from './console.js';
import { type OpenDatabase, openEmbeddedServer, openOwnServer, takeDataFolder } from './open-database.js';
import { Refusal } from './refusal.js';
import { listenForSignals } from './signals.js';

/** A command that has done its work and told itself what is not in order: the exit code is 1 without another word. */
export class CommandFailed extends Error {}

/**
 * Runs a command on the database of the portal and ends the process: on the server that
 * DATABASE_URL names, else on the embedded one, which is started for it and stopped again.
 * @param work the command; what it throws is told, and the exit code is 1
 */
export const runCommand = async (work: (database: OpenDatabase, console: Console) => Promise<void>): Promise<void> => {
  const console = new Console();
  const cleanup = new Cleanup((error) => console.crash(error));
  const end = async (exitCode: number) => {
    await cleanup.run(false);
    process.exit(exitCode);
  };
  listenForSignals(() => void end(130), process.exit);
  try {
    await work(await openDatabase(cleanup, console), console);
    await end(0);
  } catch (error) {
    if (error instanceof Refusal) console.refuse(error);
    else if (!(error instanceof CommandFailed)) console.crash(error);
    await end(1);
  }
};

const openDatabase = async (cleanup: Cleanup, console: Console): Promise<OpenDatabase> => {
  const config = readConfig(undefined, 'command');
  if (config.databaseUrl) return openOwnServer(config.databaseUrl);
  const folder = await takeDataFolder(config, { pid: process.pid, role: 'command' }, cleanup);
  return openEmbeddedServer(folder, config, cleanup, console);
};
