import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import type { MetricsSettings } from '../config/config.js';
import { Refusal, refusal } from './refusal.js';

/**
 * Checks that the portal can listen where it is told to, before anything slow is begun.
 * @throws Refusal that says who is in the way and how to choose another port
 */
export const requirePort = (host: string, port: number): Promise<void> =>
  tryPort(host, port, (error) => listenRefusal(error, host, port));

/**
 * The same for the port of the metrics, where one is stated.
 * @throws Refusal
 */
export const requireMetricsPort = async (metrics: MetricsSettings | undefined): Promise<void> => {
  if (metrics) await tryPort(metrics.host, metrics.port, (error) => metricsRefusal(error, metrics));
};

const tryPort = (host: string, port: number, refused: (error: NodeJS.ErrnoException) => Error): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(refused(error)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });

/** The refusal for an error of `listen` on the address of the metrics: each process needs one of its own. */
export const metricsRefusal = (error: NodeJS.ErrnoException, { host, port }: MetricsSettings): Refusal | Error => {
  const reason = listenRefusal(error, host, port);
  if (!(reason instanceof Refusal)) return reason;
  return new Refusal(
    reason.reasons.map(({ code, values }) => ({
      code: code.replace(/^port\./, 'metrics.'),
      ...(values && { values }),
    })),
    { cause: error },
  );
};

/** The refusal for an error of `listen`; an error of another kind is handed back as it is. */
export const listenRefusal = (error: NodeJS.ErrnoException, host: string, port: number): Refusal | Error => {
  const another = port < 65_535 ? port + 1 : port - 1;
  if (error.code === 'EADDRINUSE') {
    const holder = portHolder(port);
    return holder
      ? refusal('port.busy', { host, port, another, pid: holder.pid, program: holder.program }, error)
      : refusal('port.busyUnknown', { host, port, another }, error);
  }
  if (error.code === 'EACCES') return refusal('port.forbidden', { port, another: 3_000 }, error);
  const noHost = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT', 'EINVAL'].includes(error.code ?? '');
  return noHost ? refusal('port.noHost', { host }, error) : error;
};

/** The process that listens on a port, as far as the system lets us see it. */
const portHolder = (port: number): { pid: number; program: string } | undefined => {
  const inodes = new Set(listeningInodes(port));
  const pid = inodes.size > 0 ? pids().find((candidate) => holdsSocket(candidate, inodes)) : undefined;
  return pid === undefined ? undefined : { pid, program: attempt(() => programOf(pid)) ?? '?' };
};

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

const LISTENING = '0A';

const listeningInodes = (port: number): string[] =>
  ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => attempt(() => readFileSync(file, 'utf8').trim().split('\n').slice(1)) ?? [])
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === LISTENING && Number.parseInt(local!.split(':')[1]!, 16) === port)
    .map((columns) => columns[9]!);

const pids = (): number[] =>
  (attempt(() => readdirSync('/proc')) ?? []).filter((entry) => /^\d+$/.test(entry)).map(Number);

const holdsSocket = (pid: number, inodes: ReadonlySet<string>): boolean =>
  (attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? []).some((handle) => {
    const target = attempt(() => readlinkSync(`/proc/${pid}/fd/${handle}`));
    return inodes.has(/^socket:\[(\d+)\]$/.exec(target ?? '')?.[1] ?? '');
  });

/** The name of the program alone: its arguments may hold what is nobody's business. */
const programOf = (pid: number): string => basename(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0]!);
