import type { TestPortal } from './portal.js';

/** Has a kind of job done now that otherwise comes by the clock; as often as it is called. */
export const runJob = async (portal: TestPortal, kind: string, data: object = {}): Promise<void> => {
  await portal.sql(
    `insert into pgboss.job (name, data, singleton_key, policy)
     select name, $2::jsonb, gen_random_uuid()::text, policy from pgboss.queue where name = $1`,
    [kind, JSON.stringify(data)],
  );
};

/** Nobody waits for pauses in tests: whatever is to be tried again is tried at once. */
export const hurry = (portal: TestPortal): Promise<unknown> =>
  portal.sql(`update pgboss.job set start_after = now() where state = 'retry'`);

/** The jobs of a kind, in the order in which they were made, with the reason where one failed. */
export const jobsOf = (portal: TestPortal, kind: string): Promise<Record<string, unknown>[]> =>
  portal.sql(
    `select id, state, retry_count as retries, data::text as data, output->>'message' as reason from pgboss.job
      where name = $1 order by created_on, id`,
    [kind],
  );
