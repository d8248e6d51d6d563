import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who works on a data folder: the portal itself or a command. */
export type Holder = Readonly<{ pid: number; role: 'portal' | 'command'; url?: string }>;

/** What a lock attempt ends in; a holder that does not answer is unknown. */
export type LockOutcome =
  | Readonly<{ held: true; release: () => Promise<void> }>
  | Readonly<{ held: false; holder: Holder | undefined }>;

const ANSWER_LIMIT_MS = 1_000;
const TRIES = 5;

/**
 * An address outside the file system: the kernel drops it with the process that listens on it,
 * so that no kill leaves a lock behind. It spans the containers that share a network, no more.
 */
const addressOf = (folder: string): string =>
  `\0heilongjiang-amur-portal-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;

/**
 * Takes the lock of a data folder for the life of this process.
 * @param folder the real path of the folder
 * @param self what others are told who want the lock meanwhile
 */
export const acquireLock = async (folder: string, self: Holder): Promise<LockOutcome> => {
  const path = addressOf(folder);
  for (let attempt = 1; ; attempt += 1) {
    const server = await listen(path, self);
    if (server) return { held: true, release: () => new Promise((resolve) => server.close(() => resolve())) };
    const answer = await ask(path);
    if (answer !== 'gone' || attempt === TRIES) return { held: false, holder: answer === 'gone' ? undefined : answer };
    await sleep(50);
  }
};

const listen = (path: string, self: Holder): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(`${JSON.stringify(self)}\n`);
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen({ path }, () => resolve(server.unref()));
  });

/** @returns the holder, `undefined` when it does not say who it is, `gone` when nobody is there any more */
const ask = (path: string): Promise<Holder | undefined | 'gone'> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect({ path });
    socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', () => resolve('gone'));
    socket.on('close', () => resolve(parseHolder(answer)));
  });

const parseHolder = (answer: string): Holder | undefined => {
  try {
    const holder = JSON.parse(answer) as Holder;
    return Number.isSafeInteger(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
};
