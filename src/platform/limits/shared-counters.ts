import type { ThrottlerStorage } from '@nestjs/throttler';
import { Database } from '../../infra/database/database.js';
import { problem } from '../../kernel/problems.js';

/** What a hit came to, as the throttler reads it; times in whole seconds. */
type Counted = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** One statement counts and tells, so that no two processes let through what only one of them may. */
const HIT = `insert into throttle_counter as counter (key, hits, expires_at)
  values ($1, 1, now() + $2 * interval '1 millisecond')
  on conflict (key) do update set
    hits = case when counter.expires_at <= now() then 1 else least(counter.hits + 1, $3 + 1) end,
    expires_at = case when counter.expires_at <= now() then excluded.expires_at else counter.expires_at end
  returning hits::text, greatest(1, ceil(extract(epoch from expires_at - now())))::text`;

/** Counters of requests that every process of the portal shares, because they lie in the database. */
export class SharedCounters implements ThrottlerStorage {
  constructor(private readonly database: Database) {}

  /**
   * Counts one request in a window of fixed length that begins with its first one.
   * @param key whose request to what
   * @param ttl length of the window in milliseconds
   * @param limit requests that one window takes
   * @throws `server.unavailable` where nothing can be counted: a limited route fails closed (hardening D67)
   */
  async increment(key: string, ttl: number, limit: number): Promise<Counted> {
    const [hits, seconds] = await this.hit(key, ttl, limit);
    return { totalHits: hits, timeToExpire: seconds, isBlocked: hits > limit, timeToBlockExpire: seconds };
  }

  private async hit(key: string, ttl: number, limit: number): Promise<[hits: number, seconds: number]> {
    try {
      const [row] = await this.database.rows({ text: HIT, values: [key, ttl, limit] });
      return [Number(row![0]), Number(row![1])];
    } catch (cause) {
      throw problem('server.unavailable', { cause, headers: { 'Retry-After': '5' } });
    }
  }
}
