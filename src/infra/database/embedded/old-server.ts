import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../lifecycle/refusal.js';
import type { Cluster } from './cluster.js';
import { isPostgres, processesOf, worksIn } from './processes.js';
import { endProcesses } from './server.js';

/**
 * Ends what an earlier portal left running on a cluster when it was killed, in order, so that
 * nothing is lost; and removes a pid file whose number was given to another program since.
 * The caller holds the lock of the data folder: whatever runs here has no portal any more.
 * @returns whether a server was running
 * @throws Refusal when a PostgreSQL that is not ours serves the cluster
 */
export const clearOldServer = async (cluster: Cluster): Promise<boolean> => {
  const found = processesOf(cluster.name).length > 0;
  await endProcesses(cluster.name);
  removeStalePid(cluster);
  return found;
};

const pidFile = ({ data }: Cluster): string => join(data, 'postmaster.pid');

const notedPid = (cluster: Cluster): number | undefined => {
  try {
    const pid = Number(readFileSync(pidFile(cluster), 'utf8').split('\n', 1)[0]);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
};

/**
 * PostgreSQL takes any process with the noted number for its own and would not start: another program
 * that was given the number, and even a dead process that nobody has waited for (in a container
 * whose first process does not do that).
 */
const removeStalePid = (cluster: Cluster): void => {
  const pid = notedPid(cluster);
  if (pid === undefined || !existsSync(`/proc/${pid}`)) return;
  if (isPostgres(pid) && worksIn(pid, cluster.data))
    throw refusal('database.foreignServer', { pid, folder: cluster.data });
  rmSync(pidFile(cluster));
};
