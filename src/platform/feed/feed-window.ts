import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../infra/http/tokens.js';
import { isStopping } from '../../infra/lifecycle/stopping.js';
import { FeedCall } from './feed-call.js';
import { CHUNK, FeedEntries, type StoredEntry } from './feed-entries.js';

/** How often the feed is looked at although nobody has called: a call can be lost, the clock cannot. */
const LOOK_MS = 1_000;

/** Entries that are kept in memory for all streams; who is further behind reads them from the database. */
const KEPT = 2_000;

/** Streams that may read what they missed from the database at the same time. */
const MOST_CATCHING_UP = 4;

/**
 * The end of the feed, read once for all streams of the process. It is looked at while somebody waits for it: when the
 * database calls, and by the clock.
 */
@Injectable()
export class FeedWindow implements OnApplicationShutdown {
  private entries: StoredEntry[] = [];
  /** Number behind which the kept entries begin, and the last one that was read. */
  private begin: number | undefined;
  private end = 0;
  private readonly sleepers = new Set<() => void>();
  private clock: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private called = false;
  private readonly call: FeedCall;
  private catchingUp = 0;

  constructor(
    private readonly stored: FeedEntries,
    @Inject(LOGGER) private readonly logger: Logger,
    call: FeedCall,
  ) {
    this.call = call;
    this.call.onCall(() => void this.look());
  }

  /** The entries behind a number, a batch at most; none where there is nothing new yet. */
  async after(seq: number, batch: number): Promise<StoredEntry[]> {
    if (this.begin === undefined) await this.look();
    if (this.begin !== undefined && seq >= this.begin) {
      // Numbers have no gaps: the place of an entry follows from its number.
      const from = Math.max(0, seq - this.begin);
      return this.entries.slice(from, from + batch);
    }
    return this.fromDatabase(seq, batch);
  }

  /** Resolves when there may be more, at the latest when the clock has come round. */
  wait(): Promise<void> {
    this.clock ??= setInterval(() => this.tick(), LOOK_MS).unref();
    this.call.listen();
    return new Promise((resolve) => this.sleepers.add(resolve));
  }

  onApplicationShutdown(): void {
    this.rest();
  }

  private async fromDatabase(seq: number, batch: number): Promise<StoredEntry[]> {
    while (this.catchingUp >= MOST_CATCHING_UP) await this.wait();
    this.catchingUp += 1;
    try {
      return await this.stored.after(seq, batch);
    } finally {
      this.catchingUp -= 1;
    }
  }

  private tick(): void {
    if (isStopping() || this.sleepers.size === 0) {
      this.rest();
      this.wake();
    } else void this.look();
  }

  private rest(): void {
    clearInterval(this.clock);
    this.clock = undefined;
    this.call.rest();
  }

  /** Lets everybody look again who waits. */
  wake(): void {
    const sleepers = [...this.sleepers];
    this.sleepers.clear();
    for (const wakeUp of sleepers) wakeUp();
  }

  /** One look at a time; a call during a look is answered by another one. */
  private look(): Promise<void> {
    if (this.looking) {
      this.called = true;
      return this.looking;
    }
    this.looking = this.read().finally(() => {
      this.looking = undefined;
      this.wake();
      if (!this.called) return;
      this.called = false;
      void this.look();
    });
    return this.looking;
  }

  private async read(): Promise<void> {
    try {
      if (this.begin === undefined) {
        this.end = await this.stored.end();
        this.begin = this.end;
      }
      for (let more = true; more; ) {
        const found = await this.stored.after(this.end, CHUNK);
        this.append(found);
        more = found.length === CHUNK;
      }
    } catch (error) {
      this.logger.warn({ reason: (error as Error).message }, 'the feed could not be read');
    }
  }

  private append(found: StoredEntry[]): void {
    this.entries.push(...found);
    this.end = found.at(-1)?.seq ?? this.end;
    const surplus = this.entries.length - KEPT;
    if (surplus > 0) {
      this.entries = this.entries.slice(surplus);
      this.begin = this.begin! + surplus;
    }
  }
}
