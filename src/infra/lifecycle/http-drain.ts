import type { Server, ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

export type DrainLimits = Readonly<{
  /**
   * How long things go on as before, so that a proxy learns from readiness to send nothing more; and then
   * how long clients with an idle connection may still ask once and learn of the end by an answer.
   */
  graceMs: number;
  /** How long requests under way may take after that. */
  limitMs: number;
}>;

const STEP_MS = 50;

/** The loop takes one waiting connection a turn: after so many turns without one, nobody waits. */
const QUIET_TURNS = 3;
const TURNS_AT_MOST = 500;

/** Ends an HTTP server without cutting off requests that are under way. */
export class HttpDrain {
  private readonly open = new Set<ServerResponse>();
  private readonly server: Server;
  private leaving = false;
  private taken = 0;

  constructor(server: Server) {
    this.server = server;
    server.on('connection', () => {
      this.taken += 1;
    });
    server.prependListener('request', (_request, response) => {
      this.open.add(response);
      response.once('close', () => this.open.delete(response));
      if (this.leaving) response.shouldKeepAlive = false;
    });
  }

  /** @returns how many requests were cut off because they took longer than the limit */
  async close({ graceMs, limitMs }: DrainLimits): Promise<number> {
    await this.waitFor(async () => (await this.connections()) === 0, graceMs);
    await this.stopListening();
    await this.waitFor(async () => (await this.connections()) === 0, graceMs);
    await this.waitFor(async () => this.closeIdle() && this.open.size === 0, limitMs);
    const cutOff = this.open.size;
    this.server.closeAllConnections();
    return cutOff;
  }

  /**
   * Takes those who wait at the door, closes it, and has each answer from now on say that it is the last.
   * The `close` of an HTTP server would also cut idle connections, on which a request may be on its way.
   */
  private async stopListening(): Promise<void> {
    let quiet = 0;
    for (let turns = 0; quiet < QUIET_TURNS && turns < TURNS_AT_MOST; turns += 1) {
      const before = this.taken;
      await turn();
      quiet = this.taken === before ? quiet + 1 : 0;
    }
    Listener.prototype.close.call(this.server);
    this.leaving = true;
    for (const response of this.open) response.shouldKeepAlive = false;
  }

  private closeIdle(): true {
    this.server.closeIdleConnections();
    return true;
  }

  private connections(): Promise<number> {
    return new Promise((resolve) => this.server.getConnections((error, count) => resolve(error ? 0 : count)));
  }

  private async waitFor(holds: () => Promise<boolean>, limitMs: number): Promise<void> {
    const end = performance.now() + limitMs;
    while (performance.now() < end && !(await holds())) await sleep(STEP_MS);
  }
}
