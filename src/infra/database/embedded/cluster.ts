import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../lifecycle/refusal.js';
import { callThrough } from './launcher.js';
import { DATABASE, giveTo, openTo, type Place } from './places.js';
import { currentUid } from './users.js';

/** A cluster on disk, ready to be served. */
export type Cluster = Readonly<{
  place: Place;
  /** What PostgreSQL calls PGDATA. */
  data: string;
  /** Password of the superuser and of the portal's own role. */
  password: string;
  /** Shown by each process of the cluster; tells them from those of other clusters. */
  name: string;
}>;

export const SUPERUSER = 'postgres';

const UNFINISHED = `${DATABASE}.new-`;

/** Locales of the C library under which PostgreSQL knows Chinese and Russian letters (pg_trgm asks it, not ICU). */
const LOCALES = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'zh_CN.UTF-8', 'ru_RU.UTF-8'];

/**
 * The cluster of a place, made on the first start. It is made aside and moved into its name
 * when it is complete, so that a start that is cut off leaves nothing half-made.
 * The caller holds the lock of the data folder.
 * @param durable false for a throw-away cluster: nothing is forced to disk
 */
export const openCluster = async (place: Place, durable: boolean): Promise<Cluster> => {
  removeUnfinished(place);
  if (!existsSync(folderOf(place))) await createCluster(place, durable);
  openTo(folderOf(place), place.launcher);
  requireVersion(place);
  return { place, data: dataOf(place), password: readPassword(place), name: clusterName(dataOf(place)) };
};

const folderOf = ({ base }: Place): string => join(base, DATABASE);
const dataOf = (place: Place): string => join(folderOf(place), 'cluster');
const passwordOf = (folder: string): string => join(folder, 'password');

/** The name by which the processes of a cluster are known. */
export const clusterName = (data: string): string =>
  `heilongjiang-amur-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;

const removeUnfinished = ({ base }: Place): void => {
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(UNFINISHED))) {
    rmSync(join(base, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
};

const requireVersion = (place: Place): void => {
  const found = readFileSync(join(dataOf(place), 'PG_VERSION'), 'utf8').trim();
  if (found !== place.binaries.major) {
    throw refusal('database.versionChanged', { folder: dataOf(place), found, wanted: place.binaries.major });
  }
};

const readPassword = (place: Place): string => {
  try {
    return readFileSync(passwordOf(folderOf(place)), 'utf8').trim();
  } catch (error) {
    throw refusal('database.noPassword', { file: passwordOf(folderOf(place)) }, error);
  }
};

const createCluster = async (place: Place, durable: boolean): Promise<void> => {
  const unfinished = mkdtempSync(join(place.base, UNFINISHED));
  openTo(unfinished, place.launcher);
  const password = passwordOf(unfinished);
  const data = join(unfinished, 'cluster');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  giveTo(data, place.launcher);
  giveTo(password, place.launcher);
  await initialize(place, data, password, durable);
  takeBack(password);
  if (durable) syncAll([password, unfinished]);
  renameSync(unfinished, folderOf(place));
  if (durable) syncAll([place.base]);
};

const takeBack = (file: string): void => {
  chownSync(file, currentUid(), process.getegid!());
  chmodSync(file, 0o600);
};

const syncAll = (paths: readonly string[]): void => {
  for (const path of paths) {
    const handle = openSync(path, 'r');
    fsyncSync(handle);
    closeSync(handle);
  }
};

/** Tries the locales in turn: which of them a machine has differs, and initdb names a missing one at once. */
const initialize = async (place: Place, data: string, password: string, durable: boolean): Promise<void> => {
  let output = '';
  for (const locale of LOCALES) {
    const outcome = await runInitdb(place, [
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=und',
      `--locale=${locale}`,
      ...(durable ? [] : ['--no-sync']),
    ]);
    if (outcome.ok) return;
    output = outcome.output;
    if (!/invalid locale name/.test(output)) break;
  }
  throw refusal('database.initFailed', { output: lastLines(output) });
};

const runInitdb = (place: Place, words: readonly string[]): Promise<{ ok: boolean; output: string }> => {
  const { command, args, options } = callThrough(place.launcher, 'KILL', [place.binaries.initdb, ...words]);
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
};

/** PostgreSQL reads PG…, LC_… and the loader LD_…: none of ours may reach it. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' });

/** The end of what a program said, as much as a message can hold. */
export const lastLines = (output: string): string => output.trim().split('\n').slice(-8).join('\n');
