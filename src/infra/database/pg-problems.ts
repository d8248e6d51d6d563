import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { type Problem, type ProblemCode, problem } from '../../kernel/problems.js';

/** Faults of PostgreSQL and its driver → problems of the API (hardening, pattern 8). */
const BY_SQLSTATE: Record<string, ProblemCode> = {
  '22001': 'request.invalid',
  '22003': 'request.invalid',
  '22007': 'request.invalid',
  '22008': 'request.invalid',
  '22021': 'request.invalid',
  '22P02': 'request.invalid',
  '23502': 'request.invalid',
  '23514': 'request.invalid',
  '54000': 'request.invalid',
  '23503': 'resource.reference-missing',
  '23505': 'resource.duplicate',
  '08000': 'server.unavailable',
  '08003': 'server.unavailable',
  '08006': 'server.unavailable',
  '25006': 'server.unavailable',
  '25P03': 'server.unavailable',
  '25P04': 'server.unavailable',
  '40001': 'server.unavailable',
  '40P01': 'server.unavailable',
  '53100': 'server.unavailable',
  '53200': 'server.unavailable',
  '53300': 'server.unavailable',
  '55P03': 'server.unavailable',
  '57014': 'server.unavailable',
  '57P01': 'server.unavailable',
  '57P02': 'server.unavailable',
  '57P03': 'server.unavailable',
  '57P05': 'server.unavailable',
  '58030': 'server.unavailable',
};

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN']);
const CONNECTION_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|query read timeout|the database system is/i;

/** SQLSTATEs after which the same transaction may succeed when tried again. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(sqlState(error) ?? '');

const sqlState = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown; driverError?: { code?: unknown } } | null)?.code;
  const inner = (error as { driverError?: { code?: unknown } } | null)?.driverError?.code;
  return typeof inner === 'string' ? inner : typeof code === 'string' ? code : undefined;
};

/** The problem behind a driver error, or `undefined` when the error is not the database's. */
export const databaseProblem = (error: unknown): Problem | undefined => {
  const code = sqlState(error);
  const mapped = code ? BY_SQLSTATE[code] : undefined;
  if (mapped) return withRetry(mapped, error);
  const isLost = (code && CONNECTION_CODES.has(code)) || isReleased(error);
  const message = error instanceof Error ? error.message : '';
  return isLost || CONNECTION_MESSAGES.test(message) ? withRetry('server.unavailable', error) : undefined;
};

/** TypeORM lets go of a connection that breaks; the work that still wants it meets this. */
const isReleased = (error: unknown): boolean =>
  error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError;

const withRetry = (code: ProblemCode, cause: unknown): Problem =>
  problem(code, { cause, ...(code === 'server.unavailable' && { headers: { 'Retry-After': '5' } }) });
