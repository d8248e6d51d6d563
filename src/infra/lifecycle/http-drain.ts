import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export type DrainLimits = Readonly<{
  /** How long new requests are still taken, so that clients with open connections learn of the end by an answer. */
  graceMs: number;
  /** How long requests under way may take after that. */
  limitMs: number;
}>;

const STEP_MS = 50;

/** Ends an HTTP server without cutting off requests that are under way. */
export class HttpDrain {
  private readonly open = new Set<ServerResponse>();
  private leaving = false;
  private readonly server: Server;

  constructor(server: Server) {
    this.server = server;
    server.prependListener('request', (_request, response) => {
      this.open.add(response);
      response.once('close', () => this.open.delete(response));
      if (this.leaving) response.shouldKeepAlive = false;
    });
  }

  /** @returns how many requests were cut off because they took longer than the limit */
  async close({ graceMs, limitMs }: DrainLimits): Promise<number> {
    this.leaving = true;
    for (const response of this.open) response.shouldKeepAlive = false;
    await this.waitFor(async () => (await this.connections()) === 0, graceMs);
    await this.stopListening();
    await this.waitFor(async () => this.closeIdle() && (await this.connections()) === 0, graceMs);
    await this.waitFor(async () => this.closeIdle() && this.open.size === 0, limitMs - graceMs);
    const cutOff = this.open.size;
    this.server.closeAllConnections();
    return cutOff;
  }

  /** Right after the event loop has taken all who knocked: one it had not taken yet would be cut off. */
  private async stopListening(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.server.close();
  }

  /** Connections that are new and have not said anything yet are not idle: their request may be on the way. */
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
