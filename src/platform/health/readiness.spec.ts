import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../infra/database/database.js';
import { beginStopping } from '../../infra/lifecycle/stopping.js';
import { Readiness } from './readiness.js';

/** A server that takes connections and never says a word: a database that hangs. */
const silentServer = async (): Promise<{ server: Server; port: number; sockets: Socket[] }> => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as { port: number }).port, sockets };
};

const readinessOf = (port: number): Readiness =>
  new Readiness({ source: { options: { url: `postgres://nobody@127.0.0.1:${port}/none` } } } as unknown as Database);

describe('readiness', () => {
  let hanging: Awaited<ReturnType<typeof silentServer>>;
  let readiness: Readiness | undefined;
  beforeAll(async () => {
    hanging = await silentServer();
  });
  afterEach(() => readiness?.onApplicationShutdown());
  afterAll(() => {
    for (const socket of hanging.sockets) socket.destroy();
    hanging.server.close();
  });

  it('gives a database that hangs one second', async () => {
    readiness = readinessOf(hanging.port);
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, () => readiness!.reasons()));
    const took = performance.now() - start;
    expect(took).toBeGreaterThan(900);
    expect(took).toBeLessThan(2_000);
    for (const [reason, ...others] of answers) {
      expect(['database.slow', 'database.unreachable']).toContain(reason);
      expect(others).toEqual([]);
    }
    expect(hanging.sockets.length).toBe(1);
  });

  it('knows a server that is not there', async () => {
    readiness = readinessOf(1);
    expect(await readiness.reasons()).toEqual(['database.unreachable']);
  });

  it('ends with the wish to stop', async () => {
    readiness = readinessOf(1);
    beginStopping();
    expect(await readiness.reasons()).toEqual(['process.stopping']);
  });
});
