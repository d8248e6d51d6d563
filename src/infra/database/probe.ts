import { Client } from 'pg';
import { type Reason, Refusal, refusal } from '../lifecycle/refusal.js';

/** What the probe needs of a client: one query at a time. */
export type Queryable = {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
};

const OLDEST_VERSION = 15;
const COLLATIONS = ['zh-x-icu', 'ru-x-icu'];

const one = async <Row extends object>(client: Queryable, text: string, values?: unknown[]): Promise<Row> =>
  (await client.query<Row>(text, values)).rows[0]!;

/**
 * Checks that a server can hold the portal's data: version, encoding, letters, collations, trigrams.
 * @throws Refusal with everything that is missing; the codes are `database.…`
 */
export const probeDatabase = async (client: Queryable): Promise<void> => {
  const { version, number } = await one<{ version: string; number: number }>(
    client,
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
  );
  if (number < OLDEST_VERSION * 10_000) throw refusal('database.tooOld', { version, wanted: OLDEST_VERSION });
  const { encoding } = await one<{ encoding: string }>(client, 'SELECT getdatabaseencoding() AS encoding');
  const reasons =
    encoding === 'UTF8'
      ? [...(await letterProblems(client)), ...(await trigramProblems(client))]
      : [{ code: 'database.encoding', values: { encoding } }];
  reasons.push(...(await collationProblems(client)));
  if (reasons.length > 0) throw new Refusal(reasons);
};

/** A database of the locale C knows no letters beyond the Latin ones: search would miss every capital. */
const letterProblems = async (client: Queryable): Promise<Reason[]> => {
  const { knows } = await one<{ knows: boolean }>(client, 'SELECT lower($1::text) = $2::text AS knows', ['Ж', 'ж']);
  return knows ? [] : [{ code: 'database.letters' }];
};

const collationProblems = async (client: Queryable): Promise<Reason[]> => {
  const { rows } = await client.query<{ name: string }>(
    'SELECT DISTINCT collname AS name FROM pg_collation WHERE collname = ANY ($1)',
    [COLLATIONS],
  );
  const missing = COLLATIONS.filter((name) => !rows.some((row) => row.name === name));
  return missing.length > 0 ? [{ code: 'database.collations', values: { names: missing.join(', ') } }] : [];
};

type Trigrams = { available: boolean; schema: string | null; ctype: string };

const TRIGRAMS = `
  SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') AS available,
         (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
           WHERE e.extname = 'pg_trgm') AS schema,
         (SELECT datctype FROM pg_database WHERE datname = current_database()) AS ctype`;

/** pg_trgm asks the C library what a letter is, whatever collation the database has: under C it sees no Chinese. */
const trigramProblems = async (client: Queryable): Promise<Reason[]> => {
  const { available, schema, ctype } = await one<Trigrams>(client, TRIGRAMS);
  if (!available && schema === null) return [{ code: 'database.noTrigrams' }];
  const sees = schema === null ? !/^(C|POSIX)$/i.test(ctype) : await seesChinese(client, schema);
  return sees ? [] : [{ code: 'database.blindTrigrams', values: { ctype } }];
};

const seesChinese = async (client: Queryable, schema: string): Promise<boolean> => {
  const text = `SELECT cardinality(${schema}.show_trgm($1)) > 0 AS sees`;
  return (await one<{ sees: boolean }>(client, text, ['合作'])).sees;
};

const CONNECT_LIMIT_MS = 10_000;

/** Where a connection string leads, without its password. */
export const placeOf = (databaseUrl: string): string => {
  const url = new URL(databaseUrl);
  return `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`;
};

/**
 * Connects to a server once and probes it.
 * @throws Refusal when it cannot be reached, does not let us in, or lacks something
 */
export const probeServer = async (databaseUrl: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(databaseUrl, error);
  }
  try {
    await probeDatabase(client);
  } finally {
    await client.end();
  }
};

/** SQLSTATE of a server that answers but does not let us in. */
const REJECTED: Record<string, string> = {
  '28000': 'database.rejected',
  '28P01': 'database.rejected',
  '3D000': 'database.noDatabase',
};

const unreachable = (databaseUrl: string, error: unknown): Refusal => {
  const { code, message } = error as { code?: string; message?: string };
  const place = placeOf(databaseUrl);
  return refusal(REJECTED[code ?? ''] ?? 'database.unreachable', { place, error: code ?? message ?? '' }, error);
};
