import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 25;

/**
 * The command line of a process: its arguments, or the title that a server process gave itself.
 * @returns `undefined` when there is no such process (a dead one that nobody has waited for counts as none)
 */
const commandLine = (pid: number): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') || undefined;
  } catch {
    return undefined;
  }
};

/** A postgres of whatever cluster: `…/postgres\0-D…` is a postmaster, `postgres: name: checkpointer` its child. */
export const isPostgres = (pid: number): boolean => /^(\S*\/)?postgres[\0:]/.test(commandLine(pid) ?? '');

/**
 * The processes of one cluster, told by the `cluster_name` that each of them shows in its command
 * line: readable without special rights, and never that of a program that was given a used number.
 */
export const processesOf = (clusterName: string): number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => isPostgres(pid) && commandLine(pid)?.includes(clusterName));

/** The process that leads a cluster; the others were named by it. */
export const isPostmaster = (pid: number): boolean => /^(\S*\/)?postgres\0/.test(commandLine(pid) ?? '');

/** Whether a process works in a folder; by its arguments where its working folder may not be looked at. */
export const worksIn = (pid: number, folder: string): boolean => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return commandLine(pid)?.includes(folder) ?? false;
  }
};

/** Sends a signal to a process that may be gone. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/**
 * Waits until a condition holds.
 * @returns whether it held before the time was over
 */
export const waitUntil = async (holds: () => boolean, limitMs: number): Promise<boolean> => {
  const end = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() >= end) return false;
    await sleep(STEP_MS);
  }
  return true;
};
