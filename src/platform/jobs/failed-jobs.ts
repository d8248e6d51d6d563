import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { JOB_SCHEMA } from './jobs.js';

/** A job that was put aside after its last try. */
export type FailedJob = { id: string; kind: string; tries: number; failedAt: string; reason: string };

const FAILED = `
  select json_build_object('id', id, 'kind', name, 'tries', retry_count + 1, 'failedAt', completed_on,
      'reason', coalesce(output->>'message', output->'value'->>'message', output::text, ''))::text
    from ${JOB_SCHEMA}.job where state = 'failed' order by completed_on desc limit 1000`;

/** Of failed jobs of one key only the last is tried again, and none while another of the key is alive. */
const REPLAY = `
  update ${JOB_SCHEMA}.job set state = 'retry', retry_limit = retry_count + 3, start_after = now(), completed_on = null,
      output = null
   where id in (
     select distinct on (f.name, f.singleton_key) f.id from ${JOB_SCHEMA}.job f
      where f.state = 'failed' and ($1::uuid is null or f.id = $1::uuid) and ($2::text is null or f.name = $2)
        and not exists (select 1 from ${JOB_SCHEMA}.job l where l.name = f.name
          and l.singleton_key is not distinct from f.singleton_key and l.state <= 'active')
      order by f.name, f.singleton_key, f.completed_on desc)
  returning id`;

/** The jobs that nobody works on any more, for those who run the portal. */
@Injectable()
export class FailedJobs {
  constructor(private readonly database: Database) {}

  /** Newest first, a thousand at most. */
  async list(): Promise<FailedJob[]> {
    const rows = await this.database.rows({ text: FAILED, values: [] });
    return rows.map(([json]) => JSON.parse(json!) as FailedJob);
  }

  /**
   * Lets failed jobs be tried again.
   * @param which one by its id, or all of a kind, or all
   * @returns how many
   */
  async replay(which: { id?: string; kind?: string }): Promise<number> {
    const rows = await this.database.rows({ text: REPLAY, values: [which.id ?? null, which.kind ?? null] });
    return rows.length;
  }
}
