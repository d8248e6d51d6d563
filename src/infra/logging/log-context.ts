import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf the process is at work: members that every log line meanwhile carries. */
export type LogContext = Readonly<{
  /** Id of the request from which the work comes, however many jobs lie between; none of what the clock began. */
  requestId?: string;
  /** Id, kind and try of the job under way. */
  job?: string;
  kind?: string;
  attempt?: number;
}>;

const storage = new AsyncLocalStorage<LogContext>();

/** Does something in a context, with all that it begins and waits for. */
export const inContext = <Result>(context: LogContext, work: () => Result): Result => storage.run(context, work);

/** The context of whoever calls; empty outside of every request and job. */
export const logContext = (): LogContext => storage.getStore() ?? {};
