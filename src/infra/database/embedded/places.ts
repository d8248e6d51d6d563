import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { refusal } from '../../lifecycle/refusal.js';
import { type Binaries, binariesIn } from './binaries.js';
import { accountLauncher, canReach, type Launcher, namespaceLauncher, ownLauncher } from './launcher.js';
import { currentUid, isKnownUser, userName } from './users.js';

/** Where the cluster lies, with which binaries and as whom it runs. */
export type Place = Readonly<{
  /** Folder that holds the folder `database`. */
  base: string;
  binaries: Binaries;
  launcher: Launcher;
  /** Whether the files lie outside the data folder because the account cannot reach it. */
  relocated: boolean;
}>;

/** Where root keeps what an unprivileged account has to reach when the portal lies in a closed home. */
export const SHARED_BASE = '/var/lib/heilongjiang-amur-portal';

/** Name of the folder with the cluster, and of the pointer to it where it lies elsewhere. */
export const DATABASE = 'database';

/**
 * Chooses how PostgreSQL can run here. It refuses to run as root, so root steps down: to an
 * unprivileged account if that reaches the files, else into a user namespace, else with
 * the files moved to a place that the account reaches.
 * @param folder the data folder (real path)
 * @throws Refusal when there is no way
 */
export const choosePlace = (folder: string, found: Binaries): Place => {
  const pointer = pointerOf(folder);
  if (pointer !== undefined) return relocatedPlace(pointer, found);
  const launcher = currentUid() === 0 ? launcherForRoot(folder, found) : launcherForUser(folder, found);
  if (launcher) return placeInside(folder, found, launcher);
  if (currentUid() !== 0) throw refusal('database.noAccount', { user: userName(currentUid()) });
  return relocate(folder, found);
};

const launcherForUser = (folder: string, { postgres }: Binaries): Launcher | undefined => {
  if (isKnownUser(currentUid())) return ownLauncher();
  const namespace = namespaceLauncher();
  return namespace && canReach(namespace, folder, postgres) ? namespace : undefined;
};

const launcherForRoot = (folder: string, { postgres }: Binaries): Launcher | undefined => {
  const account = accountLauncher();
  if (account && canReach(account, dirname(folder), postgres)) return account;
  const namespace = namespaceLauncher();
  return namespace && canReach(namespace, folder, postgres) ? namespace : undefined;
};

const placeInside = (base: string, binaries: Binaries, launcher: Launcher): Place => {
  openTo(base, launcher);
  return { base, binaries, launcher, relocated: false };
};

/** Lets the account pass through a folder of ours without seeing what is in it; closes it to all others. */
export const openTo = (folder: string, { owner }: Launcher): void => {
  chownSync(folder, currentUid(), owner?.gid ?? statSync(folder).gid);
  chmodSync(folder, owner ? 0o710 : 0o700);
};

/** Gives the cluster to whom it has to belong; costs one look where it does already. */
export const giveTo = (folder: string, { owner }: Launcher): void => {
  const wanted = owner?.uid ?? currentUid();
  if (statSync(folder).uid === wanted) return;
  const give = (path: string): void => {
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
    lchownSync(path, wanted, owner?.gid ?? process.getegid!());
  };
  give(folder);
};

const pointerOf = (folder: string): string | undefined => {
  const path = join(folder, DATABASE);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  return isLink ? dirname(readlinkSync(path)) : undefined;
};

const relocatedPlace = (base: string, found: Binaries): Place => {
  if (currentUid() !== 0 || !existsSync(base)) throw refusal('database.pointer', { folder: base });
  const launcher = accountLauncher();
  const binaries = copiedBinaries(found);
  if (!launcher || !canReach(launcher, dirname(base), binaries.postgres)) {
    throw refusal('database.noAccount', { user: userName(currentUid()) });
  }
  return { ...placeInside(base, binaries, launcher), relocated: true };
};

/** Sets up a new place outside; the pointer is the last step, so that a start cut off here is as if it never was. */
const relocate = (folder: string, found: Binaries): Place => {
  if (existsSync(join(folder, DATABASE))) throw refusal('database.noAccount', { user: userName(currentUid()) });
  mkdirSync(SHARED_BASE, { recursive: true, mode: 0o755 });
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const base = mkdtempSync(join(SHARED_BASE, `${hash}-`));
  try {
    const place = relocatedPlace(base, found);
    symlinkSync(join(base, DATABASE), join(folder, DATABASE));
    return place;
  } catch (error) {
    rmSync(base, { recursive: true, force: true });
    throw error;
  }
};

const copiedBinaries = (found: Binaries): Binaries => {
  const target = join(SHARED_BASE, `postgresql-${found.major}-${stampOf(found)}`);
  if (!existsSync(target)) {
    const unfinished = mkdtempSync(`${target}.new-`);
    for (const part of ['bin', 'lib', 'share']) copyReadable(join(found.folder, part), join(unfinished, part));
    chmodSync(unfinished, 0o755);
    renameUnlessThere(unfinished, target);
  }
  return binariesIn(target, found.major);
};

/** Tells one build of the binaries from another, so that a newer package is copied anew. */
const stampOf = ({ postgres }: Binaries): string => {
  const { size, mtimeMs } = statSync(realpathSync(postgres));
  return createHash('sha256').update(`${size}:${mtimeMs}`).digest('hex').slice(0, 8);
};

const renameUnlessThere = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    rmSync(from, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
};

/** Copies a tree so that everybody can read it, whatever the rights of the original; links stay links. */
const copyReadable = (from: string, to: string): void => {
  const entry = lstatSync(from);
  if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else if (entry.isDirectory()) {
    mkdirSync(to);
    chmodSync(to, 0o755);
    for (const name of readdirSync(from)) copyReadable(join(from, name), join(to, name));
  } else if (!from.endsWith('.a')) {
    copyFileSync(from, to);
    chmodSync(to, entry.mode & 0o111 ? 0o755 : 0o644);
  }
};
