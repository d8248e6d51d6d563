import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../infra/http/tokens.js';
import { problem } from '../../kernel/problems.js';

/** So much may be under way; more is refused rather than piled up. */
const MOST_UNDER_WAY = 200;

/**
 * Work that follows an answer, because its time would betray whether an address is known. It never fails the request
 * that asked for it, and the process does not end before it is done.
 */
@Injectable()
export class Afterwards {
  private readonly underWay = new Set<Promise<void>>();

  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  /**
   * @param what names the work in the log, where it fails
   * @throws `server.unavailable` where too much is under way
   */
  run(what: string, work: () => Promise<unknown>): void {
    if (this.underWay.size >= MOST_UNDER_WAY) throw problem('server.unavailable', { headers: { 'Retry-After': '10' } });
    const done: Promise<void> = new Promise<void>((resolve) => setImmediate(resolve))
      .then(work)
      .then(
        () => undefined,
        (error: unknown) =>
          this.logger.error({ what, code: (error as { code?: unknown }).code }, 'work after an answer failed'),
      )
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  /** Called by Nest while the database is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }
}
