import { Client, type ClientConfig } from 'pg';

const ignore = (): void => undefined;

/**
 * A client of the pool whose faults never go unheard. Node ends a process when nobody listens to an `error` event,
 * and pool and TypeORM listen in turns: between taking a client out of the pool and the promise by which TypeORM gets
 * it, nobody does, and a server that goes away may be noticed just then, and more than once. Listening is all that is
 * needed: the client is of no use from then on, whoever holds it is told by its next statement, and the pool lets go
 * of it when it comes back.
 */
export class PortalClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', ignore);
  }
}
