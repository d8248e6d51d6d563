import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { isStopping } from '../../infra/lifecycle/stopping.js';
import type { Ask } from '../../kernel/exchange.js';
import { problem } from '../../kernel/problems.js';
import { Feed, type FeedQuery, toldOf } from './feed.js';
import type { StoredEntry } from './feed-entries.js';
import { FeedWindow } from './feed-window.js';

/** Most streams that one process keeps open. */
const MOST_STREAMS = 1_000;
/** Entries that are read and written at a time. */
const BATCH = 100;
/** After so long without an entry a comment tells proxies and the client that the stream is alive. */
const HEARTBEAT_MS = 15_000;
/** A stream is cut after a while, so that who reads it is asked for credentials anew; the client resumes by itself. */
const LONGEST_MS = 300_000;
/** A reader who does not take what was written within this time is cut; nothing is missed, it resumes. */
const PATIENCE_MS = 10_000;
/** After how long a client that was cut comes back. */
const RETRY_MS = 1_000;

/** The feed as Server-Sent Events (WHATWG HTML, 9.2): each entry an event whose id is the cursor behind it. */
@Injectable()
export class FeedStreams implements BeforeApplicationShutdown {
  private count = 0;
  private isOver = false;

  constructor(
    private readonly feed: Feed,
    private readonly window: FeedWindow,
  ) {}

  /** A server waits for its streams before it closes, so they end first. */
  beforeApplicationShutdown(): void {
    this.isOver = true;
    this.window.wake();
  }

  /**
   * Writes the feed until the client leaves, is too slow, or the time is up.
   * @throws `server.unavailable` where too many streams are open, and those of `Feed.query`
   */
  async open(ask: Ask, response: Response): Promise<void> {
    if (this.count >= MOST_STREAMS) throw problem('server.unavailable', { headers: { 'Retry-After': '5' } });
    const lastEventId = response.req.headers['last-event-id'];
    const query = await this.feed.query(ask, typeof lastEventId === 'string' ? lastEventId : undefined);
    this.count += 1;
    try {
      begin(response);
      await this.follow(ask, query, response);
    } catch {
      // The head is out: what is left to say to the client is to come back.
    } finally {
      this.count -= 1;
      if (response.writable) response.end();
      else response.destroy();
    }
  }

  private async follow(ask: Ask, query: FeedQuery, response: Response): Promise<void> {
    const ends = performance.now() + LONGEST_MS;
    let { after } = query;
    let told = performance.now();
    while (!this.isOver && !isStopping() && !response.destroyed && performance.now() < ends) {
      // Asked for before looking, so that nothing that comes meanwhile is slept through.
      const more = this.window.wait();
      const entries = await this.window.after(after, BATCH);
      const events = entries.map((entry) => this.event(ask, query, entry)).filter((text) => text !== '');
      after = entries.at(-1)?.seq ?? after;
      // A reader who may see nothing of what happened is told how far the feed has come all the same.
      const isQuiet = events.length === 0 && performance.now() - told > HEARTBEAT_MS;
      if (isQuiet) events.push(`id: ${this.feed.cursor(after)}\n: alive\n\n`);
      if (events.length > 0) {
        if (!(await taken(response, events.join('')))) return;
        told = performance.now();
      }
      if (entries.length === 0) await more;
    }
  }

  private event(ask: Ask, { resources }: FeedQuery, entry: StoredEntry): string {
    const item = toldOf(ask, resources, entry);
    return item ? `id: ${this.feed.cursor(entry.seq)}\nevent: change\ndata: ${JSON.stringify(item)}\n\n` : '';
  }
}

const begin = (response: Response): void => {
  response.status(200);
  response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Accel-Buffering', 'no');
  response.write(`retry: ${RETRY_MS}\n\n`);
};

/** Whether the client has taken in what was written, or is about to. */
const taken = (response: Response, text: string): Promise<boolean> =>
  new Promise((resolve) => {
    if (response.write(text)) return resolve(true);
    const settle = (isTaken: boolean) => {
      clearTimeout(limit);
      response.off('drain', drained);
      response.off('close', closed);
      if (!isTaken) response.destroy();
      resolve(isTaken);
    };
    const drained = () => settle(true);
    const closed = () => settle(false);
    const limit = setTimeout(() => settle(false), PATIENCE_MS);
    response.once('drain', drained);
    response.once('close', closed);
  });
