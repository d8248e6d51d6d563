import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { Database } from '../../infra/database/database.js';
import { JOB_SCHEMA } from '../jobs/jobs.js';
import { KEY_IN_FORCE } from '../keys/key-rows.js';

/** Jobs of one kind. */
type KindFacts = {
  kind: string;
  /** Whose time has come and that nobody works on yet. */
  ready: number;
  /** That wait for their time, most of them for their next try. */
  deferred: number;
  active: number;
  /** That no try is left for. */
  failed: number;
  /** Age of the oldest ready job, counted from when its time came; 0 where there is none. */
  oldestReadySeconds: number;
};

/** How the work of all processes stands, as the database knows it. */
export type OperatingFacts = {
  kinds: KindFacts[];
  /** Number of the newest entry of the feed. */
  feedPosition: number;
  /** What the webhook furthest behind has not been given yet: entries, and the age of the oldest of them. */
  feedLagEntries: number;
  feedLagSeconds: number;
  deliveriesPending: number;
  oldestPendingSeconds: number;
  webhooksActive: number;
  webhooksDisabled: number;
};

/** Answers count for so long, however often they are asked for. */
const VALID_MS = 5_000;
const LIMIT_MS = 2_000;

const age = (time: string): string => `coalesce(extract(epoch from now() - ${time}), 0)`;

/** Each part by an index or over few rows: the states that are counted are those that jobs and messages leave soon. */
const FACTS = `
  select json_build_object(
    'kinds', (select coalesce(json_agg(kinds), '[]') from (
      select q.name as kind,
        count(*) filter (where j.state < 'active' and j.start_after <= now()) as ready,
        count(*) filter (where j.state < 'active' and j.start_after > now()) as deferred,
        count(*) filter (where j.state = 'active') as active,
        count(*) filter (where j.state = 'failed') as failed,
        ${age(`min(j.start_after) filter (where j.state < 'active' and j.start_after <= now())`)} as "oldestReadySeconds"
      from ${JOB_SCHEMA}.queue q left join ${JOB_SCHEMA}.job j
        on j.name = q.name and j.state in ('created', 'retry', 'active', 'failed')
      where q.name not like '\\_\\_pgboss\\_\\_%' group by q.name) kinds),
    'feedPosition', feed.last,
    'feedLagEntries', feed.last - behind.position,
    'feedLagSeconds', (select ${age('min(e.at)')} from feed_entry e where e.seq = behind.position + 1),
    'deliveriesPending', pending.count,
    'oldestPendingSeconds', ${age('pending.oldest')},
    'webhooksActive', (select count(*) from webhook where state = 'active'),
    'webhooksDisabled', (select count(*) from webhook where state = 'disabled')) as facts
  from (select coalesce(max(seq), 0) as last from feed_entry) feed,
    lateral (select coalesce(min(w.position), feed.last) as position from webhook w
      join api_key k on k.id = w.api_key_id join organization o on o.id = k.organization_id and ${KEY_IN_FORCE}
      where w.state = 'active') behind,
    (select count(*) as count, min(created_at) as oldest from webhook_delivery where state = 'pending') pending`;

/**
 * Reads how the work of all processes stands. The question goes over a connection of its own, so that whoever watches
 * takes none from requests and is answered while they are all taken.
 */
@Injectable()
export class OperatingFactsReader implements OnApplicationShutdown {
  private pool: Pool | undefined;
  private last: { until: number; answer: Promise<OperatingFacts | undefined> } | undefined;

  constructor(private readonly database: Database) {}

  /** @returns nothing where the database does not answer in time */
  async read(): Promise<OperatingFacts | undefined> {
    if (!this.last || this.last.until < performance.now()) {
      const last = { until: Number.POSITIVE_INFINITY, answer: this.ask() };
      // Until the answer is there everybody waits for it; from then on it counts for its time. None counts for nothing.
      void last.answer.then((facts) => {
        last.until = facts ? performance.now() + VALID_MS : 0;
      });
      this.last = last;
    }
    return this.last.answer;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }

  private async ask(): Promise<OperatingFacts | undefined> {
    try {
      this.pool ??= this.open();
      const { rows } = await this.pool.query<{ facts: OperatingFacts }>(FACTS);
      return rows[0]!.facts;
    } catch {
      return undefined;
    }
  }

  private open(): Pool {
    const { url } = this.database.source.options as { url?: string };
    const pool = new Pool({
      connectionString: url,
      max: 1,
      connectionTimeoutMillis: LIMIT_MS,
      query_timeout: LIMIT_MS,
      statement_timeout: LIMIT_MS,
      application_name: 'metrics',
    });
    // A lost connection is found out by the next question.
    pool.on('error', () => undefined);
    return pool;
  }
}
