import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import type { Actor } from '../../src/kernel/actor.js';
import { validateAnswer } from './openapi-validator.js';

/** A JSON answer as tests look at it. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export type Answer = { status: number; headers: Headers; body: any; text: string };

export type AskOptions = {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON, with the content type of JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: string | Uint8Array<ArrayBuffer>;
  actor?: Actor;
};

export type TestPortal = {
  url: string;
  databaseUrl: string;
  /** Process of the portal, for tests that look at it from outside. */
  process: ChildProcess;
  /** Asks the API; `path` begins with a slash and counts from `/api/v1`. */
  ask(path: string, options?: AskOptions): Promise<Answer>;
  /** Runs SQL on the portal's database. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
};

const clusterUrl = (): string => {
  const url = process.env.TEST_CLUSTER_URL;
  if (!url) throw new Error('no test cluster: run the tests with npm test');
  return url;
};

const onDatabase = (database: string): string => {
  const url = new URL(clusterUrl());
  url.pathname = `/${database}`;
  return url.toString();
};

const withClient = async <Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Templates that `global-setup.ts` prepares. */
export type Template = 'portal_empty' | 'portal_seeded';

/** A database of one's own, cloned from a template. */
export const createDatabase = async (template: Template): Promise<string> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient(onDatabase('postgres'), (client) => client.query(`create database ${name} template ${template}`));
  return onDatabase(name);
};

export const dropDatabase = (url: string): Promise<unknown> =>
  withClient(onDatabase('postgres'), (client) =>
    client.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`),
  );

const startProcess = async (
  databaseUrl: string,
  overrides: Record<string, unknown>,
): Promise<[ChildProcess, string]> => {
  const file = fileURLToPath(new URL('./portal-process.mjs', import.meta.url));
  const child = fork(file, [databaseUrl, JSON.stringify(overrides)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const message = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)]);
  if (!message) throw new Error('the portal ended before it listened');
  return [child, `http://127.0.0.1:${(message[0] as { port: number }).port}`];
};

/** Starts the built portal on a database of its own, or on that of another portal, which then takes it away. */
export const startPortal = async (
  options: { template?: Template; config?: Record<string, unknown>; databaseUrl?: string } = {},
): Promise<TestPortal> => {
  const databaseUrl = options.databaseUrl ?? (await createDatabase(options.template ?? 'portal_seeded'));
  const [child, url] = await startProcess(databaseUrl, options.config ?? {});
  return {
    url,
    databaseUrl,
    process: child,
    ask: (path, asked) => askAndValidate(url, path, asked),
    sql: (text, values) => withClient(databaseUrl, async (client) => (await client.query(text, values)).rows),
    close: async () => {
      if (child.exitCode === null && child.connected) {
        child.send('stop');
        await once(child, 'exit');
      }
      if (options.databaseUrl === undefined) await dropDatabase(databaseUrl);
    },
  };
};

/** Asks, and fails where the answer is not what the OpenAPI documents say: wrong documentation fails the tests. */
const askAndValidate = async (url: string, path: string, asked: AskOptions = {}): Promise<Answer> => {
  const answer = await askPortal(`${url}/api/v1${path}`, asked);
  const faults = validateAnswer(asked.method ?? 'GET', `/api/v1${path}`, answer.status, answer.body);
  if (faults.length > 0) throw new Error(`the answer is not as documented: ${faults.join('; ')}`);
  return answer;
};

/** One request over HTTP. */
export const askPortal = async (url: string, options: AskOptions = {}): Promise<Answer> => {
  const response = await fetch(url, {
    method: options.method ?? 'GET',
    redirect: 'manual',
    headers: {
      // fetch would state a preference of its own.
      'Accept-Language': '',
      ...(options.json !== undefined && { 'Content-Type': 'application/json' }),
      ...(options.actor && { 'X-Test-Actor': JSON.stringify(options.actor) }),
      ...options.headers,
    },
    ...(options.json !== undefined && { body: JSON.stringify(options.json) }),
    ...(options.body !== undefined && { body: options.body }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text ? JSON.parse(text) : undefined,
  };
};
