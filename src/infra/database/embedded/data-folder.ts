import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refusal } from '../../lifecycle/refusal.js';
import { currentUid, userName } from './users.js';

/** Marks a folder as the portal's own, so that a wrong path never has its rights changed. */
const MARKER = 'heilongjiang-amur-portal';

/** Rights beyond these are taken away: the owner's, and passing through for the group (see places.ts). */
const WIDEST_MODE = 0o710;

/**
 * Makes the data folder ready: there, the portal's own, closed to others.
 * @param folder absolute path; made when it is not there
 * @returns its real path, by which locks and processes are told apart
 * @throws Refusal when it belongs to another user or holds something else
 */
export const prepareDataFolder = (folder: string): string => {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    requireOwner(folder);
    requireOurs(folder);
    const mode = statSync(folder).mode & 0o777;
    if ((mode & ~WIDEST_MODE) !== 0) chmodSync(folder, 0o700);
    return realpathSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw refusal('data.unusable', { folder, error: code }, error);
  }
};

const requireOwner = (folder: string): void => {
  const { uid } = statSync(folder);
  if (uid === currentUid()) return;
  throw refusal('data.owner', { folder, owner: userName(uid), user: userName(currentUid()) });
};

const requireOurs = (folder: string): void => {
  const names = readdirSync(folder);
  if (names.includes(MARKER)) return;
  if (names.length > 0) throw refusal('data.foreign', { folder });
  writeFileSync(join(folder, MARKER), '', { mode: 0o600 });
};
