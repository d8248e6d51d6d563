import type { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';

/** What the pool gives to each of its clients. */
export type PortalClientConfig = ClientConfig & {
  /** How long the server may be silent while a statement is under way. */
  silenceMs?: number;
};

/** Members that the types of pg leave out. */
type Connected = { connection: { stream: Socket }; readyForQuery: boolean };

const ignore = (): void => undefined;

/** The socket under a client. */
export const socketOf = (client: unknown): Socket => (client as Connected).connection.stream;

/**
 * A client of the pool whose faults never go unheard. Node ends a process when nobody listens to an `error` event,
 * and pool and TypeORM listen in turns: between taking a client out of the pool and the promise by which TypeORM gets
 * it, nobody does, and a server that goes away may be noticed just then, and more than once. Listening is all that is
 * needed: the client is of no use from then on, whoever holds it is told by its next statement, and the pool lets go
 * of it when it comes back.
 *
 * It also gives up a server that has frozen, which minds no limit of its own. One clock for each connection does, and
 * not `query_timeout` of pg: a clock for each statement keeps its rows from the quick half of the garbage collector,
 * and costs a quarter of the processor (docs/performance.md).
 */
export class PortalClient extends Client {
  constructor(config: PortalClientConfig = {}) {
    super(config);
    this.on('error', ignore);
    // Not earlier: with TLS it is another socket only now.
    if (config.silenceMs) this.once('connect', () => this.watch(config.silenceMs!));
  }

  private watch(silenceMs: number): void {
    const socket = socketOf(this);
    socket.setTimeout(silenceMs);
    // Rings after each silence, also when nothing was asked.
    socket.on('timeout', () => {
      if (!(this as unknown as Connected).readyForQuery) socket.destroy();
    });
  }
}
