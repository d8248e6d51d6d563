import { spawnSync } from 'node:child_process';
import { unprivilegedUser } from './users.js';

/** How a program of PostgreSQL is called so that it does not run as root. */
export type Launcher = Readonly<{
  /** `self`: as we are; `account`: as an unprivileged account; `namespace`: as one that only the child sees. */
  kind: 'self' | 'account' | 'namespace';
  /** Who has to own the files of the cluster, where that is not ourselves. */
  owner: Readonly<{ uid: number; gid: number }> | undefined;
  /** Words put before the program. */
  prefix: readonly string[];
  /** Words that make the program end together with the portal, where the system can do that. */
  bond: (signal: 'INT' | 'KILL') => readonly string[];
}>;

export type Call = Readonly<{ command: string; args: string[]; options: { uid?: number; gid?: number; cwd: string } }>;

/**
 * The call of a program through a launcher.
 * @param signal what the program receives when the portal dies without stopping it
 */
export const callThrough = (launcher: Launcher, signal: 'INT' | 'KILL', words: readonly string[]): Call => {
  const [command, ...args] = [...launcher.prefix, ...launcher.bond(signal), ...words];
  return { command: command!, args, options: { ...launcher.owner, cwd: '/' } };
};

/** `setpriv` asks the kernel for the signal at the death of the parent; where it is missing the next start tidies up. */
const bondOf = (): Launcher['bond'] => {
  const works = spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true'], { stdio: 'ignore' }).status === 0;
  return (signal) => (works ? ['setpriv', '--pdeathsig', signal, '--'] : []);
};

/** Runs as the user that the portal runs as. */
export const ownLauncher = (): Launcher => ({ kind: 'self', owner: undefined, prefix: [], bond: bondOf() });

/** Runs as the unprivileged account of the machine, if there is one; only root may do that. */
export const accountLauncher = (): Launcher | undefined => {
  const user = unprivilegedUser();
  return user && { kind: 'account', owner: { uid: user.uid, gid: user.gid }, prefix: [], bond: bondOf() };
};

/**
 * Runs in a user namespace of its own: inside, our files appear as those of the unprivileged
 * account and nothing is root, so that folders only we can enter need not be opened to anyone.
 */
export const namespaceLauncher = (): Launcher | undefined => {
  const user = unprivilegedUser();
  if (!user) return undefined;
  const prefix = ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--'];
  return { kind: 'namespace', owner: undefined, prefix, bond: bondOf() };
};

const PROBE = 'test "$(id -u)" != 0 && test -x "$1" && "$2" --version';

/** Whether a launcher works here: it leaves root behind, reaches the folder and can run PostgreSQL. */
export const canReach = (launcher: Launcher, folder: string, postgres: string): boolean => {
  const { command, args, options } = callThrough(launcher, 'KILL', ['sh', '-c', PROBE, 'sh', folder, postgres]);
  return spawnSync(command, args, { ...options, stdio: 'ignore' }).status === 0;
};
