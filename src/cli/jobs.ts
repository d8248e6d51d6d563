/** `npm run jobs -- failed | replay <id> | replay --kind <kind> | replay --all`: what was put aside, and another try for it. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

/** Which failed jobs the arguments name; nothing where they cannot be understood. */
const named = ([first, second, ...rest]: string[]): { id?: string; kind?: string } | undefined => {
  if (rest.length > 0) return undefined;
  if (first === '--all' && second === undefined) return {};
  if (first === '--kind' && second) return { kind: second };
  return first && second === undefined && /^[0-9a-f-]{36}$/.test(first) ? { id: first } : undefined;
};

const LIMITS = { poolSize: 1, statementTimeoutMs: 60_000 } as const;

if (nodeIsRecent()) {
  const { runCommand } = await import('../infra/lifecycle/command.js');
  const { refusal } = await import('../infra/lifecycle/refusal.js');
  const { Database, openDataSource } = await import('../infra/database/database.js');
  const { FailedJobs } = await import('../platform/jobs/failed-jobs.js');
  const [verb, ...rest] = process.argv.slice(2);
  await runCommand(async ({ url }, console) => {
    const which = verb === 'replay' ? named(rest) : verb === 'failed' && rest.length === 0 ? {} : undefined;
    if (!which) throw refusal('jobs.usage');
    const source = await openDataSource({ url, ...LIMITS, entities: [] });
    const database = new Database(source, LIMITS);
    try {
      const failed = new FailedJobs(database);
      if (verb === 'replay') {
        console.say('jobs.replayed', { count: await failed.replay(which) });
        return;
      }
      const jobs = await failed.list();
      if (jobs.length === 0) console.say('jobs.none');
      for (const job of jobs) console.say('jobs.failed', job);
    } finally {
      await database.close();
    }
  });
} else process.exitCode = 1;
