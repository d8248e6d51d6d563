import type { Config } from '../config/config.js';
import { requirePlatform } from '../database/embedded/binaries.js';
import { prepareDataFolder } from '../database/embedded/data-folder.js';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../database/embedded/embedded-database.js';
import { placeOf, probeServer } from '../database/probe.js';
import type { Cleanup } from './cleanup.js';
import type { Console } from './console.js';
import { acquireLock, type Holder } from './lock.js';
import { type Refusal, refusal } from './refusal.js';

/** The database of one process, probed and ready. */
export type OpenDatabase = Readonly<{
  url: string;
  /** Where the data are, for people: never with a password. */
  place: string;
  /** The embedded server, where it is ours. */
  embedded: EmbeddedDatabase | undefined;
}>;

/**
 * Takes the data folder for this process alone.
 * @returns the real path of the folder
 * @throws Refusal when a portal or a command works on it
 */
export const takeDataFolder = async (config: Config, self: Holder, cleanup: Cleanup): Promise<string> => {
  requirePlatform();
  const folder = prepareDataFolder(config.dataFolder);
  const lock = await acquireLock(folder, self);
  if (!lock.held) throw lockRefusal(folder, lock.holder, self);
  cleanup.add(lock.release);
  return folder;
};

const lockRefusal = (folder: string, holder: Holder | undefined, self: Holder): Refusal => {
  if (!holder) return refusal('lock.silent', { folder });
  const { pid, url = '', role } = holder;
  if (role === 'command') return refusal('lock.command', { folder, pid });
  return refusal(self.role === 'portal' ? 'lock.portal' : 'lock.portalForCommand', { folder, pid, url });
};

/** The server that DATABASE_URL names. */
export const openOwnServer = async (databaseUrl: string): Promise<OpenDatabase> => {
  await probeServer(databaseUrl);
  return { url: databaseUrl, place: placeOf(databaseUrl), embedded: undefined };
};

/** The server that comes with the portal, on a folder that was taken. */
export const openEmbeddedServer = async (
  folder: string,
  { logLevel, port }: Config,
  cleanup: Cleanup,
  console: Console,
): Promise<OpenDatabase> => {
  const tellsAll = logLevel === 'debug' || logLevel === 'trace';
  const embedded = await startEmbeddedDatabase({
    folder,
    avoidPort: port,
    onExit: ({ code, signal }) => console.warn('database.ended', { how: signal ?? code ?? '?' }),
    onRestart: (pid) => console.warn('database.restarted', { pid }),
    onRestartFailed: (output) => console.warn('database.restartFailed', { output }),
    onLog: tellsAll ? (line) => process.stderr.write(`postgres: ${line}\n`) : undefined,
  });
  cleanup.add(() => embedded.stop());
  if (embedded.foundOldServer) console.warn('database.foundOldServer');
  if (embedded.relocated) console.warn('database.relocated', { folder: embedded.data });
  await probeServer(embedded.url);
  return { url: embedded.url, place: embedded.data, embedded };
};
