import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 1_048_576;
const LONGEST_MS = 1_000;

/**
 * Takes in what is still to come of a request that is refused, within limits. A connection that is closed on unread
 * bytes is reset, and the client would not see the answer.
 * @returns when the request is over, broken off, or has reached a limit
 */
export const drain = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    if (request.complete || request.destroyed) return resolve();
    let size = 0;
    const limit = setTimeout(resolve, LONGEST_MS);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) resolve();
    });
    for (const event of ['end', 'close', 'error']) {
      request.once(event, () => {
        clearTimeout(limit);
        resolve();
      });
    }
    request.resume();
  });
