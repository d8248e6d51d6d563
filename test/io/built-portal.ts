import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { projectFolder } from './support.js';

/** The built portal on a database of the test's choice, with what it logs. */
export type BuiltPortal = Readonly<{
  process: ChildProcess;
  port: number;
  url: string;
  /** What it told when it was ready. */
  told: Record<string, unknown>;
  /** Lines of its log so far, parsed; a line that is no JSON fails the test. */
  log(): Record<string, unknown>[];
  stop(): Promise<void>;
}>;

/** Ways to start it: `plain` as the tests over HTTP do, `impatient` with short limits on slow clients. */
const PROGRAMS = {
  plain: join(projectFolder, 'test/support/portal-process.mjs'),
  impatient: join(projectFolder, 'test/io/fixtures/impatient-portal.mjs'),
} as const;

/** @param extension a module whose `prepare` is handed the portal of `plain` before it starts */
export const startBuiltPortal = async (
  program: keyof typeof PROGRAMS,
  databaseUrl: string,
  overrides: Record<string, unknown> = {},
  extension?: string,
): Promise<BuiltPortal> => {
  const words = [databaseUrl, JSON.stringify({ logLevel: 'info', ...overrides }), ...(extension ? [extension] : [])];
  const child = fork(PROGRAMS[program], words, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const message = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)]);
  if (!message) throw new Error(`the portal ended before it listened:\n${output}`);
  const told = message[0] as { port: number };
  return {
    process: child,
    port: told.port,
    url: `http://127.0.0.1:${told.port}`,
    told,
    log: () =>
      output
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

/** What came back over one connection. */
export type Exchange = {
  text: string;
  /** Status of each response, in order. */
  statuses: number[];
  /** Whether the portal closed the connection by itself. */
  closed: boolean;
  /** Error of the socket, such as a reset. */
  error: string | undefined;
};

/**
 * Writes bytes to the portal as they are, piece by piece, and listens until it closes or a while has passed.
 * @param gapMs pause after each piece
 * @param patienceMs how long to listen after the last piece
 */
export const exchange = (
  port: number,
  pieces: readonly (string | Buffer)[],
  { gapMs = 0, patienceMs = 700 }: { gapMs?: number; patienceMs?: number } = {},
): Promise<Exchange> =>
  new Promise((resolve) => {
    let text = '';
    let error: string | undefined;
    let closed = true;
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', (fault: NodeJS.ErrnoException) => {
      error = fault.code;
    });
    socket.once('close', () => {
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
      resolve({ text, statuses, closed, error });
    });
    const write = async (): Promise<void> => {
      await once(socket, 'connect');
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (gapMs > 0) await new Promise((next) => setTimeout(next, gapMs));
      }
      setTimeout(() => {
        closed = socket.destroyed;
        socket.destroy();
      }, patienceMs);
    };
    void write().catch(() => undefined);
  });
