import { readFileSync } from 'node:fs';

/** An account of the operating system, as /etc/passwd names it. */
export type User = Readonly<{ name: string; uid: number; gid: number }>;

const users = (): User[] => {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n').flatMap(parseLine);
  } catch {
    return [];
  }
};

const parseLine = (line: string): User[] => {
  const [name, , uid, gid] = line.split(':');
  return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
};

/** The account with nothing of its own that PostgreSQL runs as when the portal runs as root. */
export const unprivilegedUser = (): User | undefined => users().find(({ name, uid }) => name === 'nobody' && uid !== 0);

/** Name of a user number, for messages; the number itself where it has no name. */
export const userName = (uid: number): string => users().find((user) => user.uid === uid)?.name ?? String(uid);

export const isKnownUser = (uid: number): boolean => users().some((user) => user.uid === uid);

export const currentUid = (): number => process.geteuid?.() ?? 0;
